"""Questions about the episode itself: its takeaways, outline, terms, hosts, length, neighbours.

Such a question names its subject and says nothing else; "takeaway 4" is one, "which takeaway
speaks of privacy" is a question like any other.
"""

import re
import unicodedata
from dataclasses import dataclass

_UNITS = """
        one two three four five six seven eight nine ten eleven twelve thirteen
    """.split()
_ORDINALS = """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh
    """.split()
_VALUES = {word: number for words in (_UNITS, _ORDINALS) for number, word in enumerate(words, 1)}
_NUMBER = re.compile(
    rf"\b(?:(?:number|no|nr)\.? ?|#)?(?P<word>{'|'.join(_VALUES)}|last|final)\b"
    r"|(?:\b(?:number|no|nr)\.? ?|#|\b)(?P<digits>\d{1,3})(?:st|nd|rd|th)?\b"
)
EPISODE = re.compile(r"\b(?:episode|ep)\.? ?#?(?P<number>\d{1,4})\b")
# "The eight takeaways" are all of them, "takeaways 4" is one.
_ALL = re.compile(
    rf"\b(?:{'|'.join(_UNITS)}|\d+|all|every|last|first|top) (?:\w+ )?\w+(?:ways|ts|ns|ps|rs)\b"
)
# Takeaways are what an episode counts, so they are what these speak of without a subject.
_BARE = re.compile(rf"^(?:the )?(?P<last>last|final) one$|^all (?:{'|'.join(_UNITS)}|\d{{1,2}})$")
_ONE = re.compile(r"\b(?:number|no|take-? ?away|lesson|point|segment|section|chapter|part) one\b")
# "How many minutes" asks for the duration.
_COUNTS = re.compile(r"\b(?:how many|(?:the )?(?:total )?number of)\b(?! (?:minutes|hours))")
_WORD = re.compile(r"[\w'-]+")
_COUNTED = frozenset({"takeaway", "outline", "terms", "hosts"})
_WORDS_AROUND = frozenset(
    """
        a all again an and are about at be can complete did do does episode ep for from
        full give got had has have here i in is it its it's just key list main me my name
        of on one ones only out please podcast practical read remind s say says session
        show so tell that that's the their them there these they this those to today up us
        walk was were what what's whats which with you your through exactly again covered
        cover covers called episode's now summary summarize recap quick overview number no
        transcript guys
    """.split()
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What of the episode is asked for; `number` where one of several is, -1 for the last.

    `counted` is set where the question is how many there are.
    """

    kind: str
    number: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """A kind of intent: what names it, and what else may stand in such a question."""

    kind: str
    names: re.Pattern[str]
    others: frozenset[str] = frozenset()
    numbered: bool = False


def _subject(kind: str, names: str, others: str = "", *, numbered: bool = False) -> _Subject:
    return _Subject(kind, re.compile(names), frozenset(others.split()), numbered=numbered)


_SUBJECTS = (
    _subject(
        "takeaway",
        r"\btake-? ?aways?\b|\b(?:key|main|closing|final|practical|big) (?:points?|lessons?|list"
        r"|learnings?|conclusions?|messages?)\b|\blessons?\b|^tl ?dr\b"
        r"|^(?:an? |the )?(?:(?:brief|full|little|quick|short) )?(?:summary|recap|overview|gist)"
        r"(?: please)?$|\b(?:summary|summari[sz]e|recap|overview|gist)\b"
        r"(?=.*\b(?:episode|podcast|show)\b)"
        r"|^(?:summari[sz]e|sum up|recap)(?: (?:all|everything))?(?: for (?:me|us))?"
        r"(?: in \w+(?: \w+){1,3}| briefly| quickly)?(?: please)?$"
        r"|^(?:(?:any|best|favou?rite|give|good|got|great|have|key|me|most|memorable|notable|one"
        r"|random|share|show|some|the|top|us|your?|an?) )*quotes?(?: please)?$",
        "top learn learned @ end final closing conclusion board",
        numbered=True,
    ),
    _subject(
        "outline",
        r"\b(?:segments?|outline|agenda|chapters?|table of contents|sections?|topics|structure"
        r"|parts?|running order)\b"
        r"|\b(?:episode|podcast|show) (?:structured|divided|split|organi[sz]ed)\b"
        r"|^what(?:'s|s)?(?: (?:all|are|did|do|does|episode|hosts?|is|podcast|show|the|they|this"
        r"|was|were))* (?:cover(?:s|ed)?|discuss(?:ed|es)?|talk(?:s|ed|ing)? about)\b"
        r"|^what(?:'s|s| is) in (?:the|this) (?:episode|podcast)$",
        "how many long minutes structured divided split organized organised discuss discussed talk"
        " title titles into",
        numbered=True,
    ),
    _subject(
        "terms",
        r"\b(?:terms|glossary|vocabulary|(?:reference|cheat) ?-?sheet|key concepts"
        r"|terminology|definitions)\b",
        "define defined explained know concepts reference sheet which",
    ),
    _subject(
        "duration",
        r"\b(?:duration|runtime|run time|running time)\b|\bhow (?:long|many minutes|much time)\b"
        r"(?=.*\b(?:episode|podcast|show|listen|run|thing|recording|audio)\b)|^how long is it$"
        r"|\blength\b(?=.*\b(?:episode|podcast|show)\b)",
        "how long many minutes much time take takes need listen listening whole thing run hours"
        " hour length recording audio last lasts block calendar will",
    ),
    _subject(
        "previous",
        r"\b(?:previous|last|prior|earlier|preceding|foundations?)\b.*\bepisode\b|\bepisode\b.*"
        r"\bbefore\b|\bprevious(?:ly)?\b|^what (?:was|came|happened) before\b",
        "previous last prior earlier preceding foundation foundations before topic talk talked"
        " discuss discussed title happened came subject",
    ),
    _subject(
        "next",
        r"\b(?:next|upcoming|following|coming)\b.*\b(?:episode|time|week|one|show|topic|up)\b"
        r"|\bepisode\b.*\b(?:after|next)\b|^what(?:'s|s| is| comes| will come)"
        r" (?:coming|next|up next)\b",
        "next upcoming following coming up after topic time week talk discuss title subject comes"
        " come will be gonna going week's episode",
    ),
    _subject(
        "hosts",
        r"\bhosts?\b|\bhosted\b|\bpresenters?\b|\bspeakers?\b"
        r"|^who(?:'s|s| is| are|se)?\b.*\b(?:talking|speaking|presenting|hosting|in this|on this"
        r"|voices?)\b|^who(?:'s|s| is| are)? (?:on|in) (?:it|the (?:episode|podcast|show))\b"
        r"|^who(?:'s|s| is| are)(?: @(?: and)?)+$",
        "who who's whos whose hosting hosted host hosts talking speaking presenting presenters"
        " presenter speakers speaker names role roles people voices @ or",
    ),
    _subject(
        "about",
        r"^(?:the )?episode$|\b(?:title|called)\b|\bname of\b|\bwhat(?:'s|s| is)\b.*"
        r"\b(?:episode|podcast|show)\b.*\babout\b|^what(?:'s|s| is) this(?: all)? about$"
        r"|^(?:what|which) (?:episode|podcast|show) (?:are you quoting|is (?:it|that|this))\b",
        "title called subject",
    ),
)


def ordinal(word: str) -> int | None:
    """Return the number in a word: `4`, `4th`, `four`, `fourth`; -1 for `last`; None if none."""
    found = _NUMBER.fullmatch(word)
    return _value(found) if found else None


def find_intent(core: str, names: frozenset[str]) -> Intent | None:
    """Return what a question asks of the episode itself; None if it is about its content.

    Args:
        core: the question in lower case.
        names: the words of the hosts' names, in lower case.
    """
    said = _WORD.findall(unicodedata.normalize("NFC", core))
    text = " ".join("@" if word in names else word for word in said)
    text = EPISODE.sub("episode", text)
    text, counts = _COUNTS.subn(" ", text)
    text = " ".join(text.split())
    if bare := _BARE.match(text):
        return Intent("takeaway", -1 if bare["last"] else None)
    for subject in _SUBJECTS:
        if not subject.names.search(text):
            continue
        rest = subject.names.sub(" ", text)
        number = _number(text, rest) if subject.numbered and not _ALL.search(text) else None
        if subject.numbered:
            rest = _NUMBER.sub(" ", rest)
        if set(rest.split()) <= _WORDS_AROUND | subject.others:
            counted = bool(counts) and subject.kind in _COUNTED
            return Intent(subject.kind, number, counted=counted)
    return None


def _number(text: str, rest: str) -> int | None:
    """Return the number in the rest of a text: `4`, `4th`, `four`, `fourth`; -1 for the last."""
    found = [match for match in _NUMBER.finditer(rest) if match["word"] != "one"]
    if not found:
        return 1 if _ONE.search(text) else None
    # "Takeaways 2 and 3" get the whole list.
    return _value(found[0]) if len(found) == 1 else None


def _value(found: re.Match[str]) -> int:
    word, digits = found["word"], found["digits"]
    if word in ("last", "final"):
        return -1
    return int(digits) if digits else _VALUES[word]
