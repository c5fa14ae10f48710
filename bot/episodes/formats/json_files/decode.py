"""JSON to values: what is damaged is told by line, what is too deep or too large is refused."""

import re
from typing import Any

from bot.episodes.formats.refusal import refuse
from bot.files.text import line_of

# No transcript nests deeper than ten.
_DEEPEST = 100
# A word with its times and its speaker has seven values.
_MOST_VALUES = 2_000_000
# Each word twice, as a word and in what somebody says, at most.
_MOST_OBJECTS = 400_000
_PLACE = re.compile(r"\(byte (\d+)\)")
# Python writes these where a number is missing, and JSON does not have them.
_NO_NUMBER = re.compile(r"(?<=[:\[,])(\s*)-?(?:NaN|Infinity)(?=\s*[,}\]])")


def decoded(text: str, path: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        UnreadableError: it is no JSON from some line on, nests too deep or holds too much.
    """
    if text.count(",") > _MOST_VALUES:
        refuse(path, 0, f"is JSON with more than {_MOST_VALUES:,} values")
    if text.count("{") + text.count("[") > _MOST_OBJECTS:
        refuse(path, 0, f"is JSON with more than {_MOST_OBJECTS:,} objects")
    value = _decoded(text, path)
    if _is_deep(value):
        _refuse_deep(path)
    return value


def _decoded(text: str, path: str) -> Any:
    import msgspec  # noqa: PLC0415 - only JSON needs it

    try:
        return msgspec.json.decode(text)
    except RecursionError:
        _refuse_deep(path)
    except msgspec.DecodeError as error:
        repaired = _NO_NUMBER.sub(r"\1null", text)
        if repaired != text:
            return _decoded(repaired, path)
        place = _PLACE.search(str(error))
        offset = len(text.encode()[: int(place[1])].decode(errors="ignore")) if place else len(text)
        truncated = "truncated" in str(error)
        line = line_of(text.rstrip() if truncated else text, offset)
        what = "it ends too early" if truncated else _PLACE.sub("", str(error)).strip(" .")
        refuse(path, line, f"is no valid JSON: {what.removeprefix('JSON is malformed: ')}")


def _is_deep(value: Any) -> bool:
    """Whether lists and objects stand in one another more than `_DEEPEST` times."""
    level = [value]
    for _ in range(_DEEPEST + 1):
        nested = [node.values() if isinstance(node, dict) else node for node in level]
        level = [child for nodes in nested for child in nodes if isinstance(child, dict | list)]
        if not level:
            return False
    return True


def _refuse_deep(path: str) -> None:
    refuse(path, 0, f"is JSON nested deeper than {_DEEPEST}")
