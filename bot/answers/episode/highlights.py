"""What is worth a post of its own: the takeaways with what explains them, then other quotes."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.model import MOST_QUOTES, Quote
from bot.answers.quoting.openings import points_back
from bot.answers.quoting.quotes import MOST_WORDS, Quotes, holds
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Ranked
from bot.episodes import Episode
from bot.search import tokens
from bot.search.passages import Kind, Passage

_NUMBER = re.compile(r"^\d+\.\s*")
# Chosen by hand: a quote that stands alone says something in 25 words; an opening of three words
# replies to somebody.
_FEWEST_WORDS = 25
_SHORT = 3
_REPLY = re.compile(r"\b(?:yes|no|right|sure)[.?!]$", re.IGNORECASE)
# What explains a takeaway shares a word with it, and the search finds it as near. Chosen by
# hand: in episode 2, all that does so explains its takeaway, and nothing below does.
_FEWEST_SHARED = 1
_LEAST_NEAR = 3.5
_FEWEST_WORDS_EXPLAINING = 15
_DIGITS = 12  # chosen by hand: of a SHA-256; no two quotes of a library share them


@dataclass(frozen=True, slots=True)
class Highlight:
    """A takeaway with the passage that explains it best, or a quote that stands alone.

    `key` stays the same from one edition of a transcript to the next, as far as the words do:
    `episode-02/takeaway/4`, or the episode's slug and a digest of the words. `explained` is None
    where the episode does not surely explain it.
    """

    key: str
    quote: Quote
    explained: Quote | None = None

    @property
    def is_takeaway(self) -> bool:
        """Return whether it is a takeaway, which are posted first."""
        return "/takeaway/" in self.key


def highlights(
    episode: Episode, passages: Sequence[Passage], finder: Finder, quotes: Quotes
) -> tuple[Highlight, ...]:
    """Return the takeaways of an episode in their order, then its quotes."""
    paragraphs = {passage.span: passage for passage in passages}
    takeaways = {
        f"{episode.slug}/takeaway/{takeaway.number}": paragraphs[takeaway.span]
        for takeaway in episode.takeaways
    }
    explained = _explained(takeaways, finder, quotes)
    first = [
        Highlight(key, quotes.opening(passage), explained.get(key))
        for key, passage in takeaways.items()
    ]
    askers = {one.speaker for one in passages if one.kind is Kind.ASKED}
    rest = {
        _key(quote): Highlight(_key(quote), quote)
        for passage in passages
        if _in_body(passage) and passage.speaker not in askers
        if not any(holds(passage, one) for one in explained.values())
        if (quote := _alone(passage, quotes))
    }
    return *first, *rest.values()


def gist(found: Sequence[Highlight], most: int = MOST_QUOTES) -> tuple[Quote, ...]:
    """Return the quotes that stand for an episode, of what is worth a post of its own.

    Its first takeaways, else one quote from the middle of each of its parts of the same length.
    """
    takeaways = [one.quote for one in found if one.is_takeaway]
    if takeaways or len(found) <= most:
        return tuple(takeaways or [one.quote for one in found])[:most]
    return tuple(found[(2 * part + 1) * len(found) // (2 * most)].quote for part in range(most))


def _explained(
    takeaways: Mapping[str, Passage], finder: Finder, quotes: Quotes
) -> dict[str, Quote]:
    """Return what explains each takeaway; a passage explains only the one it surely does."""
    found = [
        (ranked, key, quote)
        for key, takeaway in takeaways.items()
        for ranked, quote in _explanations(takeaway, finder, quotes)
    ]
    explained: dict[str, Quote] = {}
    taken: set[int] = set()
    for ranked, key, quote in sorted(found, key=lambda one: -one[0].score):
        if key not in explained and ranked.number not in taken:
            explained[key] = quote
            taken.add(ranked.number)
    return explained


def _explanations(
    takeaway: Passage, finder: Finder, quotes: Quotes
) -> Iterator[tuple[Ranked, Quote]]:
    """Yield what a question in the takeaway's own words would surely find in its episode."""
    core = _NUMBER.sub("", takeaway.own).lower()
    said = set(tokens(core))
    for one in finder.near(takeaway.episode, core):
        shared = said & set(tokens(one.text))
        sure = one.near >= _LEAST_NEAR and len(shared) >= _FEWEST_SHARED
        if sure and _in_body(one.passage):
            quote = quotes.window(one.passage, one.first, one.last)
            if _explains(one, quote):
                yield one, quote


def _explains(ranked: Ranked, quote: Quote) -> bool:
    """Whether a quote makes sense below a takeaway, if need be with the question before it."""
    opening = ranked.passage.episode.words(ranked.passage.sentences[ranked.first])
    leans = points_back(opening) or (not ranked.first and _replies(ranked.passage, opening))
    makes_sense = quote.context is not None or not leans
    return makes_sense and len(quote.text.split()) >= _FEWEST_WORDS_EXPLAINING


def _alone(passage: Passage, quotes: Quotes) -> Quote | None:
    """As much of a passage as makes sense without what stands before it; None for too little."""
    for first, sentence in enumerate(passage.sentences):
        if first or not _replies(passage, passage.episode.words(sentence)):
            quote = quotes.opening(passage, first)
            if quote.context is None and not points_back(quote.text):
                fits = _FEWEST_WORDS <= len(quote.text.split()) <= MOST_WORDS
                return quote if fits else None
    return None


def _replies(passage: Passage, opening: str) -> bool:
    """Whether a turn opens with a word to the one before it, such as `Enormous.`."""
    short = len(opening.split()) <= _SHORT or _REPLY.search(opening) is not None
    return passage.paragraph == 0 and passage.asked is not None and short


def _in_body(passage: Passage) -> bool:
    """Whether a passage tells something in the conversation, and is no takeaway."""
    takeaways = {takeaway.span for takeaway in passage.episode.takeaways}
    return passage.kind is Kind.SAID and passage.span not in takeaways


def _key(quote: Quote) -> str:
    return f"{quote.episode}/{hashlib.sha256(quote.text.encode()).hexdigest()[:_DIGITS]}"
