"""The head of a transcript: title, duration, hosts."""

import re
from collections.abc import Iterator

from bot.episodes.lines import Kind, Line
from bot.episodes.metadata import Metadata
from bot.episodes.model import Host, Span

_TITLE = re.compile(r"Episode (?P<number>\d+): (?P<title>.+)")
_HOST = re.compile(r"(?P<name>[^()&]+?) \((?P<role>[^()]+)\)")


class Header:
    """Collects the lines above the first segment."""

    def __init__(self) -> None:
        self.number = 0
        self.title = ""
        self.titles: list[Span] = []
        self.facts: dict[str, Span] = {}
        self.hosts: tuple[Host, ...] = ()

    def take(self, line: Line) -> str | None:
        """Reads a line; returns what is wrong with it, if anything."""
        match line.kind:
            case Kind.TITLE:
                self.titles.append(Span(*line.match.span("title")))
                return self._take_title(line.match["title"])
            case Kind.FACT:
                return self._take_fact(line)
            case Kind.SUBTITLE:
                self.titles.append(Span(*line.match.span("subtitle")))
                return None
        return "belongs to no part of the header (title, subtitle, Duration, Hosts)"

    def missing(self) -> Iterator[str]:
        """What the header should hold and does not."""
        if not self.title:
            yield "the title `# Episode N: Title` is missing"
        for fact in ("Duration", "Hosts"):
            if fact not in self.facts:
                yield f"`**{fact}:**` is missing in the header"

    def disagreements(self, metadata: Metadata) -> Iterator[str]:
        """Where the header and `episode.yaml` say different things."""
        for key in ("number", "title"):
            here, there = getattr(self, key), getattr(metadata, key)
            if here != there:
                yield f"the {key} is {here!r} here and {there!r} in episode.yaml"
        known = {(host.name, host.role) for host in metadata.hosts}
        for host in self.hosts:
            if (host.name, host.role) not in known:
                yield f"{host.name} ({host.role}) is not among the hosts in episode.yaml"

    def _take_title(self, title: str) -> str | None:
        found = _TITLE.fullmatch(title)
        if found is None:
            return "the title is written `# Episode N: Title`"
        if self.title:
            return "a second title"
        self.number, self.title = int(found["number"]), found["title"]
        return None

    def _take_fact(self, line: Line) -> str | None:
        fact, value = line.match["fact"], line.match["value"]
        if fact in self.facts or not value:
            return f"{fact} is empty or stands twice"
        self.facts[fact] = Span(*line.match.span("value"))
        if fact != "Hosts":
            return None
        found = [_HOST.fullmatch(host.strip()) for host in value.split("&")]
        self.hosts = tuple(Host(host["name"], host["role"]) for host in found if host)
        return None if all(found) else "hosts are written `Name (Role) & Name (Role)`"
