"""`episode.yaml`: what a transcript does not say about itself."""

from pathlib import Path
from typing import Annotated

import msgspec

from bot.files.yaml_reader import Words, read_yaml


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


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in a file.

    Raises:
        UnreadableError: it is missing, no YAML, or not of the form above; names the lines.
    """
    return read_yaml(path, Metadata)
