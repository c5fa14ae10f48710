"""What is asked of the episodes themselves: which ones there are, and the facts of one."""

from collections.abc import Sequence
from functools import lru_cache

from bot.answers.episode.facts import Facts
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.question.follow_up import step
from bot.answers.question.intents import Intent, find_intent
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.scope import Scope
from bot.answers.question.suggestions import suggestions
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.collection import Collection
from bot.episodes.names import cut, episode_name

_AT_HAND = 64  # episodes whose facts are kept; chosen by hand
_MOST_NAMED = 5  # episodes that one message names; chosen by hand
_MOST_ASKED = 700  # characters of a question that is asked again of one episode; chosen by hand
_MOST_LABEL = 75  # characters of what an episode is called on a button
# What many episodes have none of, so that the newest one that has it is meant.
_LISTS = frozenset({"takeaway", "outline", "terms"})


class About:
    """Answers what is asked of the episodes of a library; the newest one unless it is numbered."""

    def __init__(self, collection: Collection, quotes: Quotes) -> None:
        self._collection, self._entries = collection, collection.library.entries
        self._facts = lru_cache(_AT_HAND)(
            lambda at: Facts(collection.library.episodes[at], collection.passages_of(at), quotes)
        )
        self._names = frozenset(
            word.lower() for name in collection.library.hosts for word in name.split()
        )

    def which(self, message: str, asked: Scope) -> NoAnswer | None:
        """Return that an episode is not there, or which ones may be meant; None without a doubt."""
        if asked.number is None:
            return None
        if asked.among:
            return self._ambiguous(message, asked, asked.among)
        return NoAnswer(
            message,
            "unknown",
            f"I only know {self._known()}.",
            suggestions=suggestions(self._collection.library),
            reason="unknown_episode",
        )

    def _ambiguous(self, message: str, asked: Scope, among: Sequence[int]) -> NoAnswer:
        """Return a question for each of the newest episodes that may be meant."""
        meant = [self._entries[at] for at in reversed(among[-_MOST_NAMED:])]
        rest = cut(asked.rest.strip(" ?!."), _MOST_ASKED)
        newest = "" if len(meant) == len(among) else f", and these are the newest {len(meant)}"
        return NoAnswer(
            message,
            "unknown",
            f"Episode {asked.number} of which podcast? There are {len(among):,}{newest}.",
            suggestions=tuple(f"{rest} in {one.slug}" for one in meant),
            labels=tuple(episode_name(one, _MOST_LABEL, show=True) for one in meant),
            reason="ambiguous_episode",
        )

    def _known(self) -> str:
        """Return the numbers of the episodes, or how many there are."""
        if not self._entries:
            return "no episode yet"
        numbers = [str(one.number) for one in self._entries if one.number is not None]
        if len(numbers) == len(self._entries) <= _MOST_NAMED:
            return f"episode {' and '.join(dict.fromkeys(numbers))}"
        return (
            "another episode"
            if len(self._entries) == 1
            else f"{len(self._entries):,} other episodes"
        )

    def answer(
        self,
        question: ParsedQuestion,
        thread: Sequence[ParsedQuestion] = (),
        quoted: Quote | None = None,
    ) -> Answer | NoAnswer | None:
        """Return a fact, or that it is not told; None if nothing of the kind is asked.

        It is one of the episodes that are named, else of the one that the thread `quoted`, else of
        the newest. A list may be an older one's, where no newer one has any.
        """
        intent = self._intent(question, thread)
        if intent is None:
            return None
        at = self._collection.library.place(quoted.episode) if quoted else None
        meant: Sequence[int] = range(len(self._entries)) if at is None else (at,)
        meant = meant if question.among is None else question.among
        if intent.kind not in _LISTS:
            meant = meant[-1:]
        having = (one for one in reversed(meant) if self._may_have(one, intent.kind))
        asked = (self._facts(one).answer(question.message, intent) for one in having)
        answer = next((answer for answer in asked if answer), None)
        return answer or (self._untold(question, meant[-1]) if self._several and meant else None)

    def _may_have(self, at: int, kind: str) -> bool:
        """Return whether an episode may have what is asked for, without reading it."""
        entry = self._entries[at]
        return {"takeaway": entry.takeaways, "terms": entry.terms}.get(kind) != 0

    @property
    def _several(self) -> bool:
        return len(self._entries) > 1

    def _untold(self, question: ParsedQuestion, at: int) -> NoAnswer:
        """Return that an episode does not say this of itself: no other one can."""
        reply = f"“{self._entries[at].label}” doesn't say."
        return NoAnswer(question.message, "unknown", reply, reason="nothing_found")

    def _intent(self, question: ParsedQuestion, thread: Sequence[ParsedQuestion]) -> Intent | None:
        """Return what is asked of an episode, in its own words or as a step in the thread."""
        before = self._intent(thread[-1], thread[:-1]) if thread else None
        own = find_intent(question.core.rstrip("?! ."), self._names)
        return step(question.core, before) or own
