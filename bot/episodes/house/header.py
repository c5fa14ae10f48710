"""The head of a transcript: title, duration, hosts."""

import re
import unicodedata
from collections.abc import Iterator

from bot.episodes.emphasis import plain
from bot.episodes.house.lines import Kind, Line
from bot.episodes.metadata import Metadata
from bot.episodes.model import Host, Span

_TITLE = re.compile(r"Episode (?P<number>[0-9]{1,5}): (?P<title>.+)")
_HOST = re.compile(r"(?P<name>[^()&]+?) \((?P<role>[^()]+)\)")


class Header:
    """Collects the lines above the first segment."""

    def __init__(self) -> None:
        self.number = 0
        self.title = ""
        self.titles: dict[Kind, Span] = {}
        self.facts: dict[str, Span] = {}
        self.hosts: tuple[Host, ...] = ()

    def take(self, line: Line) -> str | None:
        """Read a line; return what is wrong with it, if anything."""
        match line.kind:
            case Kind.TITLE | Kind.SUBTITLE:
                return self._take_title(line)
            case Kind.FACT:
                return self._take_fact(line)
        return "stands above the first segment, where title, subtitle, Duration and Hosts belong"

    def missing(self) -> Iterator[str]:
        """Yield what the header should hold and does not."""
        if Kind.TITLE not in self.titles:
            yield "the title `# Episode 1: Title` is missing"
        for fact in ("Duration", "Hosts"):
            if fact not in self.facts:
                yield f"`**{fact}:**` is missing above the first segment"

    def disagreements(self, metadata: Metadata) -> Iterator[tuple[int, str]]:
        """Yield where the header and `episode.yaml` say different things: the offset, and what."""
        for key in ("number", "title") if self.title else ():
            here, there = getattr(self, key), getattr(metadata, key)
            if there not in (None, here):
                what = f"the {key} is {here!r} here and {there!r} in episode.yaml"
                yield self.titles[Kind.TITLE].start, what
        hosts = {f"{host.name} ({host.role})" for host in self.hosts}
        roles = {host.name: host.role for host in self.hosts}  # `episode.yaml` may leave them out
        known = {f"{one.name} ({one.role or roles.get(one.name, '')})" for one in metadata.hosts}
        for host in sorted(hosts ^ known) if hosts and known else ():
            where = "here and not in episode.yaml" if host in hosts else "in episode.yaml, not here"
            yield self.facts["Hosts"].start, f"{host} is a host {where}"

    def _take_title(self, line: Line) -> str | None:
        if line.kind in self.titles:
            return f"a second {line.kind.name.lower()}"
        self.titles[line.kind] = Span(*line.match.span(line.kind.name.lower()))
        if line.kind is Kind.SUBTITLE:
            return None
        found = _TITLE.fullmatch(line.match["title"])
        if found is None:
            return "the title is written `# Episode 1: Title`"
        title = unicodedata.normalize("NFC", plain(found["title"]))
        self.number, self.title = int(found["number"]), title
        return None

    def _take_fact(self, line: Line) -> str | None:
        fact, value = line.match["fact"], line.match["value"]
        if fact in self.facts:
            return f"{fact} stands twice"
        self.facts[fact] = Span(*line.match.span("value"))
        if not value:
            return f"{fact} is empty"
        if fact != "Hosts":
            return None
        hosts = unicodedata.normalize("NFC", value).split("&")
        found = [_HOST.fullmatch(host.strip()) for host in hosts]
        self.hosts = tuple(Host(host["name"], host["role"]) for host in found if host)
        return None if all(found) else "hosts are written `Name (Role) & Name (Role)`"
