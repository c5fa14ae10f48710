"""Names and numbers of a question that a passage lacks: it then speaks of something else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.language.word_frequencies import Background
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.terms import EMPTY_WORDS, FRAMING, Clue
from bot.episodes.titles import spellings
from bot.search.tokens import stem, words

# Chosen by hand: shorter words in small letters are slips and abbreviations more often than names.
_SHORTEST = 3
# A capital inside a sentence, or capitals throughout.
_CAPITAL = re.compile(r"(?<=[a-z0-9,;'\"(] )[A-Z]\w+|\b[A-Z]{2,}\w*\b")
# Who asks and what they call their bot is no subject: "our DPO", "a Dutch insurer", "call it Emma".
_OWN = (
    r"\b(?:our|my|as|an?|new|your)(?: \w+)? [\"']?{name}\b"
    r"|\b(?:call|calls|called|calling|name|named|naming)\b.{{0,30}}[\"']?{name}\b"
)
_TIMES = frozenset(
    map(
        stem,
        """monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december""".split(),
    )
)
_EMPTY = frozenset(map(stem, EMPTY_WORDS))
# What parts words, hyphens too: a text may write `few shot` for `few-shot`.
_PARTS = re.compile(r"[^\w+#]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A number or a letter that tells things of one name apart: phase 2, GPT-5, vitamin D.
_DESIGNATED = re.compile(r"\b(?P<name>[a-z][a-z']*)[ -]?(?P<mark>(?:\d+(?:\.\d+)*[a-z]?)\b)")
_LETTERED = re.compile(r"\b(?P<name>[a-z][a-z']{2,})[ -](?P<mark>[b-hj-lnp-rvwxz]|a(?=$|[?.,!]))\b")


def proper_names(text: str, background: Background) -> frozenset[str]:
    """Return the stems of the words that a text writes as names, such as OpenAI; no acronyms."""
    return frozenset(
        stem(folded)
        for folded, form in spellings(text).items()
        if form != folded and not form.removesuffix("s").isupper() and len(form) >= _SHORTEST
        if background.foreign(stem(folded))
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of names: from the episodes, and from general English.

    `proper` are stems of the words that the episodes write as names, `marks` what tells things of
    one name apart in them.
    """

    background: Background
    proper: frozenset[str]
    marks: Mapping[str, frozenset[str]]


def missing_names(
    question: ParsedQuestion, clues: Sequence[Clue], said: str, known: Known
) -> tuple[str, ...]:
    """Return the names and numbers that a question is about and a text lacks. Pure.

    Missing are a name or an acronym that the episodes never mention, a name that they mention
    elsewhere, a year, and a number or letter that tells things of one name apart (phase 2).
    What the thesaurus knows by another name is not missing.

    Args:
        question: the question.
        clues: its clues.
        said: the passage, with the question that it answers and its heading.
        known: what is known of names.
    """
    stems = frozenset(map(stem, words(said)))
    named = (
        " ".join(clue.words)
        for clue in clues
        if not clue.stems <= stems and _is_name(clue, question, known)
    )
    marked = _other_marks(question.core, said, known)
    years = (year for year in _YEAR.findall(question.core) if year not in said)
    return tuple(dict.fromkeys((*named, *marked, *years)))


def missing_compounds(core: str, said: str) -> tuple[str, ...]:
    """Return what a definition is asked of and a text lacks: words with an affix, single letters.

    `post-training` is not `pre-training`, and `x` is not whatever has an x somewhere. Pure.
    """
    spaced = f" {' '.join(_PARTS.sub(' ', said.lower()).split())} "
    asked = (one for one in core.split()[1:] if "-" in one.strip("-") or len(one) == 1)
    return tuple(
        one for one in asked if f" {' '.join(_PARTS.sub(' ', one).split())} " not in spaced
    )


def _is_name(clue: Clue, question: ParsedQuestion, known: Known) -> bool:
    """Whether a clue names somebody or something that only its own name can stand for."""
    if len(clue.words) > 1 or clue.stems <= FRAMING | _TIMES:
        return False
    [word] = clue.words
    if word not in words(question.core) or _is_own(word, question.core):
        return False
    if clue.stems <= known.proper:
        return True
    if clue.heard or clue.known or f"{word[:-1]}'t" in question.core:
        return False
    if word in _capitalised(question.message):
        return True
    [stemmed] = clue.stems
    likely = word.isalpha() and len(word) >= _SHORTEST and clue.foreign
    return likely and not known.background.is_slip(stemmed)


def _is_own(word: str, core: str) -> bool:
    return re.search(_OWN.format(name=re.escape(word)), core) is not None


def _capitalised(message: str) -> frozenset[str]:
    """Return the words with capitals, folded; none of a message that is mostly in capitals."""
    found = _CAPITAL.findall(message)
    if 2 * len(found) > len(message.split()):
        return frozenset()
    return frozenset(word for capital in found for word in words(capital))


def marks(text: str) -> dict[str, frozenset[str]]:
    """Return the numbers and letters that tell things of one name apart, by the name's stem."""
    found: dict[str, set[str]] = {}
    for name, mark, _ in _marked(text.lower()):
        found.setdefault(name, set()).add(mark)
    return {name: frozenset(some) for name, some in found.items()}


def _other_marks(core: str, said: str, known: Known) -> Iterator[str]:
    """Yield names with a number or letter that a text lacks and that tells things apart.

    It does if the episodes give the name other ones, or if the name is no word of English, as in
    GPT-5.
    """
    there = marks(said)
    for name, mark, words_marked in _marked(core):
        others = known.marks.get(name, frozenset()) - {mark}
        needed = mark[0].isdigit() and known.background.foreign(name)
        if mark not in there.get(name, ()) and (others or needed):
            yield words_marked


def _marked(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the stem of each name with a mark, the number or letter, and both as written."""
    for pattern in (_DESIGNATED, _LETTERED):
        for found in pattern.finditer(text):
            if (name := stem(found["name"])) not in _EMPTY:
                yield name, found["mark"], found[0]
