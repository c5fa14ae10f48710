"""From a message to an answer: the one path that every surface takes."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.answers.episode.library_highlights import LibraryHighlights
from bot.answers.model import Answer, NoAnswer
from bot.answers.pointing import Chooser, Chosen, Pointer, may_point
from bot.answers.question.follow_up import end_of_thread
from bot.answers.question.parse import READ, ParsedQuestion, parse
from bot.answers.question.scope import Scope, other_than, scope
from bot.answers.question.small_talk import asks_nothing
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Topic
from bot.answers.steps import Steps
from bot.answers.thread import ALONE, Thread

# The earlier questions of a thread, oldest first, or what returns them.
History = Callable[[], Sequence[str]] | Sequence[str]

log = logging.getLogger(__name__)


def no_history() -> Sequence[str]:
    """Return no earlier questions."""
    return ()


class Engine:
    """Answers questions from the episodes of a library, in their own words; it never changes."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.library = finder, finder.collection.library
        self.quotes = Quotes(self.library, finder.collection.passages_of)
        self.highlights = LibraryHighlights(finder, self.quotes)
        self._steps = Steps(finder, self.quotes)
        self._chooser, self._chosen = Chooser(self.quotes, self._steps.compose), Chosen()

    def ask(
        self,
        message: str,
        history: History = no_history,
        episode: str | None = None,
        show: str = "",
        pointer: Pointer | None = None,
    ) -> Answer | NoAnswer:
        """Answer a message: a question, a command such as `takeaway 4`, or small talk.

        Args:
            message: what a person wrote, as plain text.
            history: returns their earlier questions in the same thread, oldest first. It is called
                at most once, and only if the message follows them or says `this episode`.
            episode: the slug of the one episode to look in, unless the message names another by its
                number or slug; None for all.
            show: the show whose episodes are looked in first, and others only where those do not
                answer; empty for none.
            pointer: who may be asked where the search alone is unsure.
        """
        asked = self._scope(message, episode, show)
        if doubt := self._steps.doubt(message, asked):
            return doubt
        question, thread = self._steps.placed(_parsed(asked)), ALONE
        answer = self._steps.alone(question)
        if answer is None:
            thread = self._thread(self._earlier(history, episode, show), pointer)
            answer = self._steps.in_thread(question, thread)
        if pointer:
            answer = self._pointed(question, thread, answer, pointer)
        if isinstance(answer, Answer):
            return replace(answer, question=message, show=show)
        if answer.is_question:
            log.info("Declined: %s, probability %.2f", answer.reason, answer.confidence)
        return replace(answer, question=message)

    def topic(
        self, message: str, history: History = no_history, episode: str | None = None
    ) -> Topic | None:
        """Return what the search finds for a question; None for one answered without it.

        It looks in all episodes that may answer, whichever are preferred.
        """
        question = _parsed(self._scope(message, episode))
        thread = self._thread(self._earlier(history, episode))
        if self._steps.settled(question, Thread(thread.questions)):
            return None
        return self._steps.searched(question, thread)

    def _scope(self, message: str, episode: str | None = None, show: str = "") -> Scope:
        message, entries = message[:READ], self.library.entries
        if episode is None:
            return scope(message, entries, self.library.of_show(show))
        at = self.library.place(episode)
        if at is None:
            return Scope(message, ())
        of_show = self.library.of_show(entries[at].show)
        return other_than(at, message, entries, of_show) or Scope(message, (at,))

    def _earlier(
        self, history: History, episode: str | None = None, show: str = ""
    ) -> tuple[ParsedQuestion, ...]:
        """Return the questions that a message may follow, oldest first, asked where it is asked."""
        messages = history() if callable(history) else history
        asked = (
            self._steps.placed(_parsed(self._scope(one, episode, show)))
            for one in reversed(messages)
            if not asks_nothing(one[:READ])
        )
        return end_of_thread(asked, lambda question: self._steps.alone(question) is None)

    def _thread(self, earlier: Iterable[ParsedQuestion], pointer: Pointer | None = None) -> Thread:
        """Return a thread with its answers: what a pointer chose, if that is remembered."""
        thread = ALONE
        for question in earlier:
            alone = self._steps.alone(question)
            own = alone or self._steps.in_thread(question, thread)
            chosen = self._remembered(question, ALONE if alone else thread, own, pointer)
            thread = thread.then(question, chosen or own)
        return thread

    def _pointed(
        self,
        question: ParsedQuestion,
        thread: Thread,
        own: Answer | NoAnswer,
        pointer: Pointer,
    ) -> Answer | NoAnswer:
        """Return the bot's own answer, or the one that somebody points at where it is unsure."""
        if not may_point(own) or not pointer.wants(own.confidence):
            return own
        place = pointer.key, question, thread
        if known := self._chosen.get(place):
            return known
        found = self._steps.searched(question, thread)
        candidates = self.finder.candidates(found, thread.shown)
        pointed = pointer.point(question.message, thread.messages, candidates)
        if pointed is None:
            return own
        answer = self._chooser.answer(question, found, own, pointed, candidates)
        answer = thread.holding(answer)
        if pointed.picks is not None:
            self._chosen.put(place, answer)
        return answer

    def _remembered(
        self,
        question: ParsedQuestion,
        thread: Thread,
        own: Answer | NoAnswer,
        pointer: Pointer | None,
    ) -> Answer | NoAnswer | None:
        """Return what a pointer chose in place of the bot's own answer, if it may still be asked.

        Whether it may costs a look into the database, and so comes last.
        """
        known = self._chosen.get((pointer.key, question, thread)) if pointer else None
        return known if pointer and known and pointer.wants(own.confidence) else None


def _parsed(asked: Scope) -> ParsedQuestion:
    return replace(parse(asked.rest), among=asked.among, first=asked.first)
