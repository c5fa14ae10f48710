"""From a question to an answer: the one way through that every surface takes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from bot.answers.confidence import model as confidence
from bot.answers.episode.facts import Facts
from bot.answers.episode.glossary import Glossary, explanations
from bot.answers.episode.highlights import Highlight, highlights
from bot.answers.language.thesaurus import CLOSE, ENGLISH, FIELD, RELATED, read_thesaurus
from bot.answers.model import MOST_QUOTES, Answer, NoAnswer, Quote
from bot.answers.question.follow_up import Reference, step
from bot.answers.question.intents import EPISODE, Intent, find_intent
from bot.answers.question.parse import READ, Form, Understood, understand
from bot.answers.question.small_talk import small_talk, steering
from bot.answers.quoting.quotes import Quotes, holds
from bot.answers.quoting.transcript_page import Excerpt, excerpt
from bot.answers.retrieval.ranking import Ranked
from bot.answers.retrieval.retriever import Finder, Topic
from bot.answers.weights import CONFIDENCE
from bot.episodes import Library, Span
from bot.search.passages import passages

_MOST_NEAR = 2
_MOST_HISTORY = 4
# What is shorter mentions a term in passing.
_FEWEST_WORDS = 15
_MOST_ITEM_WORDS = 30
# Further quotes are as many, and score at least this share of the best one.
_MOST_FURTHER = 6
_FURTHER = 0.5
# Answers depend on nothing but the question, so the ones asked again and again are kept.
REMEMBERED = 1_024
# The sheet defines its own terms.
_CERTAIN = 0.99
_SUGGESTIONS = ("what are the takeaways?", "define RAG", "segments")


class Answerer:
    """Answers questions from the episodes of a library, in their own words."""

    def __init__(
        self, library: Library, thesaurus: Sequence[Path] = (), related: Sequence[Path] = ()
    ) -> None:
        """Index a library; `thesaurus` and `related` extend the bot's own close and loose words."""
        self._episodes = library.episodes
        self._passages = [one for episode in library.episodes for one in passages(episode)]
        self._quotes = Quotes(self._passages)
        self._glossary = Glossary(self._passages)
        known = read_thesaurus(FIELD, *thesaurus, loose=[ENGLISH, *related])
        self.finder = Finder(self._passages, known)
        self._facts = [
            Facts([one for one in self._passages if one.episode is episode], self._quotes)
            for episode in library.episodes
        ]
        self._remembered = lru_cache(REMEMBERED)(self._ask)
        self._names = frozenset(
            word.lower()
            for episode in library.episodes
            for host in episode.hosts
            for word in host.name.split()
        )

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer | NoAnswer:
        """Answers a message: a question, a command such as `takeaway 4`, or small talk.

        Args:
            question: what a person wrote, as plain text.
            history: their earlier questions in the same thread, oldest first.
        """
        answer = self._remembered(question[:READ], _thread(history))
        return answer if len(question) <= READ else replace(answer, question=question)

    def leans(self, question: str) -> bool:
        """Whether a question needs the earlier ones of its thread, judged by its own words."""
        text = question[:READ]
        # After a takeaway, `the next one` is the one after it; alone it is the next episode.
        if step(understand(text).core, Intent("takeaway", 1)):
            return True
        return self._settled(text, ()) is None and self.finder.leans(text)

    def topic(self, question: str, history: Sequence[str] = ()) -> Topic | None:
        """What the ranking makes of a question; None for one that is answered without it."""
        text = question[:READ]
        thread = _thread(history)
        return None if self._settled(text, thread) else self._topic(text, thread)

    def best(self, question: str, history: Sequence[str] = ()) -> Quote | None:
        """The best quote that the ranking finds, however little it is trusted."""
        topic = self.topic(question, history)
        return self._quote(topic.ranked[0]) if topic and topic.ranked else None

    def _ask(self, question: str, history: tuple[str, ...]) -> Answer | NoAnswer:
        if settled := self._settled(question, history):
            return settled
        topic = self._topic(question, history)
        found = self._found(question, topic)
        if isinstance(found, NoAnswer) or topic.reference is Reference.NONE:
            return found
        return replace(found, history=history)

    def _topic(self, text: str, history: Sequence[str]) -> Topic:
        """The topic; `tell me more` leaves out what the thread has shown."""
        topic = self.finder.topic(text, history)
        if topic.reference is not Reference.MORE:
            return topic
        shown = [quote for at in range(len(history)) for quote in self._shown(history[: at + 1])]
        left = [
            one for one in topic.ranked if not any(holds(one.passage, quote) for quote in shown)
        ]
        return replace(topic, ranked=left)

    def _shown(self, thread: Sequence[str]) -> tuple[Quote, ...]:
        """The quotes that answered the last message of a thread."""
        answer = self.ask(thread[-1], thread[:-1])
        return answer.quotes if isinstance(answer, Answer) else ()

    def _settled(self, question: str, history: Sequence[str]) -> Answer | NoAnswer | None:
        """What needs no ranking: small talk, facts of the episode, terms of the sheet."""
        understood = understand(question)
        if not self._episodes:
            return NoAnswer(question, "help", self._help())
        if f"{understood.core} {understood.around}".strip("?!: ") in ("", "help", "define", "ask"):
            return NoAnswer(question, "help", self._help(), suggestions=_SUGGESTIONS)
        if reply := steering(question):
            return NoAnswer(question, "injection", reply, suggestions=_SUGGESTIONS)
        if reply := small_talk(question):
            return NoAnswer(question, "smalltalk", reply, suggestions=_SUGGESTIONS)
        return (
            self._unknown_episode(question, understood)
            or self._fact(question, understood, history)
            or self._definition(question, understood)
        )

    def quote(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """A quote again from its coordinates; None if the bot could not have made it."""
        return self._quotes.again(episode, digest, start, end)

    def excerpt(self, quote: Quote, page: int = 0) -> Excerpt | None:
        """The turns around a quote, or those `page` pages on; None where there are none."""
        [episode] = [one for one in self._episodes if one.slug == quote.episode]
        return excerpt(episode, Span(quote.start, quote.end), page)

    @cached_property
    def highlights(self) -> tuple[Highlight, ...]:
        """What is worth a post of its own: all takeaways, then quotes that stand alone."""
        return highlights(self._episodes, self._passages, self.finder, self._quotes)

    def _unknown_episode(self, question: str, understood: Understood) -> NoAnswer | None:
        numbers = {int(found["number"]) for found in EPISODE.finditer(understood.core)}
        known = {episode.number for episode in self._episodes}
        if not numbers or numbers & known:
            return None
        heard = " and ".join(map(str, sorted(known)))
        reply = f"I only know episode {heard}, so I can't say what another one holds."
        return NoAnswer(question, "unknown", reply, suggestions=_SUGGESTIONS)

    def _fact(
        self, question: str, understood: Understood, history: Sequence[str]
    ) -> Answer | NoAnswer | None:
        intent = self._intent(understood, history)
        if intent is None:
            return None
        numbers = {int(found["number"]) for found in EPISODE.finditer(understood.core)}
        asked = (
            facts.answer(question, intent)
            for facts, episode in zip(reversed(self._facts), reversed(self._episodes), strict=True)
            if not numbers or episode.number in numbers
        )
        return next((answer for answer in asked if answer), None)

    def _intent(self, understood: Understood, history: Sequence[str]) -> Intent | None:
        """What is asked of the episode itself, in its own words or as a step in the thread."""
        before = self._intent(understand(history[-1]), history[:-1]) if history else None
        own = find_intent(understood.core.rstrip("?! ."), self._names)
        return step(understood.core, before) or own

    def _definition(self, question: str, understood: Understood) -> Answer | None:
        """The sheet's row, then the passages that explain the term."""
        row = self._glossary.asked(understood.core, understood.around)
        if row is None:
            return None
        explained = explanations(row, self.finder)
        most = MOST_QUOTES - 1 + _MOST_FURTHER
        first = self._quotes.window(row, 0, 0)
        quotes = (first, *map(self._quote, islice(explained, most)))
        return Answer(
            question,
            "definition",
            "",
            quotes[:MOST_QUOTES],
            confidence=_CERTAIN,
            further=quotes[MOST_QUOTES:],
        )

    def _found(self, question: str, topic: Topic) -> Answer | NoAnswer:
        ranked = topic.ranked
        understood = topic.question
        if not ranked:
            return self._declined(question, understood, (), 0.0)
        measured = confidence.features(understood, topic.clues, topic.measure, ranked)
        sure = CONFIDENCE.probability(measured)
        if understood.form is Form.COMPARISON:
            ranked = self.finder.both_sides(topic)
        quotes = tuple(self._quote(one) for one in ranked[:MOST_QUOTES])
        unheard = understood.core.startswith("define ") and not all(
            clue.heard for clue in topic.clues
        )
        if sure < confidence.THRESHOLD or unheard:
            near = [quote for quote in quotes if len(quote.text.split()) >= _FEWEST_WORDS]
            return self._declined(question, understood, tuple(near[:_MOST_NEAR]), sure)
        if found := self.finder.enumeration(topic):
            items = tuple(self._item(*item) for item in found.items)
            return Answer(question, "list", "", items[:MOST_QUOTES], items, sure)
        if topic.reference is Reference.SPEAKER:
            lead = f"{quotes[0].speaker or 'The reference sheet'} said:"
            return Answer(question, "speaker", lead, quotes[:1], confidence=sure)
        return Answer(question, "quote", "", quotes, confidence=sure, further=self._further(ranked))

    def _further(self, ranked: Sequence[Ranked]) -> tuple[Quote, ...]:
        """The next best quotes, while they are not much worse than the best one."""
        fewest = _FURTHER * max(one.score for one in ranked)
        left = [one for one in ranked[MOST_QUOTES:] if one.score >= fewest]
        return tuple(map(self._quote, left[:_MOST_FURTHER]))

    def _declined(
        self, question: str, understood: Understood, near: tuple[Quote, ...], sure: float
    ) -> NoAnswer:
        if understood.core.startswith("define "):
            term = understood.core.removeprefix("define ").strip("?!. ")
            nearest = tuple(f"define {name}" for name in self._glossary.nearest(term))
            reply = "The episode doesn't define that term."
            return NoAnswer(question, "term", reply, near, nearest, sure)
        reply = "The episode doesn't say. I only answer with its own words, so I won't guess."
        return NoAnswer(question, "unknown", reply, near, confidence=sure)

    def _item(self, number: int, first: int) -> Quote:
        """An item of a list: its opening sentence, and what follows while it stays short."""
        passage = self.finder.passages[number]
        last = first
        while last + 1 < len(passage.sentences):
            span = Span(passage.sentences[first].start, passage.sentences[last + 1].end)
            if len(passage.episode.words(span).split()) > _MOST_ITEM_WORDS:
                break
            last += 1
        return self._quotes.window(passage, first, last)

    def _quote(self, ranked: Ranked) -> Quote:
        return self._quotes.window(ranked.passage, ranked.first, ranked.last)

    def _help(self) -> str:
        titles = ", ".join(f"{episode.show}, {episode.label}" for episode in self._episodes)
        return (
            "I'm an automated bot. I answer questions about a podcast in its own words and say so"
            f" when it doesn't tell. I know {titles or 'no episode yet'}."
        )


def _thread(history: Sequence[str]) -> tuple[str, ...]:
    """The last messages of a thread that asked something: nothing follows from small talk."""
    last = (message[:READ] for message in history[-_MOST_HISTORY:])
    return tuple(one for one in last if not (steering(one) or small_talk(one)))


def ready(library: Library, knowledge: Path) -> Answerer:
    """An answerer of a library, with the thesauri of the knowledge folder if it has any."""
    own, related = knowledge / CLOSE, knowledge / RELATED
    return Answerer(library, [own] if own.exists() else [], [related] if related.exists() else [])
