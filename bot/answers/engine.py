"""From a question to an answer: the one path that every surface takes, step by step."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.answers.compose import Composer, about_quote
from bot.answers.confidence.decide import decide
from bot.answers.episode.about import About
from bot.answers.episode.definitions import Definitions
from bot.answers.episode.library_highlights import LibraryHighlights
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.pointing import Chooser, Chosen, Pointer, may_point
from bot.answers.question.follow_up import Reference, asks_about_quote, end_of_thread, may_step
from bot.answers.question.parse import READ, ParsedQuestion, parse
from bot.answers.question.scope import Scope, other_than, scope
from bot.answers.question.small_talk import asks_nothing, without_question
from bot.answers.question.this_episode import asks_of_itself, of_this, says_this
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Topic
from bot.answers.thread import Thread

# Answers depend on nothing but question and thread. Chosen by hand: a few megabytes.
REMEMBERED = 1_024
# From this confidence on, what is answered where it is preferred is looked for nowhere else. Chosen
# by hand: likelier than not.
_LIKELY = 0.5
# The earlier questions of a thread, oldest first, or what returns them.
History = Callable[[], Sequence[str]] | Sequence[str]
_ALONE = Thread()

log = logging.getLogger(__name__)


def no_history() -> Sequence[str]:
    """Return no earlier questions."""
    return ()


class Engine:
    """Answers questions from the episodes of a library, in their own words; it never changes."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.library = finder, finder.collection.library
        self.quotes = Quotes(self.library, finder.collection.passages_of)
        self._about = About(finder.collection, self.quotes)
        self._definitions = Definitions(finder, self.quotes)
        self._compose = Composer(finder, self.quotes, self._definitions)
        self.highlights = LibraryHighlights(finder, self.quotes)
        self._chooser, self._chosen = Chooser(self.quotes, self._compose), Chosen()
        self._alone = lru_cache(REMEMBERED)(self._answer_alone)
        self._in_thread = lru_cache(REMEMBERED)(self._answer_in_thread)

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
        asked = self._scope(message[:READ], episode, show)
        if doubt := self._about.which(message, asked):
            return doubt
        question = self._placed(_parsed(asked))
        answer, thread = self._alone(question), _ALONE
        if answer is None:
            thread = self._thread(self._earlier(history, episode, show), pointer)
            answer = self._in_thread(question, thread)
        if pointer:
            answer = self._pointed(question, thread, answer, pointer)
        if isinstance(answer, NoAnswer) and answer.is_question:
            log.info("Declined: %s, probability %.2f", answer.reason, answer.confidence)
        if isinstance(answer, Answer):
            return replace(answer, question=message, show=show)
        return replace(answer, question=message)

    def _scope(self, message: str, episode: str | None = None, show: str = "") -> Scope:
        if episode is None:
            return scope(message, self.library.entries, self.library.of_show(show))
        at = self.library.place(episode)
        if at is None:
            return Scope(message, ())
        entries = self.library.entries
        of_show = self.library.of_show(entries[at].show)
        return other_than(at, message, entries, of_show) or Scope(message, (at,))

    def _placed(self, question: ParsedQuestion) -> ParsedQuestion:
        """Return a question, asked of the preferred episodes alone if these answer it.

        What they hardly answer is asked of all, where those surely do.
        """
        if not question.first or says_this(question):
            return question
        own = replace(question, among=question.first, first=())
        answer = self._alone(own)
        if not isinstance(answer, Answer):
            return question
        return own if _surely(answer) or not _surely(self._alone(question)) else question

    def _answer_alone(self, question: ParsedQuestion) -> Answer | NoAnswer | None:
        """Answer a question that needs no thread; None for one that follows earlier ones."""
        if may_step(question.core) or asks_about_quote(question.core):
            return None
        if self._of_this(question) is not question:
            return None
        if settled := self._settled(question):
            return settled
        if self.finder.reference(question) is not Reference.NONE:
            return None
        return self._found(question, self.finder.find(question))

    def _answer_in_thread(self, question: ParsedQuestion, thread: Thread) -> Answer | NoAnswer:
        """Answer a question that may follow those of its thread, where it is preferred first."""
        own: Answer | None = None
        for nearer in self._nearer(question, thread):
            answer = self._in_thread(nearer, thread)
            if _surely(answer):
                return answer
            own = own or (answer if isinstance(answer, Answer) else None)
        other = self._answer_there(question, thread)
        return own if own and not _surely(other) else other

    def _nearer(self, question: ParsedQuestion, thread: Thread) -> Iterator[ParsedQuestion]:
        """Yield a question as one of the episodes that are preferred, the nearest first."""
        if thread.quoted or asks_of_itself(question):
            return  # there is but one; see `_where`
        if (this := self._of_this(question)) is not question:
            yield this
        if question.first:
            yield replace(question, among=question.first, first=())

    def _where(self, question: ParsedQuestion, thread: Thread) -> ParsedQuestion:
        """Return a question as one of the only episode that can answer it, if there is one."""
        only = thread.quoted or asks_of_itself(question)
        return self._of_this(question, thread) if only else question

    def _of_this(self, question: ParsedQuestion, thread: Thread = _ALONE) -> ParsedQuestion:
        """Return a question that says `this episode` as one of that alone; any other as it is."""
        at = self.library.place(thread.quoted.episode) if thread.quoted else None
        return of_this(question, len(self.library.entries), at)

    def _answer_there(self, question: ParsedQuestion, thread: Thread) -> Answer | NoAnswer:
        """Answer a question in its thread from the episodes that it names."""
        question = self._where(question, thread)
        reference = asks_about_quote(question.core)
        if not (reference and thread.last) and (settled := self._settled(question, thread)):
            return settled
        if reference:
            answer = about_quote(question, reference, thread.last)
        else:
            answer = self._found(question, self._searched(question, thread), thread.shown)
        return _in(thread, answer)

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
        found = self._searched(question, thread)
        candidates = self.finder.candidates(found, thread.shown)
        pointed = pointer.point(question.message, thread.messages, candidates)
        if pointed is None:
            return own
        answer = self._chooser.answer(question, found, own, pointed, candidates)
        answer = _in(thread, answer)
        if pointed.picks is not None:
            self._chosen.put(place, answer)
        return answer

    def _searched(self, question: ParsedQuestion, thread: Thread) -> Topic:
        """Return what is found for a question in its thread, without what was quoted there."""
        asked = self._where(question, thread)
        found = self.finder.find(asked, thread.topics, thread.quoted)
        return self.finder.without(found, thread.shown)

    def _settled(
        self, question: ParsedQuestion, thread: Thread = _ALONE
    ) -> Answer | NoAnswer | None:
        """Answer what needs no search: small talk, facts of the episode, terms of the sheet."""
        return (
            without_question(question, self.library)
            or self._about.answer(question, thread.questions, thread.quoted)
            or self._definitions.answer(question)
        )

    def _found(
        self, question: ParsedQuestion, found: Topic, shown: Sequence[Quote] = ()
    ) -> Answer | NoAnswer:
        """Answer from what was found, or decline."""
        decision = decide(found)
        if decision.answers:
            return self._compose.answer(question, found, decision, shown)
        return self._compose.no_answer(question, found, decision)

    def _earlier(
        self, history: History, episode: str | None = None, show: str = ""
    ) -> tuple[ParsedQuestion, ...]:
        """Return the questions that a message may follow, oldest first, asked where it is asked."""
        messages = history() if callable(history) else history
        asked = (
            self._placed(_parsed(self._scope(one[:READ], episode, show)))
            for one in reversed(messages)
            if not asks_nothing(one[:READ])
        )
        return end_of_thread(asked, lambda question: self._alone(question) is None)

    def _thread(self, earlier: Iterable[ParsedQuestion], pointer: Pointer | None = None) -> Thread:
        """Return a thread with its answers: what a pointer chose, if that is remembered."""
        thread = _ALONE
        for question in earlier:
            alone = self._alone(question)
            own = alone or self._in_thread(question, thread)
            chosen = self._remembered(question, _ALONE if alone else thread, own, pointer)
            thread = thread.then(question, chosen or own)
        return thread

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

    def topic(
        self, message: str, history: History = no_history, episode: str | None = None
    ) -> Topic | None:
        """Return what the search finds for a question; None for one answered without it.

        It looks in all episodes that may answer, whichever are preferred.
        """
        question = _parsed(self._scope(message[:READ], episode))
        thread = self._thread(self._earlier(history, episode))
        if self._settled(question, Thread(thread.questions)):
            return None
        return self._searched(question, thread)


def _in(thread: Thread, answer: Answer | NoAnswer) -> Answer | NoAnswer:
    """Return an answer with the questions that it was read with."""
    return replace(answer, history=thread.messages) if isinstance(answer, Answer) else answer


def _surely(answer: Answer | NoAnswer | None) -> bool:
    return isinstance(answer, Answer) and answer.confidence >= _LIKELY


def _parsed(asked: Scope) -> ParsedQuestion:
    return replace(parse(asked.rest), among=asked.among, first=asked.first)
