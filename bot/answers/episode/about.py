"""What is asked of the episodes themselves: which ones there are, and the facts of one."""

from collections.abc import Sequence

from bot.answers.episode.facts import Facts
from bot.answers.model import Answer, NoAnswer
from bot.answers.question.follow_up import step
from bot.answers.question.intents import EPISODE, Intent, find_intent
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.small_talk import SUGGESTIONS
from bot.answers.quoting.quotes import Quotes
from bot.episodes import Episode
from bot.search.passages import Passage


class About:
    """Answers what is asked of the episodes of a library; the newest one unless it is numbered."""

    def __init__(
        self, episodes: Sequence[Episode], passages: Sequence[Passage], quotes: Quotes
    ) -> None:
        self._facts = [
            (episode.number, Facts([one for one in passages if one.episode is episode], quotes))
            for episode in reversed(episodes)
        ]
        self._names = frozenset(
            word.lower()
            for episode in episodes
            for host in episode.hosts
            for word in host.name.split()
        )

    def answer(
        self, question: ParsedQuestion, thread: Sequence[ParsedQuestion] = ()
    ) -> Answer | NoAnswer | None:
        """Return a fact, or that an episode is not there; None if nothing of the kind is asked."""
        numbers = {int(found["number"]) for found in EPISODE.finditer(question.core)}
        if numbers and numbers.isdisjoint(number for number, _ in self._facts):
            return self._unknown_episode(question)
        intent = self._intent(question, thread)
        if intent is None:
            return None
        asked = (
            facts.answer(question.message, intent)
            for number, facts in self._facts
            if not numbers or number in numbers
        )
        return next((answer for answer in asked if answer), None)

    def _unknown_episode(self, question: ParsedQuestion) -> NoAnswer:
        known = " and ".join(str(number) for number, _ in reversed(self._facts))
        return NoAnswer(
            question.message,
            "unknown",
            f"I only know episode {known}.",
            suggestions=SUGGESTIONS,
            reason="unknown_episode",
        )

    def _intent(self, question: ParsedQuestion, thread: Sequence[ParsedQuestion]) -> Intent | None:
        """Return what is asked of an episode, in its own words or as a step in the thread."""
        before = self._intent(thread[-1], thread[:-1]) if thread else None
        own = find_intent(question.core.rstrip("?! ."), self._names)
        return step(question.core, before) or own
