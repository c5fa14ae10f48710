"""The reference sheet: a table of terms and their definitions."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.episodes.emphasis import plain
from bot.episodes.house.lines import Kind, Line
from bot.episodes.model import Span, Term

# A row's two cells; a bar inside a cell is written `\|`.
_ROW = re.compile(
    r"\|\s*(?P<term>(?:[^|\\\s]|\\.)(?:(?:[^|\\]|\\.)*?(?:[^|\\\s]|\\.))?)\s*"
    r"\|\s*(?P<definition>(?:[^|\\\s]|\\.)(?:(?:[^|\\]|\\.)*?(?:[^|\\\s]|\\.))?)\s*\|"
)
_HEAD = re.compile(r"\|\s*Term\s*\|\s*Definition\s*\|", re.IGNORECASE)
_RULER = re.compile(r"\|\s*:?-{3,}:?\s*\|\s*:?-{3,}:?\s*\|")
_ABOVE_ROWS = (_HEAD, _RULER)
_NAMES = re.compile(r"(?P<name>.+?)(?: \((?P<long>[^()]+)\))?")


class Sheet:
    """Collects the rows; the first two lines are the table's head and its ruler."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._aliases = aliases
        self._lines = 0
        self._faulty = False
        self._seen: set[str] = set()
        self.heading: Span | None = None
        self.terms: list[Term] = []

    def take(self, line: Line) -> str | None:
        """Read a line; return what is wrong with it, if anything."""
        what = self._wrong(line)
        self._faulty |= what is not None
        return what

    def unknown(self) -> str | None:
        """Return what is wrong if the sheet, read without a fault, lacks terms with aliases."""
        unknown = self._aliases.keys() - {term.name for term in self.terms}
        if not unknown or self._faulty:
            return None
        names = ", ".join(sorted(unknown))
        return f"episode.yaml has aliases of {names}: no term of the reference sheet"

    def _wrong(self, line: Line) -> str | None:
        if line.kind is not Kind.ROW:
            return "is neither a row of the reference sheet nor the closing line"
        whole = line.match.string, line.start, line.end
        self._lines += 1
        if self._lines <= len(_ABOVE_ROWS):
            fits = _ABOVE_ROWS[self._lines - 1].fullmatch(*whole)
            begins = "the sheet begins `| Term | Definition |`, then `|---|---|`, then its rows"
            return None if fits else begins
        row = _ROW.fullmatch(*whole)
        if row is None or _RULER.fullmatch(*whole):
            return "a row of the reference sheet is written `| term | definition |`"
        return self._take_row(row)

    def _take_row(self, row: re.Match[str]) -> str | None:
        printed = _printed(unicodedata.normalize("NFC", plain(row["term"])))
        if printed[0].casefold() in self._seen:
            return f"{printed[0]} stands twice in the reference sheet"
        self._seen.add(printed[0].casefold())
        names = (*printed, *self._aliases.get(printed[0], ()))
        self.terms.append(Term(names, Span(*row.span("term")), Span(*row.span("definition"))))
        return None


def _printed(cell: str) -> tuple[str, ...]:
    """Return the names in a term's cell: `RAG (Retrieval Augmented Generation)` holds two."""
    found = _NAMES.fullmatch(cell)
    return tuple(filter(None, found.groups())) if found else (cell,)
