"""Emphasis in Markdown: its marks, and the words without them."""

import re
from collections.abc import Iterator

# A run of asterisks or underscores that touches a word on one side; one between spaces, or inside
# a word such as `snake_case`, is a plain character.
_MARK = re.compile(
    r"(?<!\*)\*+(?=[^\s*])|(?<=[^\s*])\*+"
    r"|(?<!\w)_+(?=[^\s_])|(?<=[^\s_])_+(?!\w)"
)
_UNIT = re.compile(r"\*\*?|__?")


def plain(source: str) -> str:
    """Return the words of a piece of Markdown: no emphasis marks, white space folded."""
    return " ".join(_MARK.sub("", source).split())


def marks(source: str) -> Iterator[str]:
    """Yield the marks that open or close emphasis: `*`, `**`, `_` or `__` each."""
    for run in _MARK.findall(source):
        yield from _UNIT.findall(run)
