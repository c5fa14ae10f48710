"""YAML as plain data: text, lists and mappings, each with the line it stands on.

Every value is text, so that `No` is a name and `2024-02-30` no broken date. Aliases, tags and keys
that stand twice are faults, and so is nesting that no file read here needs: none of them may lose
data silently, exhaust the memory or the stack. The events are read one after another, since a
parser that recurses ends the process where libyaml does it in C.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Keys = tuple[str, ...]

# Chosen by hand: the deepest form read here, a list of mappings with lists, has three levels.
_DEEPEST = 20
# libyaml reads a thesaurus of 1,000 lines in 10 ms, PyYAML alone in 210 ms
# (yaml.parse of both on the build machine). Not every wheel of PyYAML has it.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Document:
    """The content of a file; `lines` tells the line of each key or position by the way to it.

    `doubled` are the keys that stand twice in one mapping, with their lines.
    """

    content: Any = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    doubled: list[tuple[int, str]] = field(default_factory=list)

    def line(self, keys: Keys) -> int:
        """Return the line of the innermost key that is there."""
        ways = (keys[:length] for length in range(len(keys), -1, -1))
        return next((self.lines[way] for way in ways if way in self.lines), 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is yet to come; `key` waits for its value."""

    items: Any
    keys: Keys
    key: str | None = None


def compose(text: str) -> Document:
    """Read YAML.

    Raises:
        yaml.YAMLError: it is no YAML, or not of the plain form above. The words of the error are
            those of PyYAML's own parser, whichever parser is built in.
    """
    try:
        return _composed(yaml.parse(text, _Loader))
    except yaml.YAMLError:
        return _composed(yaml.parse(text, yaml.BaseLoader))


def _composed(events: Iterator[yaml.Event]) -> Document:
    document = Document()
    opened: list[_Open] = []
    for event in events:
        match event:
            case yaml.AliasEvent():
                what = "a `*` before a name refers to an anchor; write the words, or quote them"
                raise _error(event, what)
            case yaml.DocumentStartEvent() if document.lines:
                raise _error(event, "a second document begins here; one file holds one")
            case yaml.ScalarEvent():
                _place(document, opened, event, event.value)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                items: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                opened.append(_Open(items, _place(document, opened, event, items)))
                if len(opened) > _DEEPEST:
                    raise _error(event, "its parts are nested too deeply")
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                opened.pop()
    return document


def _place(document: Document, opened: list[_Open], event: Any, value: Any) -> Keys:
    """Put a value where it belongs, and return the way to it."""
    line = event.start_mark.line + 1
    if event.tag not in (None, "!"):
        raise _error(event, f"a tag such as {event.tag} has no place here; write words alone")
    if not opened:
        document.content, document.lines[()] = value, line
        return ()
    top = opened[-1]
    if isinstance(top.items, list):
        top.items.append(value)
        keys = (*top.keys, str(len(top.items) - 1))
        document.lines[keys] = line
        return keys
    if top.key is None:
        return _name(document, top, event, value)
    keys = (*top.keys, top.key)
    top.items[top.key], top.key = value, None
    return keys


def _name(document: Document, top: _Open, event: Any, key: Any) -> Keys:
    """Note a mapping's key, whose value comes next."""
    if not isinstance(key, str):
        raise _error(event, "a key is one piece of text")
    line = event.start_mark.line + 1
    if key in top.items:
        document.doubled.append((line, key))
    top.key = key
    keys = (*top.keys, key)
    document.lines[keys] = line
    return keys


def _error(event: Any, what: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=event.start_mark)
