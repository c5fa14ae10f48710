"""Lists: which of a library's enumerations a question asks for."""

import re
from collections.abc import Callable, Sequence

from bot.answers.question.terms import FRAMING, Clue
from bot.answers.retrieval.enumerations import Enumeration, enumerations
from bot.answers.retrieval.windows import Text
from bot.search.passages import Passage

# What is asked of a list that is announced: which things, not why, how or whether.
_ASKS_WHICH = re.compile(r"\b(?:what|which)(?:'s|s|'re)?\b|^(?:list|name)\b")
_DENIES = re.compile(
    r"\b(?:not|never|no|nothing|none|cannot|cant|dont|doesnt|isnt|arent|wont|shouldnt|\w+n't)\b",
    re.IGNORECASE,
)
# Chosen by hand: one word of a lead says too little of what a question asks.
_FEWEST_WORDS_MET = 2

# What asks for several things, and how much of a question a list's opening must meet: in whatever
# words, and by name, which is word for word or by a phrase of the thesaurus.
_PLURAL = re.compile(
    r"\b(?:list|tips|areas|trends|criteria|strengths|weaknesses|limitations|limits|drawbacks|perks"
    r"|dos|basics)\b|\bwhat(?:'s| are| were| makes| should)\b"
    r"|\b(?:all|which|what) (?:the|of|their|are)\b"
    r"|\b(?:ways|things|reasons|kinds|types|points|factors|options|risks|problems|rules|steps)\b"
)
# Both chosen by hand: higher values show fewer lists, lower ones lists of another subject.
_ENOUGH = 0.6
_ENOUGH_NAMED = 0.3
# What each word of an opening takes from the share of a question that it meets: the more it says
# besides, the less it is asked for. Chosen by hand: a hundred words halve the share.
_BESIDES = 0.005


class Lists:
    """The lists of a library, and which of them a question asks for."""

    def __init__(self, passages: Sequence[Passage], read: Callable[[str], Text]) -> None:
        """Find the lists; `read` turns texts into stems and concepts."""
        self._lists = [(one, read(one.opening), read(one.lead)) for one in enumerations(passages)]

    def announced(self, core: str, clues: Sequence[Clue]) -> Enumeration | None:
        """Return the list that is announced in the words of a question, whatever else is found."""
        found = (one for one, _, lead in self._fitting(core) if announced_by(lead, core, clues))
        return min(found, key=lambda one: len(one.lead), default=None)

    def asked(self, core: str, clues: Sequence[Clue]) -> Enumeration | None:
        """Return the list that a question for several things asks for, if there is one."""
        if announced := self.announced(core, clues):
            return announced
        if not asks_for_several(core):
            return None
        shares = [(opened_by(opening, clues), one) for one, opening, _ in self._fitting(core)]
        _, best = max(
            ((share - _BESIDES * len(one.opening.split()), one) for share, one in shares if share),
            key=lambda pair: pair[0],
            default=(0.0, None),
        )
        return best

    def _fitting(self, core: str) -> list[tuple[Enumeration, Text, Text]]:
        """Return the lists whose lead, if they have one, denies something if the question does."""
        denied = denies(core)
        return [one for one in self._lists if not one[0].lead or denies(one[0].lead) == denied]


def announced_by(lead: Text, core: str, clues: Sequence[Clue]) -> bool:
    """Return whether the sentence that announces a list says all that a question asks for.

    At least one word has to be the same; the others may have the same meaning.
    """
    met = [clue for clue in clues if clue.stems <= lead.stems]
    meant = [clue for clue in clues if clue not in met and clue.concepts & lead.concepts()]
    whole = len(met) + len(meant) == len(clues) >= _FEWEST_WORDS_MET
    return bool(met) and whole and _ASKS_WHICH.search(core) is not None


def denies(words: str) -> bool:
    """Return whether words deny something: `what they can't do`."""
    return _DENIES.search(words) is not None


def asks_for_several(core: str) -> bool:
    """Return whether a question in lower case wants more than one thing."""
    return _PLURAL.search(core) is not None


def opened_by(opening: Text, clues: Sequence[Clue]) -> float:
    """Return the share of a question's weight that a list's opening meets; 0 if too little.

    What frames a question (LLMs, our bot) is left out: every list here is about it.
    """
    asked = [clue for clue in clues if not clue.stems <= FRAMING]
    total = sum(clue.weight for clue in asked) or 1.0
    concepts = opening.concepts()
    named = meant = 0.0
    for clue in asked:
        if clue.stems <= opening.stems or (len(clue.words) > 1 and clue.concepts & concepts):
            named += clue.weight
        elif clue.concepts & concepts:
            meant += clue.weight
    enough = named >= _ENOUGH_NAMED * total and named + meant >= _ENOUGH * total
    return (named + meant) / total if enough else 0.0
