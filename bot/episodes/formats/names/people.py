"""Which labels of a transcript name somebody, and whom. A wrong name is worse than none."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from bot.episodes.formats.model import Known
from bot.episodes.formats.names import labels
from bot.episodes.formats.refusal import refuse

# The largest cast of 136 real files has five; one with thousands of names is no conversation.
MOST_SPEAKERS = 1000
# A name opens two turns or more: what opens one may be any words before a colon.
_LEAST_TURNS = 2
# A single word that also stands in the text in small letters (`Example`, `Mark`) has to open more.
_LEAST_TURNS_OF_A_WORD = 5


class Fate(Enum):
    """What becomes of a label."""

    PERSON = auto()
    NOBODY = auto()
    DOUBTFUL = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a label is: a person's, with the name as it is shown; nobody's; or words.

    A doubtful one looks like a name and does not open enough turns: its words belong neither to
    the one it may name nor to the one who spoke before.
    """

    fate: Fate
    name: str | None = None


class People:
    """The people of one file by their labels.

    Args:
        counts: every label of the file that opens a turn, with how often it does.
        known: what is known of the people.
        path: the name that a fault gives.
        certain: those of the labels that the format itself says are speakers.
        pieces: what is said, which tells names from words that also stand in small letters.

    Raises:
        UnreadableError: there are more than `MOST_SPEAKERS`.
    """

    def __init__(
        self,
        counts: Counter[str],
        known: Known,
        path: str,
        certain: Collection[str] = (),
        pieces: Iterable[str] = (),
    ) -> None:
        self._speakers = {labels.key(label): name for label, name in known.speakers.items()}
        self._people = {labels.key(name): name for name in known.people}
        self._certain = {labels.key(labels.parsed(label).name) for label in certain}
        self._pieces = pieces
        self._common: frozenset[str] | None = None
        self._verdicts: dict[str, Verdict] = {}
        self._initials: dict[str, str] = {}
        self._nameless: set[str] = set()
        self._spellings = self._found(counts)
        count = len(self._spellings) + len(self._nameless)
        if count > MOST_SPEAKERS:
            refuse(path, 0, f"names {count:,} speakers; the limit is {MOST_SPEAKERS:,}")
        self._longer = _by_beginnings({*self._people, *self._spellings})
        self._turns: Counter[str] = Counter()
        for label, count in counts.items():
            self._turns[self._person(labels.key(labels.parsed(label).name))] += count

    def verdict(self, label: str) -> Verdict:
        """Return what a label is."""
        if label not in self._verdicts:
            self._verdicts[label] = self._judged(label)
        return self._verdicts[label]

    def _found(self, counts: Iterable[str]) -> dict[str, str]:
        """Return the labels that could be names by their keys, each as it is spelled best."""
        spellings: dict[str, str] = {}
        for written in counts:
            label = labels.parsed(written)
            key = labels.key(label.name)
            if labels.nobody(label.name):
                self._nameless.add(key)
                continue
            if key not in self._certain and not labels.like_a_name(label.name):
                continue
            if key not in spellings or spellings[key].isupper():
                spellings[key] = label.name
            if label.initials:
                self._initials[labels.key(label.initials)] = key
        return spellings

    def _person(self, key: str) -> str:
        """Return the key of the full name behind a label: the only one that begins like it."""
        key = self._initials.get(key, key)
        if key in self._people:
            return key
        longer = self._longer.get(key, set())
        return next(iter(longer)) if len(longer) == 1 else key

    def _judged(self, label: str) -> Verdict:
        name = labels.parsed(label).name
        key = labels.key(name)
        if given := self._speakers.get(labels.key(label)) or self._speakers.get(key):
            return Verdict(Fate.PERSON, given)
        person = self._person(key)
        if person in self._people:
            return Verdict(Fate.PERSON, self._people[person])
        if key not in self._initials and (not name or labels.nobody(name)):
            return Verdict(Fate.NOBODY)
        shown = Verdict(Fate.PERSON, labels.spelled(self._spellings.get(person, name)))
        if key in self._certain:
            strange = labels.interlude(name) or len(name) > labels.LONGEST
            return Verdict(Fate.NOBODY) if strange else shown
        return self._weighed(name, person, shown)

    def _weighed(self, name: str, person: str, shown: Verdict) -> Verdict:
        """Judge a label that only its looks and the turns it opens speak for."""
        if not labels.like_a_name(name):
            return Verdict(Fate.WORDS)
        turns = self._turns[person]
        common = " " not in person and self._stands_in_small_letters(person)
        if turns >= (_LEAST_TURNS_OF_A_WORD if common else _LEAST_TURNS):
            return shown
        return Verdict(Fate.WORDS if common and turns < _LEAST_TURNS else Fate.DOUBTFUL)

    def _stands_in_small_letters(self, word: str) -> bool:
        if self._common is None:
            seen = {word for piece in self._pieces for word in piece.split()}
            self._common = frozenset(word.strip(".,;:!?\"'()") for word in seen if word.islower())
        return word in self._common


def _by_beginnings(keys: Iterable[str]) -> dict[str, set[str]]:
    """Return the full names that begin with some words: `jeremy` with `jeremy jung`."""
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        words = key.split()
        for length in range(1, len(words)):
            longer[" ".join(words[:length])].add(key)
    return dict(longer)
