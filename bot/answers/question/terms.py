"""Terms: the words of a question that say what it is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answers.language.english import is_english
from bot.answers.language.spelling import Vocabulary
from bot.answers.question.parse import ParsedQuestion
from bot.search.tokens import stem, words

_MOST_WORDS = 80  # a question is over by then; the rest is pasted
# Words that ask, join or point: they say how something is asked, not what about.
EMPTY_WORDS = """
    a an the this that these those it its he she they them their theirs there here i
    me my mine we us our ours you your yours u ur im ive id who whom whose what whats
    wat which when where why how hows is are was were be been being am isnt arent
    wasnt do does did done doing dont doesnt didnt has have had having can cant could
    couldnt should shouldnt will wont would wouldnt may might must shall of to in on
    at by for from with about into onto over under between than then as if or and but
    so nor not no yes too also just only even still ever really actually exactly
    basically literally simply pretty very quite rather much many more most some any
    every each all both either neither another other others such same own up down out
    off again once please pls plz thanks thx ok okay hey hi hello lol like get gets
    got getting go goes going gonna wanna want wants let lets thing things stuff
    something anything nothing everything someone somebody anyone anybody everyone
    everybody one ones kind kinds sort lot lots bit way ways say says said saying tell
    tells told talk talks talked talking mention mentions mentioned discuss discussed
    cover covered covers episode podcast show transcript guys guy folks host hosts
    list listed lists went define explain mean means meaning definition describe call
    called question
    questions answer ask asked give gives given know knows wonder wondering think
    thinks thought according s t re ve ll d m vs versus because while during these
    whether without within via per im yall hear heard hearing keep keeps does that's
    takeaway takeaways segment segments
    need needs use uses used using make makes made work works take takes look looks
    point
""".split()
_EMPTY = frozenset(map(stem, EMPTY_WORDS))
# A capital inside a sentence, or capitals throughout.
_CAPITAL = re.compile(r"(?<=[a-z0-9,;'\"(] )[A-Z]\w+|\b[A-Z]{2,}\w*\b")
# A number that tells things of one name apart: phase 2, GPT-5, 2024.
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question, spelling mended.

    `heard` tells whether the library has it, `strange` whether neither the library nor general
    English does, `named` whether it is written as a name or has a digit.
    """

    word: str
    stem: str
    heard: bool
    strange: bool
    named: bool

    def not_heard(self) -> "Term":
        """Return the same term, where it is not heard."""
        return replace(self, heard=False, strange=not is_english(self.word))


class Terms:
    """Takes questions apart into terms."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[str]) -> None:
        """Take the words of the library, and the names of its hosts: who is asked, not what."""
        self._vocabulary = vocabulary
        self._empty = _EMPTY | {stem(word) for name in names for word in words(name)}

    def of(self, question: ParsedQuestion) -> list[Term]:
        """Return the terms of what a question asks, or else of what stands around, each once."""
        capitals = _capitalised(question.message)
        asked, around = (
            {one.stem: one for one in self._terms(text, capitals)}
            for text in (question.core, question.around)
        )
        return list((asked or around).values())

    def _terms(self, text: str, capitals: frozenset[str]) -> Iterator[Term]:
        for word in self.mended(text):
            stemmed = stem(word)
            if stemmed not in self._empty:
                heard = stemmed in self._vocabulary
                named = word in capitals or _DIGIT.search(word) is not None
                yield Term(word, stemmed, heard, not heard and not is_english(word), named)

    def mended(self, text: str) -> list[str]:
        """Return the words of a text in their order, spelling mended."""
        said = words(text)[:_MOST_WORDS]
        joined = [self._vocabulary.joined(*pair) for pair in pairwise([*said, ""])]
        taken = [bool(at and joined[at - 1]) for at in range(len(said))]
        return [
            form
            for word, whole, past in zip(said, joined, taken, strict=True)
            if not past
            for form in ((whole,) if whole else self._mended(word))
        ]

    def _mended(self, word: str) -> Sequence[str]:
        return (word,) if stem(word) in self._empty else self._vocabulary.mended(word)


def _capitalised(message: str) -> frozenset[str]:
    """Return the words with capitals, folded; none of a message that is mostly in capitals."""
    found = _CAPITAL.findall(message)
    if 2 * len(found) > len(message.split()):
        return frozenset()
    return frozenset(word for capital in found for word in words(capital))
