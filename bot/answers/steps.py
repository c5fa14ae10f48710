"""From a parsed question to an answer, alone or in its thread, one step after another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.answers.compose import Composer, about_quote
from bot.answers.confidence.decide import decide
from bot.answers.episode.about import About
from bot.answers.episode.definitions import Definitions
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.question.follow_up import Reference, asks_about_quote, may_step
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.scope import Scope
from bot.answers.question.small_talk import without_question
from bot.answers.question.this_episode import asks_of_itself, of_this, says_this
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Topic
from bot.answers.thread import ALONE, Thread

# Answers depend on nothing but question and thread. Chosen by hand: a few megabytes.
REMEMBERED = 1_024
# From this confidence on, what is answered where it is preferred is looked for nowhere else. Chosen
# by hand: likelier than not.
_LIKELY = 0.5


class Steps:
    """Answers parsed questions from the episodes of a library; it remembers the latest answers."""

    def __init__(self, finder: Finder, quotes: Quotes) -> None:
        self._finder, self._library = finder, finder.collection.library
        self._about = About(finder.collection, quotes)
        self._definitions = Definitions(finder, quotes)
        self.compose = Composer(finder, quotes, self._definitions)
        self.alone = lru_cache(REMEMBERED)(self._alone)
        self.in_thread = lru_cache(REMEMBERED)(self._in_thread)

    def doubt(self, message: str, asked: Scope) -> NoAnswer | None:
        """Return what is asked back of a message that may mean several episodes, or none."""
        return self._about.which(message, asked)

    def placed(self, question: ParsedQuestion) -> ParsedQuestion:
        """Return a question, asked of the preferred episodes alone if these answer it.

        What they hardly answer is asked of all, where those surely do.
        """
        if not question.first or says_this(question):
            return question
        own = replace(question, among=question.first, first=())
        answer = self.alone(own)
        if not isinstance(answer, Answer):
            return question
        return own if _surely(answer) or not _surely(self.alone(question)) else question

    def searched(self, question: ParsedQuestion, thread: Thread) -> Topic:
        """Return what is found for a question in its thread, without what was quoted there."""
        asked = self._where(question, thread)
        found = self._finder.find(asked, thread.topics, thread.quoted)
        return self._finder.without(found, thread.shown)

    def settled(self, question: ParsedQuestion, thread: Thread = ALONE) -> Answer | NoAnswer | None:
        """Answer what needs no search: small talk, facts of the episode, terms of the sheet."""
        return (
            without_question(question, self._library)
            or self._about.answer(question, thread.questions, thread.quoted)
            or self._definitions.answer(question)
        )

    def _alone(self, question: ParsedQuestion) -> Answer | NoAnswer | None:
        """Answer a question that needs no thread; None for one that follows earlier ones."""
        if may_step(question.core) or asks_about_quote(question.core):
            return None
        if self._of_this(question) is not question:
            return None
        if settled := self.settled(question):
            return settled
        if self._finder.reference(question) is not Reference.NONE:
            return None
        return self._found(question, self._finder.find(question))

    def _in_thread(self, question: ParsedQuestion, thread: Thread) -> Answer | NoAnswer:
        """Answer a question that may follow those of its thread, where it is preferred first."""
        own: Answer | None = None
        for nearer in self._nearer(question, thread):
            answer = self.in_thread(nearer, thread)
            if _surely(answer):
                return answer
            own = own or (answer if isinstance(answer, Answer) else None)
        other = self._in_scope(question, thread)
        return own if own and not _surely(other) else other

    def _nearer(self, question: ParsedQuestion, thread: Thread) -> Iterator[ParsedQuestion]:
        """Yield a question as one of the episodes that are preferred, the nearest first."""
        if thread.quoted or asks_of_itself(question):
            return  # there is but one; see `_where`
        if (this := self._of_this(question)) is not question:
            yield this
        if question.first:
            yield replace(question, among=question.first, first=())

    def _in_scope(self, question: ParsedQuestion, thread: Thread) -> Answer | NoAnswer:
        """Answer a question in its thread from the episodes that it names."""
        question = self._where(question, thread)
        reference = asks_about_quote(question.core)
        if not (reference and thread.last) and (settled := self.settled(question, thread)):
            return settled
        if reference:
            answer = about_quote(question, reference, thread.last)
        else:
            answer = self._found(question, self.searched(question, thread), thread.shown)
        return thread.holding(answer)

    def _where(self, question: ParsedQuestion, thread: Thread) -> ParsedQuestion:
        """Return a question as one of the only episode that can answer it, if there is one."""
        only = thread.quoted or asks_of_itself(question)
        return self._of_this(question, thread) if only else question

    def _of_this(self, question: ParsedQuestion, thread: Thread = ALONE) -> ParsedQuestion:
        """Return a question that says `this episode` as one of that alone; any other as it is."""
        at = self._library.place(thread.quoted.episode) if thread.quoted else None
        return of_this(question, len(self._library.entries), at)

    def _found(
        self, question: ParsedQuestion, found: Topic, shown: Sequence[Quote] = ()
    ) -> Answer | NoAnswer:
        """Answer from what was found, or decline."""
        decision = decide(found)
        if decision.answers:
            return self.compose.answer(question, found, decision, shown)
        return self.compose.no_answer(question, found, decision)


def _surely(answer: Answer | NoAnswer | None) -> bool:
    return isinstance(answer, Answer) and answer.confidence >= _LIKELY
