"""From a question to an answer: the one path that every surface takes, step by step."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from bot.answers.compose import Composer, about_quote
from bot.answers.confidence.decide import decide
from bot.answers.episode.about import About
from bot.answers.episode.definitions import Definitions
from bot.answers.episode.highlights import Highlight, highlights
from bot.answers.language.thesaurus import HOUSE_WORDS, read_thesaurus
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.question.follow_up import Reference, asks_about_quote, end_of_thread, may_step
from bot.answers.question.parse import READ, ParsedQuestion, parse
from bot.answers.question.small_talk import asks_nothing, without_question
from bot.answers.quoting.quotes import Quotes
from bot.answers.quoting.transcript_page import Excerpt, excerpt
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.retriever import Finder, Topic
from bot.answers.thread import Thread
from bot.episodes import Episode, Library, Span
from bot.search.passages import passages

# Answers depend on nothing but question and thread. Chosen by hand: a few megabytes.
REMEMBERED = 1_024
# The earlier questions of a thread, oldest first, or what returns them.
History = Callable[[], Sequence[str]] | Sequence[str]
Earlier = tuple[ParsedQuestion, ...]

log = logging.getLogger(__name__)


def no_history() -> Sequence[str]:
    """Return no earlier questions."""
    return ()


class Answerer:
    """Answers questions from the episodes of a library, in their own words."""

    def __init__(
        self, library: Library, thesaurus: Sequence[Path] = (), reader: Reader | None = None
    ) -> None:
        """Index a library; files of `thesaurus` teach its house words to the search."""
        self._episodes = library.episodes
        self._passages = [one for episode in library.episodes for one in passages(episode)]
        self._quotes = Quotes(self._passages)
        self.finder = Finder(self._passages, read_thesaurus(*thesaurus), reader or Reader())
        self._about = About(library.episodes, self._passages, self._quotes)
        self._definitions = Definitions(self._passages, self.finder, self._quotes)
        self._compose = Composer(self.finder, self._quotes, self._definitions)
        self._alone = lru_cache(REMEMBERED)(self._answer_alone)
        self._in_thread = lru_cache(REMEMBERED)(self._answer_in_thread)

    def ask(self, message: str, history: History = no_history) -> Answer | NoAnswer:
        """Answer a message: a question, a command such as `takeaway 4`, or small talk.

        Args:
            message: what a person wrote, as plain text.
            history: returns their earlier questions in the same thread, oldest first. It is called
                at most once, and only if the message follows them.
        """
        question = parse(message[:READ])
        answer = self._alone(question) or self._in_thread(question, self._earlier(history))
        if isinstance(answer, NoAnswer) and answer.is_question:
            log.info("Declined: %s, probability %.2f", answer.reason, answer.confidence)
        return answer if len(message) <= READ else replace(answer, question=message)

    def _answer_alone(self, question: ParsedQuestion) -> Answer | NoAnswer | None:
        """Answer a question that needs no thread; None for one that follows earlier ones."""
        if may_step(question.core) or asks_about_quote(question.core):
            return None
        if settled := self._settled(question):
            return settled
        if self.finder.reference(question) is not Reference.NONE:
            return None
        return self._found(question, self.finder.find(question))

    def _answer_in_thread(self, question: ParsedQuestion, earlier: Earlier) -> Answer | NoAnswer:
        """Answer a question that may follow those of its thread."""
        thread = self._thread(earlier)
        reference = asks_about_quote(question.core)
        if not (reference and thread.last) and (settled := self._settled(question, earlier)):
            return settled
        if reference:
            answer = about_quote(question, reference, thread.last)
        else:
            found = self.finder.find(question, thread.topics, thread.quoted)
            answer = self._found(question, self.finder.without(found, thread.shown), thread.shown)
        kept = tuple(one.message for one in earlier)
        return replace(answer, history=kept) if isinstance(answer, Answer) else answer

    def _settled(self, question: ParsedQuestion, earlier: Earlier = ()) -> Answer | NoAnswer | None:
        """Answer what needs no search: small talk, facts of the episode, terms of the sheet."""
        return (
            without_question(question, self._episodes)
            or self._about.answer(question, earlier)
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

    def _earlier(self, history: History) -> Earlier:
        """Return the questions that a message may follow, oldest first."""
        messages = history() if callable(history) else history
        asked = (parse(one[:READ]) for one in reversed(messages) if not asks_nothing(one[:READ]))
        return end_of_thread(asked, lambda question: self._alone(question) is None)

    def _thread(self, earlier: Earlier) -> Thread:
        given = [
            self._alone(question) or self._in_thread(question, earlier[:at])
            for at, question in enumerate(earlier)
        ]
        return Thread(earlier, given)

    @property
    def fault(self) -> str | None:
        """Return why the reader cannot read here; None where it can. The first look loads it."""
        return self.finder.reader.fault

    @property
    def episodes(self) -> Sequence[Episode]:
        """Return the episodes that are loaded, the newest last."""
        return self._episodes

    def topic(self, message: str, history: History = no_history) -> Topic | None:
        """Return what the search finds for a question; None for one answered without it."""
        question, earlier = parse(message[:READ]), self._earlier(history)
        if self._settled(question, earlier):
            return None
        thread = self._thread(earlier)
        return self.finder.without(
            self.finder.find(question, thread.topics, thread.quoted), thread.shown
        )

    def quote(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """Return a quote again from its coordinates; None if the bot could not have made it."""
        return self._quotes.again(episode, digest, start, end)

    def excerpt(self, quote: Quote, page: int = 0) -> Excerpt | None:
        """Return the turns around a quote, or those `page` pages on; None if there are none."""
        [episode] = [one for one in self._episodes if one.slug == quote.episode]
        headings = self._quotes.headings(episode.slug)
        return excerpt(episode, Span(quote.start, quote.end), page, headings)

    @cached_property
    def highlights(self) -> tuple[Highlight, ...]:
        """Return what is worth a post of its own: takeaways, then quotes that stand alone."""
        return highlights(self._episodes, self._passages, self.finder, self._quotes)


def ready(library: Library, knowledge: Path) -> Answerer:
    """Return an answerer of a library, with the thesaurus of the knowledge folder if it has one."""
    own = knowledge / HOUSE_WORDS
    return Answerer(library, [own] if own.exists() else [])
