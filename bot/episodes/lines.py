"""The lines of a transcript, each with its kind and its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a line is by its looks; the parser decides whether it may stand where it stands."""

    BLANK = auto()
    RULE = auto()
    TITLE = auto()
    SUBTITLE = auto()
    SHEET = auto()
    SEGMENT = auto()
    DIRECTION = auto()
    FACT = auto()
    LABEL = auto()
    ROW = auto()
    CLOSING = auto()
    FOREIGN = auto()
    TEXT = auto()


# The first that fits decides. Names of groups are what the parser reads.
_PATTERNS = {
    Kind.BLANK: re.compile(r"\s*"),
    Kind.RULE: re.compile(r"-{3,}\s*"),
    Kind.TITLE: re.compile(r"\ufeff?# +(?P<title>\S.*?)\s*"),
    Kind.SUBTITLE: re.compile(r'## +(?P<subtitle>"[^"]+")\s*'),
    Kind.SHEET: re.compile(r"## +(?P<sheet>(?:.* )?Reference Sheet)\s*"),
    Kind.SEGMENT: re.compile(
        r"### +(?P<heading>(?P<title>\S.*?)(?: +\((?P<minutes>\d+) minutes?\))?)\s*"
    ),
    Kind.DIRECTION: re.compile(r"\*\*(?P<direction>\[[^\[\]]+\])\*\*\s*"),
    Kind.FACT: re.compile(r"\*\*(?P<fact>Duration|Hosts):\*\* *(?P<value>.*?)\s*"),
    Kind.LABEL: re.compile(r"\*\*(?P<label>[^*:\[\]]+):\*\*(?P<words>.*)"),
    Kind.ROW: re.compile(r"\|.*"),
    Kind.CLOSING: re.compile(r"\*(?P<closing>(?:Next Episode:|End of)[^*]*[^*\s])\*\s*"),
    Kind.FOREIGN: re.compile(
        r"\s*(?:#|>|```|~~~|<|={3}|[-+*]\s|\d+[.)]\s|!\[|\[[^\]]+\]:).*", re.DOTALL
    ),
    Kind.TEXT: re.compile(r".+", re.DOTALL),
}
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `match` holds the parts of its kind, with offsets in the whole file."""

    number: int
    kind: Kind
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where the line begins in the file, in characters."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the line ends in the file, its newline not counted."""
        return self.match.end()


def lines(text: str) -> Iterator[Line]:
    """Every line of a text, in order; newlines may be LF, CR LF or CR."""
    for number, found in enumerate(_LINE.finditer(text), start=1):
        start, end = found.span(1)
        for kind, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(text, start, end):
                yield Line(number, kind, match)
                break
