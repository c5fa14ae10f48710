"""Sentences of an episode that define a term, and those that sum it up at its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.episodes.model import Episode, Span
from bot.episodes.sentences import sentences

# All chosen by hand, for a person to choose from: a term is said so often at least, a sentence has
# so many words, and a draft so many sentences of either kind.
_LEAST_SAID, _SHORTEST, _LONGEST, _MOST = 3, 4, 60, 15
_LAST = 0.9  # of the words of an episode: where it is summed up
_TERM = r"(?P<term>[^\W\d_][\w+#'’-]*(?: [^\W\d_][\w+#'’-]*){0,2})"
_HEDGE = r"(?:(?:basically|essentially|really|just|simply|actually) )*"
_IS = re.compile(
    rf"\W*(?:(?:so|and|well|now|okay|but|yeah|right|because),? )*(?:(?:an?|the) )?{_TERM} "
    rf"{_HEDGE}(?:is|are) {_HEDGE}(?P<then>an?|the|when|where|how)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(rf"{_TERM} {_HEDGE}stands for ", re.IGNORECASE)
_CALLED = re.compile(
    rf"\bwhat(?:['’]s| is)? (?:(?:we|they|people|you|i) call|(?:is )?(?:called|known as)) "
    rf"(?:an? |the )?[\"“*]*{_TERM}",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"\W*\d{1,2}[.)] |\W*(?:number|lesson|tip|rule) (?:one|two|three|four|five|six|\d)\b"
    r"|.*\b(?:take-?aways?|to sum up|in summary|to summarize|the bottom line|the moral of)\b"
    r"|(?:\W*(?:so|and|but|just|always|please|also),? )*\W*remember\b"
    r"|.*\b(?:need to|have to|should|must|to) (?:always )?remember\b|.*\bremember (?:that|this)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"(?:n['’]t|\b(?:not|never|i|we|you|he|she|they)) (?:do |really |even |still |also )?remember\b"
    r"|\bremember when\b|\?$",
    re.IGNORECASE,
)
# With these no term is made: what points or joins, and what is too general to be defined.
_NO_TERM = frozenset(
    """
    a about actually again all also always an and another any anybody anyone anything are as at be
    because being both but by can could did do does each else even every everybody everyone
    everything for from get got had has have he her here him his how i if in into is it it's its
    just kind know like lot many maybe me mean might mine more most much my never no nobody not
    nothing now of oh okay on one only or other our out over own people really right same say see
    she should so some somebody someone something sort still such sure than that that's the their
    them then there there's these they they're thing things think this those though to too up us
    very was way we well were what what's when where which who why will with would yeah yes you
    your answer case day end example fact goal guy idea issue job kids last life main next
    part person place point problem question reason rest result second side stuff thought time
    today tomorrow topic week word work world year years yesterday first basically essentially
    means let got going use using used good great new old big best better hard important
    """.split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence word for word, and where it stands; `term` is what it defines, if it does."""

    words: str
    span: Span
    speaker: str | None
    term: str = ""


def definitions(episode: Episode) -> list[Said]:
    """Return a sentence for each term that the dialogue defines, in order."""
    text = " ".join(one.words for one in _sentences(episode))
    hosts = {word.casefold() for host in episode.hosts for word in host.name.split()}
    found: dict[str, Said] = {}
    counts: dict[str, int] = {}
    for one in _sentences(episode):
        term = _defined(one.words)
        name = term.casefold()
        if not term or name in found or not hosts.isdisjoint(name.split()):
            continue
        counts[name] = len(re.findall(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE))
        if counts[name] >= _LEAST_SAID:
            found[name] = Said(one.words, one.span, one.speaker, term)
    best = sorted(found, key=lambda name: -counts[name])[:_MOST]
    return [one for name, one in found.items() if name in best]


def takeaways(episode: Episode) -> list[Said]:
    """Return the sentences at the end of an episode that sum it up, in order."""
    said = list(_sentences(episode))
    total, before, found = sum(len(one.words) for one in said), 0, []
    for one in said:
        before += len(one.words)
        sums_up = _SUMS_UP.match(one.words) and not _RECALLS.search(one.words)
        if before >= _LAST * total and sums_up:
            found.append(one)
    return found[:_MOST]


def _sentences(episode: Episode) -> Iterator[Said]:
    """Yield the sentences that are neither too short to say anything nor too long to quote."""
    for turn in episode.turns:
        for paragraph in turn.paragraphs:
            for span in sentences(episode.text, paragraph):
                words = episode.words(span)
                if _SHORTEST <= len(words.split()) <= _LONGEST and words.isprintable():
                    yield Said(words, span, turn.speaker)


def _defined(sentence: str) -> str:
    """Return the term that a sentence defines; empty where it defines none."""
    if sentence.endswith("?"):
        return ""
    if found := _CALLED.search(sentence):
        return _bare(found["term"])
    if found := _STANDS.search(sentence):
        return _bare(found["term"], last=True)
    if found := _IS.match(sentence):
        term = found["term"]
        begins = sentence.startswith(term)
        named = any(map(str.isupper, term[1 if begins else 0 :]))
        if (named or found["then"].casefold() != "the") and _bare(term) == term:
            return term
    return ""


def _bare(term: str, *, last: bool = False) -> str:
    """Return the first or last run of a term's words that can be one."""
    runs: list[list[str]] = [[]]
    for word in term.split():
        if word.casefold().replace("’", "'") in _NO_TERM:
            runs.append([])
        else:
            runs[-1].append(word)
    run = runs[-1 if last else 0]
    return " ".join(run) if run and len("".join(run)) > 1 else ""
