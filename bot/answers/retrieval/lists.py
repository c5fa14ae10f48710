"""Lists: which of a library's enumerations a question asks for."""

import re
from collections.abc import Sequence

from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.enumerations import Enumeration
from bot.search.tokens import tokens

# What is asked of a list that is announced: which things, not why, how or whether.
_ASKS_WHICH = re.compile(r"\b(?:what|which)(?:'s|s|'re)?\b|^(?:list|name)\b")
_DENIES = re.compile(
    r"\b(?:not|never|no|nothing|none|cannot|cant|dont|doesnt|isnt|arent|wont|shouldnt|\w+n't)\b",
    re.IGNORECASE,
)
# Chosen by hand: one word of a lead says too little of what a question asks.
_FEWEST_WORDS_MET = 2

# What asks for several things: by a noun, or by the form of the question alone.
_NOUNS = re.compile(
    r"\b(?:list|tips|areas|trends|criteria|strengths|weaknesses|limitations|limits|drawbacks|perks"
    r"|dos|basics|ways|things|reasons|kinds|types|points|factors|options|risks|problems|rules"
    r"|steps)\b"
)
_FORM = re.compile(
    r"\bwhat(?:'s| are| were| makes| should)\b|\b(?:all|which|what) (?:the|of|their|are)\b"
)
# Chosen by hand: a higher share of a question that an opening says shows fewer lists, a lower one
# lists of another subject; less will do where one of the best is an item, and nothing has to be
# said where the very best is one, and so is one of the next two.
_ENOUGH, _ASIDE, _ITEMS, _BEST = 0.6, 0.5, 2, 3


class Lists:
    """The lists of a library, and which of them a question asks for.

    Those of the episodes are looked at that the best passages for the question stand in.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def announced(self, core: str, best: Sequence[int]) -> Enumeration | None:
        """Return the list that is announced in the words of a question, whatever else is found."""
        found = (one for one in self._fitting(core, best) if announced_by(one.lead, core))
        return min(found, key=lambda one: len(one.lead), default=None)

    def asked(self, core: str, best: Sequence[int]) -> Enumeration | None:
        """Return the list that a question for several things asks for, if there is one.

        It is announced or opened in the question's words, or its items are among the `best`
        passages.
        """
        if announced := self.announced(core, best):
            return announced
        if not asks_for_several(core):
            return None
        shares = [(_share(core, one, best[:_BEST]), one) for one in self._fitting(core, best)]
        share, found = max(shares, key=lambda pair: pair[0], default=(0.0, None))
        return found if share >= _ENOUGH else None

    def _fitting(self, core: str, best: Sequence[int]) -> list[Enumeration]:
        """Return the lists whose lead, if they have one, denies something if the question does."""
        denied = denies(core)
        episodes = dict.fromkeys(map(self._collection.episode_of, best))
        lists = (one for episode in episodes for one in self._collection.lists_of(episode))
        return [one for one in lists if not one.lead or denies(one.lead) == denied]


def _share(core: str, listed: Enumeration, best: Sequence[int]) -> float:
    """Return the share of a question that a list's opening says; 1 if its items answer it."""
    items = {number for number, _ in listed.items}
    share = opened_by(listed.opening, core)
    found = [number in items for number in best]
    named = any(found) and share >= _ASIDE and _NOUNS.search(core) is not None
    mostly = found[:1] == [True] and sum(found) >= _ITEMS
    return 1.0 if mostly or named else share


def opened_by(opening: str, core: str) -> float:
    """Return the share of a question's tokens that an opening says; 0 of none."""
    asked = set(tokens(core))
    return len(asked & set(tokens(opening))) / max(1, len(asked))


def announced_by(lead: str, core: str) -> bool:
    """Return whether the sentence that announces a list says all that a question asks for."""
    asked = set(tokens(core))
    whole = len(asked) >= _FEWEST_WORDS_MET and asked <= set(tokens(lead))
    return whole and _ASKS_WHICH.search(core) is not None


def denies(words: str) -> bool:
    """Return whether words deny something: `what they can't do`."""
    return _DENIES.search(words) is not None


def asks_for_several(core: str) -> bool:
    """Return whether a question in lower case wants more than one thing."""
    return _NOUNS.search(core) is not None or _FORM.search(core) is not None
