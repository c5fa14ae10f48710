"""From a decision to what is shown: quotes, a list, a speaker, a place, or a plain no."""

import re
from collections.abc import Collection
from functools import partial

from bot.answers.confidence.decide import Decision
from bot.answers.episode.definitions import Definitions
from bot.answers.model import MOST_FURTHER, MOST_QUOTES, Answer, NoAnswer, Quote
from bot.answers.question.follow_up import Reference
from bot.answers.question.languages import in_own_language
from bot.answers.question.parse import ParsedQuestion
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Topic

# Chosen by hand: two places to look are enough; a shorter quote mentions its subject in passing.
_MOST_NEAR = 2
_FEWEST_WORDS = 15
# Chosen by hand: an item is its opening sentence, and what follows while it stays this short.
_MOST_ITEM_WORDS = 30
# Chosen by hand: further quotes score at most so much less than the best one.
_FURTHER = 7.0
# What a person wrote is repeated only if it is a few plain words: no link, no mention, no markup.
_TERM = re.compile(
    r"^(?:define|what(?:'s|s| is| are))(?: an?)?"
    r" (?!said\b)(?P<term>[^\W_][\w'&+#-]*(?: [\w'&+#-]+){0,2}?)"
    r"(?: (?:please|pls|(?:for|to) me))?$"
)
_LONGEST_TERM = 40
_REPLIES = {
    "nothing_new": "Everything in the episode that answers this is quoted above.",
    "nothing_quoted": "I haven't quoted anything in this thread yet.",
}
_REPEATED = "The best answer was quoted above:"
_ABOUT_QUOTE = {Reference.SPEAKER: "speaker", Reference.PLACE: "where"}


class Composer:
    """Makes answers of what was found and decided."""

    def __init__(self, finder: Finder, quotes: Quotes, definitions: Definitions) -> None:
        self._finder, self._quotes, self._definitions = finder, quotes, definitions

    def answer(
        self, question: ParsedQuestion, found: Topic, decision: Decision, shown: Collection[Quote]
    ) -> Answer:
        """Return the quotes of an answer; a list that the thread has shown is not told again."""
        make = partial(Answer, question.message, confidence=decision.probability)
        if decision.repeats and found.whole:
            best = found.whole.ranked[0]
            above = next(filter(best.meets, shown), None) or self._quotes.of(best)
            others = map(self._quotes.of, found.ranked[: MOST_QUOTES - 1])
            return make("quote", _REPEATED, (above, *others))
        items = self._items(found)
        if items and not set(items) & set(shown):
            return make("list", "", items[:MOST_QUOTES], items)
        ranked = [one for one in found.ranked if not any(map(one.meets, shown))]
        fewest = ranked[0].score - _FURTHER
        further = [one for one in ranked[MOST_QUOTES:] if one.score >= fewest]
        return make(
            "quote",
            "",
            tuple(map(self._quotes.of, ranked[:MOST_QUOTES])),
            further=tuple(map(self._quotes.of, further[:MOST_FURTHER])),
        )

    def no_answer(self, question: ParsedQuestion, found: Topic, decision: Decision) -> NoAnswer:
        """Return that the episode does not say, with what is near."""
        ranked = () if decision.reason == "nothing_new" else found.ranked[:MOST_QUOTES]
        quotes = map(self._quotes.of, ranked)
        near = [quote for quote in quotes if len(quote.text.split()) >= _FEWEST_WORDS]
        term = question.core.removeprefix("define ").strip("?!. ")
        defines = decision.reason == "unknown_term"
        return NoAnswer(
            question.message,
            "term" if defines else "unknown",
            _reply(question, found, decision.reason, self._who(found)),
            tuple(near[:_MOST_NEAR]),
            self._definitions.nearest(term, question.among)
            if defines
            else self._definitions.neighbours(question),
            decision.probability,
            decision.reason,
        )

    def _who(self, found: Topic) -> str:
        """Return whose silence it is: that of the episode, of one of several, or of them all."""
        entries = self._finder.collection.library.entries
        places = range(len(entries)) if found.among is None else found.among
        if len(places) > 1:
            return f"None of the {len(places):,} episodes"
        return f"“{entries[places[0]].label}”" if places and len(entries) > 1 else "The episode"

    def _items(self, found: Topic) -> tuple[Quote, ...]:
        """Return the items of the list that is asked for; none if the episode has no such list."""
        enumeration = self._finder.enumeration(found)
        return tuple(
            self._quotes.opening(self._finder.collection.passage(number), first, _MOST_ITEM_WORDS)
            for number, first in (enumeration.items if enumeration else ())
        )


def about_quote(
    question: ParsedQuestion, reference: Reference, answer: Answer | None
) -> Answer | NoAnswer:
    """Return who said what the thread quoted last, or where it stands."""
    if answer is None:
        reply = _REPLIES["nothing_quoted"]
        return NoAnswer(question.message, "unknown", reply, reason="nothing_quoted")
    quote = answer.quotes[0]
    who = quote.speaker or ("The reference sheet" if quote.position else "The transcript")
    lead = f"{who} said:" if reference is Reference.SPEAKER else f"{_place(quote)}:"
    return Answer(
        question.message,
        _ABOUT_QUOTE[reference],
        lead,
        (quote,),
        confidence=answer.confidence,
    )


def _place(quote: Quote) -> str:
    """Return where a quote stands: segment and position, if it has them."""
    if quote.position is None:
        return "It is printed in the transcript, and nobody says it"
    said = f"{quote.speaker} says it" if quote.speaker else "It stands"
    return f"{said} in “{quote.heading}”, {quote.position}"


def _reply(question: ParsedQuestion, found: Topic, reason: str, who: str) -> str:
    """Return one sentence, which repeats the term that was asked for if that is safe.

    Whoever asks in another language gets a second one in theirs. `who` is whose silence it is.
    """
    if reason in _REPLIES:
        return _REPLIES[reason]
    none = who.startswith("None ")
    says, defines = (
        f"{who} {verb}s" if none else f"{who} doesn't {verb}" for verb in ("say", "define")
    )
    if foreign := in_own_language(question.message):
        return f"{says}. {foreign}"
    term = _TERM.match(question.core.rstrip("?!. "))
    unheard = any(one.named or not one.heard for one in found.unmet)
    if term and (unheard or question.defines) and len(term["term"]) <= _LONGEST_TERM:
        return f"{defines} “{_as_written(term['term'], question.message)}”."
    return f"{defines} that term." if question.defines else f"{says}."


def _as_written(term: str, message: str) -> str:
    """Return a lower-cased term in the letters of the message."""
    at = message.lower().find(term)
    written = message[at : at + len(term)]
    return written if at >= 0 and written.lower() == term else term
