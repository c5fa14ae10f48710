"""What is laid before a language model: the passages nearest to a question, by sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.answers.retrieval.windows import Window, lengthened
from bot.search.passages import Passage

# Chosen by hand: twelve such passages are some 2,000 tokens.
MOST_CANDIDATES, _MOST_WORDS = 12, 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of sentences `first` to `last` of a passage, counted from 0.

    `asked` is the question that the turn before ends with, or empty.
    """

    passage: Passage
    first: int
    last: int
    asked: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return its words, by sentences; a row of the sheet is one, with its term."""
        if self.passage.names:
            return (self.passage.own,)
        said = self.passage.sentences[self.first : self.last + 1]
        return tuple(map(self.passage.episode.words, said))


def candidates(windows: Iterable[Window]) -> Iterator[Candidate]:
    """Yield the passages of windows, nearest first, each with what stands around its window."""
    seen: set[int] = set()
    for window in windows:
        if window.number not in seen:
            seen.add(window.number)
            whole = _led_up_to(lengthened(window, _MOST_WORDS))
            yield Candidate(window.passage, whole.first, whole.last, window.asked)
        if len(seen) == MOST_CANDIDATES:
            return


def _led_up_to(window: Window) -> Window:
    """Return a window with the sentences before it in its passage, as far as there is room."""
    while window.first:
        longer = replace(window, first=window.first - 1)
        if len(longer.text.split()) > _MOST_WORDS:
            break
        window = longer
    return window
