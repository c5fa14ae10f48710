"""`episode.yaml`: what a transcript does not say about itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import msgspec
import yaml

from bot.episodes.files import line_of, read
from bot.errors import Fault, UnreadableError

Words = Annotated[str, msgspec.Meta(pattern=r"^\S(.*\S)?$")]

# How msgspec's messages begin, and the same for somebody who writes an `episode.yaml`.
_WORDING = {
    "Expected `str` matching": "is empty, or has white space around it",
    "Expected `str`": "is not one piece of text",
    "Expected `int`": "is not a whole number, 0 or more",
    "Integer value": "is too large",
    "Expected `array`": "is not a list, which is written `[one, two]`",
    "Expected `object`": "is not a list of `key: value`",
}


class HostEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A host as `episode.yaml` names them."""

    name: Words
    role: Words


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `episode.yaml`; `aliases` maps a term of the sheet to its other names."""

    show: Words
    number: Annotated[int, msgspec.Meta(ge=0)]
    title: Words
    hosts: tuple[HostEntry, ...]
    aliases: dict[str, tuple[Words, ...]] = {}


class _Loader(yaml.BaseLoader):
    """YAML whose values are all text, so that `No` is a name and `2024-13-45` no broken date.

    Anchors are refused: a few lines of them can unfold into more than any memory holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node, if it stands here itself."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # so in its stubs
            what = "a `*` before a name refers to an anchor; write the words, or put them in quotes"
            raise yaml.MarkedYAMLError(problem=what, problem_mark=mark)
        return super().compose_node(parent, index)


def read_metadata(path: Path) -> Metadata:
    """The metadata in a file.

    Raises:
        UnreadableError: it is missing, no YAML, or not of the form above; names the lines.
    """
    text = read(path)
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        entries = loader.construct_document(root) if root else {}
        faults = [(line, f"{key} stands twice") for line, key in _doubled(root)]
    except (yaml.YAMLError, RecursionError) as error:
        line, what = _broken(text, error)
        raise UnreadableError(Fault(str(path), line, f"is no plain YAML: {what}")) from error
    for keys, what in _misfits((), entries, Metadata):
        faults.append((_line(root, keys), f"{'.'.join(keys) or 'the file'} {what}"))
    if faults:
        raise UnreadableError(*(Fault(str(path), line, what) for line, what in sorted(faults)))
    return msgspec.convert(entries, Metadata, strict=False)


def _broken(text: str, error: Exception) -> tuple[int, str]:
    match error:
        case yaml.MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            what = " ".join(filter(None, (error.context, error.problem)))
            return mark.line + 1 if mark else 1, what
        case yaml.reader.ReaderError():
            what = f"a character that has no place here, U+{error.character:04X}"
            return line_of(text, error.position), what
    return 1, "its parts are nested too deeply"


def _misfits(
    keys: tuple[str, ...], value: Any, wanted: Any
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is not of the form wanted: the keys that lead there, and what is wrong.

    msgspec stops at the first fault; asked about one part after another, it tells them all.
    """
    if isinstance(value, dict) and wanted in (Metadata, HostEntry):
        yield from _struct_misfits(keys, value, wanted)
    elif isinstance(value, dict) and get_origin(wanted) is dict:
        for key, item in value.items():
            yield from _misfits((*keys, key), item, get_args(wanted)[1])
    elif isinstance(value, list) and get_origin(wanted) is tuple:
        for position, item in enumerate(value):
            yield from _misfits((*keys, str(position)), item, get_args(wanted)[0])
    elif what := _misfit(value, wanted):
        yield keys, what


def _struct_misfits(
    keys: tuple[str, ...], entries: dict[str, Any], wanted: type[msgspec.Struct]
) -> Iterator[tuple[tuple[str, ...], str]]:
    fields = {field.name: field for field in msgspec.structs.fields(wanted)}
    for key in entries.keys() - fields.keys():
        yield (*keys, key), f"is no key that is read here; those are {', '.join(fields)}"
    for name, field in fields.items():
        if name in entries:
            yield from _misfits((*keys, name), entries[name], field.type)
        elif field.required:
            yield (*keys, name), "is missing"


def _misfit(value: Any, wanted: Any) -> str | None:
    try:
        msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        known = (words for begin, words in _WORDING.items() if str(error).startswith(begin))
        return next(known, str(error))
    return None


def _line(node: yaml.Node | None, keys: tuple[str, ...]) -> int:
    """The line of the innermost key that is there."""
    line = node.start_mark.line + 1 if node else 1
    for key in keys:
        entries = {name: (at, value) for name, at, value in _entries(node)}
        if key not in entries:
            break
        line, node = entries[key]
    return line


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    """Each key or position, its line, and the node that it leads to."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield str(position), value.start_mark.line + 1, value


def _doubled(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Keys that stand twice in one mapping; YAML would silently keep the last."""
    seen = set()
    for name, line, value in _entries(node):
        if name in seen:
            yield line, name
        seen.add(name)
        yield from _doubled(value)
