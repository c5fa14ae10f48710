"""`episode.yaml`: what a transcript does not say about itself."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.episodes.files import read
from bot.errors import Fault, UnreadableError


class HostEntry(BaseModel):
    """A host as `episode.yaml` names them."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field(min_length=1)
    role: str = Field(min_length=1)


class Metadata(BaseModel):
    """The whole of `episode.yaml`; `aliases` maps a term of the sheet to its other names."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    show: str = Field(min_length=1)
    number: int = Field(ge=0)
    title: str = Field(min_length=1)
    hosts: tuple[HostEntry, ...] = Field(min_length=1)
    aliases: Mapping[str, tuple[str, ...]] = {}


def read_metadata(path: Path) -> Metadata:
    """The metadata in a file.

    Raises:
        UnreadableError: it is missing, no YAML, or not of the form above; names the lines.
    """
    text = read(path)
    try:
        root = yaml.compose(text, yaml.SafeLoader)
        doubled = [Fault(str(path), line, f"{key}: stands twice") for line, key in _doubled(root)]
        if doubled:
            raise UnreadableError(*doubled)
        return Metadata.model_validate(yaml.safe_load(text) or {})
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        raise UnreadableError(Fault(str(path), mark.line + 1 if mark else 0, what)) from error
    except yaml.YAMLError as error:
        raise UnreadableError(Fault(str(path), 0, f"is no YAML: {error}")) from error
    except ValidationError as error:
        raise UnreadableError(*_faults(path, root, error)) from error


def _faults(path: Path, root: yaml.Node | None, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        where = ".".join(map(str, problem["loc"])) or "the file"
        yield Fault(str(path), _line(root, problem["loc"]), f"{where}: {problem['msg']}")


def _line(node: yaml.Node | None, keys: tuple[int | str, ...]) -> int:
    """The line of the innermost key that is there."""
    line = node.start_mark.line + 1 if node else 0
    for key in keys:
        for name, value in _entries(node):
            if name == str(key):
                line, node = value.start_mark.line + 1, value
                break
        else:
            break
    return line


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(position), value) for position, value in enumerate(node.value))


def _doubled(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Keys that stand twice in one mapping; YAML would silently keep the last."""
    seen = set()
    for name, value in _entries(node):
        if name in seen:
            yield value.start_mark.line + 1, name
        seen.add(name)
        yield from _doubled(value)
