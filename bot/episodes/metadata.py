"""`episode.yaml`: what a transcript does not say about itself; all of it may be left out."""

from pathlib import Path
from typing import Annotated

import msgspec

from bot.files.yaml_reader import Address, Words, read_yaml

METADATA = "episode.yaml"


class HostEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who speaks, as `episode.yaml` names them."""

    name: Words
    role: str = ""


class Fetched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a transcript was fetched from and when, as `episode.yaml` says it.

    `source`, written `from`, is the address without its query, `at` the time in UTC, `guid` the
    feed's own name of the episode, `sha256` of the transcript as it was fetched.
    """

    source: str = msgspec.field(default="", name="from")
    at: str = ""
    guid: str = ""
    sha256: str = ""


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `episode.yaml`.

    `aliases` maps a term of the sheet to its other names, `speakers` a label such as `SPEAKER_1` to
    the name behind it. `encoding` is the transcript's, where it is not UTF-8. `link` is the address
    of the episode's page, `audio` that of its recording, which may be a video's page.
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
    link: Address | None = None
    audio: Address | None = None
    fetched: Fetched = Fetched()


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in a file.

    Raises:
        UnreadableError: it is missing, no YAML, or not of the form above; names the lines.
    """
    return read_yaml(path, Metadata)
