"""Clues: the things that a question speaks of, each with its weight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.language.spelling import Vocabulary
from bot.answers.language.thesaurus import LOOSE, Found, Thesaurus
from bot.answers.language.word_frequencies import Background
from bot.answers.question.parse import ParsedQuestion
from bot.search.tokens import stem, words

# What stands around the question tells the topic at best.
_AROUND = 0.3
_MOST = 14
# A question is over by then; the rest is pasted.
_MOST_WORDS = 80
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
    need needs use uses used using make makes made work works take takes look looks
    point
""".split()
_EMPTY = frozenset(map(stem, EMPTY_WORDS))
# Who asks, where, and what they call the thing that they ask: seldom what is asked about.
_FRAME = 0.3
FRAMING = frozenset(
    map(
        stem,
        """bot bots chatbot assistant robot machine ai llm llms model models cfo ceo cto coo cio pm
        hr boss manager director intern colleague colleagues coworker teammate team lead standup
        meeting slack company org customer customers user users client clients engineer designer
        lawyer counsel attorney investor investors marketing sales finance procurement security
        idea thoughts advice tips""".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A word, or a phrase that the thesaurus knows.

    It is met word for word by a text that has all its `stems`, in other words by one that speaks
    of one of its `concepts`. `weight` is its rarity in the background, 0 to 1; `heard` tells
    whether the library has its stems at all, `known` whether it has them or a concept of it,
    `foreign` whether it is a name, an acronym or jargon rather than general English.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    concepts: frozenset[str]
    weight: float
    heard: bool
    known: bool
    foreign: bool


class Clues:
    """Takes questions apart into clues."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        thesaurus: Thesaurus,
        background: Background,
        *,
        names: Iterable[str],
        concepts: frozenset[str],
    ) -> None:
        self._vocabulary, self._thesaurus, self._background = vocabulary, thesaurus, background
        self._names = frozenset(stem(word) for name in names for word in words(name))
        self._empty = _EMPTY | self._names
        self._concepts = concepts

    def of(self, question: ParsedQuestion) -> list[Clue]:
        """Return the clues of a question, those of its core first; at most 14, the heaviest."""
        clues: dict[frozenset[str], Clue] = {}
        for text, share in ((question.core, 1.0), (question.around, _AROUND)):
            for clue in self._read(self.mended(text), share):
                clues.setdefault(clue.stems, clue)
        return sorted(clues.values(), key=lambda clue: -clue.weight)[:_MOST]

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

    def _mended(self, word: str) -> tuple[str, ...]:
        stemmed = stem(word)
        if stemmed in self._empty or self._thesaurus.knows(stemmed):
            return (word,)
        return self._vocabulary.mended(word)

    def _read(self, said: Sequence[str], share: float) -> Iterable[Clue]:
        """Phrases of several words first; each other word that is not empty by itself."""
        stems = [stem(word) for word in said]
        concepts: dict[int, set[str]] = {}
        covered = 0
        for found in self._thesaurus.find(stems):
            if found.end - found.start == 1:
                concepts.setdefault(found.start, set()).update(found.concepts)
            elif found.start >= covered and self._says(stems[found.start : found.end], found):
                covered = found.end
                yield self._clue(said[found.start : found.end], found.concepts, share)
        for position, stemmed in enumerate(stems):
            if stemmed not in self._empty:
                weight = share * (_FRAME if stemmed in FRAMING else 1.0)
                yield self._clue([said[position]], frozenset(concepts.get(position, ())), weight)

    def _says(self, stems: Sequence[str], found: Found) -> bool:
        """Whether a phrase says something: "how many" is no clue, though English knows it."""
        if self._names.issuperset(stems):
            return False
        return not self._empty.issuperset(stems) or any(one[0] != LOOSE for one in found.concepts)

    def _clue(self, said: Sequence[str], concepts: frozenset[str], share: float) -> Clue:
        every = frozenset(map(stem, said))
        full = every - self._empty or every
        rarity = max(self._background.rarity(stemmed) for stemmed in full)
        heard = all(stemmed in self._vocabulary for stemmed in full)
        known = heard or any(one in self._concepts and one[0] != LOOSE for one in concepts)
        foreign = any(map(self._background.foreign, full))
        return Clue(tuple(said), full, concepts, rarity * share, heard, known, foreign)
