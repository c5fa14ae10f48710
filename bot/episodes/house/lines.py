"""The lines of a transcript, each with its kind and its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

BYTE_ORDER_MARK = "\ufeff"


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


# The first that fits a line, its trailing white space left out, decides. Names of groups are what
# the parser reads. No pattern tries a long line twice: reading stays linear in the file.
_PATTERNS = {
    Kind.BLANK: re.compile(r""),
    Kind.RULE: re.compile(r"-{3,}|\*{3,}|_{3,}"),
    Kind.TITLE: re.compile(r"# +(?P<title>\S.*)"),
    Kind.SUBTITLE: re.compile(r'## +(?P<subtitle>"[^"]+")'),
    Kind.SHEET: re.compile(r"## +(?P<sheet>(?:\S.* )?Reference Sheet)"),
    Kind.SEGMENT: re.compile(
        r"### +(?P<heading>(?P<title>\S.*?)(?:(?<=\S) +\((?P<minutes>[0-9]{1,3}) minutes?\))?)"
    ),
    Kind.DIRECTION: re.compile(r"\*\*(?P<direction>\[[^\[\]]+\])\*\*"),
    Kind.FACT: re.compile(r"\*\*(?P<fact>Duration|Hosts):\*\* *(?P<value>.*)"),
    Kind.LABEL: re.compile(r"\*\*(?P<label>[^*:\[\]]+):\*\*(?P<words>.*)"),
    Kind.ROW: re.compile(r"\|.*"),
    Kind.CLOSING: re.compile(r"\*(?P<closing>(?:Next Episode:|End of)[^*]*[^*\s])\*"),
    Kind.FOREIGN: re.compile(
        r"\s*(?:#|>|```|~~~|<|={3}|[-+*](?:\s|\Z)|\d+[.)](?:\s|\Z)|!\[|\[[^\]]+\]:).*", re.DOTALL
    ),
    Kind.TEXT: re.compile(r".+", re.DOTALL),
}
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `match` holds the parts of its kind, with offsets in the whole file."""

    kind: Kind
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where the line begins in the file, in characters."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the line ends in the file, white space at its end not counted."""
        return self.match.end()


def lines(text: str) -> Iterator[Line]:
    """Every line of a text, in order; newlines may be LF, CR LF or CR."""
    first = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    for found in _LINE.finditer(text, first):
        start = found.start()
        end = start + len(found[0].rstrip())
        for kind, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(text, start, end):
                yield Line(kind, match)
                break
