"""A draft of `episode.yaml`: what a transcript says of itself, for a person to approve."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.episodes.drafts.anonymous import anonymous
from bot.episodes.drafts.defining import Said, definitions, takeaways
from bot.episodes.formats.names.labels import key
from bot.episodes.knowledge.finding import read_one, source_at
from bot.episodes.metadata import Metadata, read_metadata
from bot.episodes.model import Episode
from bot.files.text import line_of

_HEAD = """\
# A draft: what the transcript and its name say. Everything may be changed or left out.
# Lines with a # are not read; take it away where one is right.
"""


def draft(path: Path, detected: Callable[[str], str | None]) -> str:
    """Return an `episode.yaml` for the one episode that a path holds.

    `detected` returns the tag of a text's language. What an `episode.yaml` says already is kept.

    Raises:
        BotError: there is none, it cannot be read, or there are several.
    """
    source = source_at(path)
    if source.metadata and not source.metadata.stat().st_size:  # a shell has just made it, for `>`
        source = replace(source, metadata=None)
    episode = read_one(source)
    known = read_metadata(source.metadata) if source.metadata else Metadata()
    raw = source.path.read_bytes().decode(known.encoding or "utf-8", "replace")
    parts = (
        _facts(episode, detected),
        _hosts(episode),
        _speakers(known, anonymous(raw)),
        _kept(known),
        _quoted(episode, "Terms that the dialogue may define", definitions(episode)),
        _quoted(episode, "Closing takeaways, perhaps", takeaways(episode)),
    )
    blocks = filter(None, ("".join(f"{line}\n" for line in part) for part in parts))
    return "\n".join((_HEAD, *blocks))


def _facts(episode: Episode, detected: Callable[[str], str | None]) -> Iterator[str]:
    facts = {
        "show": episode.show and _written(episode.show),
        "number": episode.number if episode.number is None else str(episode.number),
        "title": episode.title and _written(episode.title),
        "date": episode.date and _written(episode.date),
        "language": episode.language and _written(episode.language),
    }
    found = "" if episode.language else detected(episode.text)
    for name, value in facts.items():
        if value:
            yield f"{name}: {value}"
        elif name == "language" and found:
            yield f"# language: {found}"
        else:
            yield f"# {name}:"


def _hosts(episode: Episode) -> Iterator[str]:
    """Yield those who speak, in the order of their first words."""
    roles = {host.name: host.role for host in episode.hosts}
    names = dict.fromkeys((*(turn.speaker for turn in episode.turns if turn.speaker), *roles))
    if names:
        yield "hosts:"
    for name in names:
        yield f"  - name: {_written(name)}"
        if role := roles.get(name):
            yield f"    role: {_written(role)}"


def _speakers(known: Metadata, labels: Sequence[str]) -> Iterator[str]:
    """Yield the labels that name nobody: with the names that are known, else to be filled in."""
    told = {key(label) for label in known.speakers}
    empty = [label for label in labels if key(label) not in told]
    if known.speakers or empty:
        yield "# Who speaks behind these labels?"
        yield "speakers:" if known.speakers else "# speakers:"
    yield from (f"  {_written(label)}: {_written(name)}" for label, name in known.speakers.items())
    yield from (f"#   {_written(label)}:" for label in empty)


def _kept(known: Metadata) -> Iterator[str]:
    """Yield what `episode.yaml` says and no transcript can."""
    if known.encoding:
        yield f"encoding: {_written(known.encoding)}"
    if known.aliases:
        yield "aliases:"
    for term, names in known.aliases.items():
        yield f"  {_written(term)}: [{', '.join(map(_written, names))}]"


def _quoted(episode: Episode, head: str, found: Sequence[Said]) -> Iterator[str]:
    if found:
        yield f"# {head}, word for word:"
    for one in found:
        who = f", {_folded(one.speaker)}" if one.speaker else ""
        term = f"{one.term} · " if one.term else ""
        yield f"#   {term}{_place(episode, one)}{who}: {one.words}"


def _place(episode: Episode, one: Said) -> str:
    row = episode.timeline.at(one.span)
    line = row.line if row else line_of(episode.text, one.span.start)
    return f"{'segment' if 'JSON' in episode.format else 'line'} {line}"


def _written(words: str) -> str:
    """Return words in YAML, in quotes, so that no sign in them means anything."""
    return json.dumps(_folded(words), ensure_ascii=False)


def _folded(words: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
