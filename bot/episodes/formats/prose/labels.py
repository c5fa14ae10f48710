"""Which of the labels in a prose file open a turn, and whose it is."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.episodes.formats.model import Known
from bot.episodes.formats.names import labels
from bot.episodes.formats.names.people import Fate, People, Verdict
from bot.episodes.formats.prose.lines import Line
from bot.episodes.formats.prose.openings import Opening

_WORDS = Verdict(Fate.WORDS)
# What several turns of `Speaker 1` or `Host` need to be more than one line of somebody's notes.
_LEAST_NAMELESS = 2


class Labels:
    """The labels of one file, judged by the way in which most of them are written.

    Where turns begin with `**Name:**`, a plain `Bitcoin Core: words` is somebody's words, unless
    it is one of those names.

    Raises:
        UnreadableError: there are too many speakers.
    """

    def __init__(self, text: str, lines: Sequence[Line], known: Known, path: str) -> None:
        self._text = text
        self._openings = [line.opening for line in lines if line.opening and line.opening.label]
        counts = Counter(
            (self._written(opening), opening.marked) for opening in self._openings if opening.colon
        )
        self._names = {written: labels.parsed(written).name for written, _ in counts}
        like = Counter[bool]()
        for (written, marked), count in counts.items():
            like[marked] += count * labels.like_a_name(self._names[written])
        self._marked = like[True] >= like[False]
        usual = {
            label: count for (label, marked), count in counts.items() if marked == self._marked
        }
        self._people = People(Counter(usual), known, path, pieces=self._pieces(lines))
        self._nameless = sum(
            count for (label, _), count in counts.items() if labels.nobody(self._names[label])
        )

    def verdict(self, opening: Opening) -> Verdict:
        """Return what the label of an opening is; without one it is words."""
        if opening.label is None:
            return _WORDS
        verdict = self._people.verdict(self._written(opening))
        if not opening.colon and verdict.fate is not Fate.PERSON:
            return _WORDS
        if verdict.fate is Fate.DOUBTFUL and self._marked and not opening.marked:
            return _WORDS
        return verdict

    def interlude(self, opening: Opening) -> bool:
        """Whether a label announces what is not said in the episode: a break, a sponsor."""
        return opening.colon and labels.interlude(self._names.get(self._written(opening), ""))

    def first(self, lines: Sequence[Line]) -> int | None:
        """Return which line the first turn begins on, None where no label opens one.

        What stands above are notes.
        """
        openings = ((at, line.opening) for at, line in enumerate(lines) if line.opening)
        return next((at for at, opening in openings if self._begins(opening)), None)

    def _begins(self, opening: Opening) -> bool:
        fate = self.verdict(opening).fate
        if fate is Fate.NOBODY:
            return self._nameless >= _LEAST_NAMELESS and not self.interlude(opening)
        return fate is Fate.PERSON

    def _written(self, opening: Opening) -> str:
        label = opening.label
        return self._text[label.start : label.end] if label else ""

    def _pieces(self, lines: Sequence[Line]) -> Iterator[str]:
        return (self._text[line.start : line.end] for line in lines)
