"""A podcast on a loopback server: a feed, with transcripts beside it, that can change."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.fakes.web_host import Answer, Handler, WebHost

NOW = datetime.now(UTC).replace(microsecond=0)
OLD = NOW - timedelta(days=300)
VTT = "text/vtt"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"\n'
    '  xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>\n'
)


@dataclass(frozen=True, slots=True)
class Episode:
    """An item of the feed; `transcripts` are its paths with their types."""

    number: int
    published: datetime = OLD
    guid: str = ""
    title: str = ""
    transcripts: tuple[tuple[str, str], ...] = ()
    audio: str = ""
    link: str = ""
    chapters: str = ""


@dataclass
class Podcast:
    """What the server serves; `asked` counts the requests by path.

    A path in `answers` is answered by that in place of what the podcast has.
    """

    host: WebHost
    title: str = "Kitchen Talks"
    episodes: list[Episode] = field(default_factory=list)
    answers: dict[str, Answer | Callable[[Handler], None]] = field(default_factory=dict)
    words: dict[str, bytes] = field(default_factory=dict)
    has_validators: bool = True

    @property
    def url(self) -> str:
        return self.host.url("/feed.xml")

    @property
    def asked(self) -> Counter[str]:
        with self.host.lock:
            return Counter(one.target for one in self.host.requests)

    def forget(self) -> None:
        """Count the requests from now on."""
        with self.host.lock:
            self.host.requests.clear()

    def add_all(self, numbers: Iterable[int], seconds: int = 60) -> None:
        """Publish many episodes with transcripts of so many seconds."""
        for number in numbers:
            self.words.setdefault(f"/{number}.vtt", captions(number, seconds))
            self._add(number)
        self.publish()

    def add(self, number: int, **fields: object) -> Episode:
        """Publish an episode with a transcript in WebVTT."""
        one = self._add(number, **fields)
        self.publish()
        return one

    def _add(self, number: int, **fields: object) -> Episode:
        given = {
            "guid": f"guid-{number}",
            "title": f"Talk {number}",
            "transcripts": ((f"/{number}.vtt", VTT),),
            "audio": f"https://media.example.com/{number}.mp3",
            "link": f"https://example.com/{number}",
            "published": OLD + timedelta(hours=number),
        }
        one = Episode(number, **given | fields)  # type: ignore[arg-type]  # the fields' own types
        self.episodes.insert(0, one)
        for path, _ in one.transcripts:
            self.words.setdefault(path, captions(number))
        return one

    def change(self, number: int, **fields: Any) -> None:
        """Publish an episode otherwise."""
        self.episodes = [
            replace(one, **fields) if one.number == number else one for one in self.episodes
        ]
        self.publish()

    def withdraw(self, number: int) -> None:
        """Take an episode back."""
        self.episodes = [one for one in self.episodes if one.number != number]
        self.publish()

    def publish(self) -> None:
        """Serve all of it as it is now."""
        pages: dict[str, Answer | Callable[[Handler], None]] = {
            path: self._page(body, VTT) for path, body in self.words.items()
        }
        pages["/feed.xml"] = self._page(self.feed(), "application/rss+xml")
        self.host.pages = pages | self.answers

    def feed(self) -> bytes:
        """Return the feed."""
        return (_HEAD + "\n".join(self._lines()) + "</channel></rss>\n").encode()

    def _lines(self) -> Iterable[str]:
        yield f"<title>{escape(self.title)}</title><language>en</language>"
        for one in self.episodes:
            yield "<item>"
            yield f'<guid isPermaLink="false">{escape(one.guid)}</guid>'
            yield f"<title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
            yield f"<pubDate>{format_datetime(one.published)}</pubDate>"
            yield f"<itunes:episode>{one.number}</itunes:episode>"
            if one.audio:
                yield f'<enclosure url={quoteattr(one.audio)} type="audio/mpeg" length="1"/>'
            for path, kind in one.transcripts:
                url = self.host.url(path) if path.startswith("/") else path
                yield f"<podcast:transcript url={quoteattr(url)} type={quoteattr(kind)}/>"
            if one.chapters:
                url = quoteattr(self.host.url(one.chapters))
                yield f'<podcast:chapters url={url} type="application/json+chapters"/>'
            yield "</item>"

    def _page(self, body: bytes, kind: str) -> Callable[[Handler], None]:
        """Return what answers with a body, or with 304 to whoever has it."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers: Mapping[str, str] = {"Content-Type": kind}
        if self.has_validators:
            headers = {**headers, "ETag": tag}

        def page(handler: Handler) -> None:
            same = self.has_validators and handler.headers.get("If-None-Match") == tag
            handler.answer(Answer(b"", 304, headers) if same else Answer(body, 200, headers))

        return page


def captions(number: int, seconds: int = 60) -> bytes:
    """Return a transcript of so many seconds, whose words name the episode."""
    cues = (
        f"{clock(at)} --> {clock(at + 5)}\n<v Ada Park>Kettle number {number} sings the sentence "
        f"that is number {at // 5} of its song, and nobody minds.\n"
        for at in range(0, seconds, 5)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def clock(seconds: int) -> str:
    """Return a time as captions have it."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
