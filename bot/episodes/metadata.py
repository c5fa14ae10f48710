"""`episode.yaml`: what a transcript does not say about itself; all of it may be left out."""

from pathlib import Path
from typing import Annotated

import msgspec

from bot.files.yaml_reader import Words, read_yaml

METADATA = "episode.yaml"


class HostEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who speaks, as `episode.yaml` names them."""

    name: Words
    role: str = ""


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `episode.yaml`.

    `aliases` maps a term of the sheet to its other names, `speakers` a label such as `SPEAKER_1` to
    the name behind it. `encoding` is the transcript's, where it is not UTF-8.
    """

    show: Words | None = None
    number: Annotated[int, msgspec.Meta(ge=0)] | None = None
    title: Words | None = None
    date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    language: Words | None = None
    hosts: tuple[HostEntry, ...] = ()
    speakers: dict[str, Words] = {}
    aliases: dict[str, tuple[Words, ...]] = {}
    encoding: Words | None = None


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in a file.

    Raises:
        UnreadableError: it is missing, no YAML, or not of the form above; names the lines.
    """
    return read_yaml(path, Metadata)
