"""The reference sheet: a table of terms and their definitions."""

import re
from collections.abc import Mapping, Sequence

from bot.episodes.lines import Kind, Line
from bot.episodes.model import Span, Term

# A row's two cells; a bar inside a cell is written `\|`.
_ROW = re.compile(
    r"\|\s*(?P<term>(?:[^|\\\s]|\\.)(?:(?:[^|\\]|\\.)*?(?:[^|\\\s]|\\.))?)\s*"
    r"\|\s*(?P<definition>(?:[^|\\\s]|\\.)(?:(?:[^|\\]|\\.)*?(?:[^|\\\s]|\\.))?)\s*\|\s*"
)
_RULER = re.compile(r"\|\s*:?-{3,}:?\s*\|\s*:?-{3,}:?\s*\|\s*")
_NAMES = re.compile(r"(?P<name>.+?)(?: \((?P<long>[^()]+)\))?")
_LINES_ABOVE_ROWS = 2


class Sheet:
    """Collects the rows; the first two lines are the table's head and its ruler."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._aliases = aliases
        self._lines = 0
        self.heading: Span | None = None
        self.terms: list[Term] = []

    def take(self, line: Line) -> str | None:
        """Reads a line; returns what is wrong with it, if anything."""
        if line.kind is not Kind.ROW:
            return "is neither a row of the reference sheet nor the closing line"
        self._lines += 1
        row = _ROW.fullmatch(line.match.string, line.start, line.end)
        ruler = _RULER.fullmatch(line.match.string, line.start, line.end)
        if (self._lines == _LINES_ABOVE_ROWS) != (ruler is not None):
            return "the sheet begins `| Term | Definition |`, then `|---|---|`, then its rows"
        if row is None:
            return "a row of the reference sheet is written `| term | definition |`"
        return self._take_row(row) if self._lines > _LINES_ABOVE_ROWS else None

    def _take_row(self, row: re.Match[str]) -> str | None:
        printed = _printed(row["term"])
        if any(printed[0] == term.name for term in self.terms):
            return f"{printed[0]} stands twice in the reference sheet"
        names = (*printed, *self._aliases.get(printed[0], ()))
        self.terms.append(Term(names, Span(*row.span("term")), Span(*row.span("definition"))))
        return None


def _printed(cell: str) -> tuple[str, ...]:
    """The names in a term's cell: `RAG (Retrieval Augmented Generation)` holds two."""
    found = _NAMES.fullmatch(cell)
    return tuple(filter(None, found.groups())) if found else (cell,)
