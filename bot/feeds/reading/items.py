"""One item of a feed, from its elements: RSS with the iTunes and podcast namespaces, and Atom."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from bot.feeds.model import Item, Transcript
from bot.feeds.reading import values
from bot.feeds.reading.fields import ITEM_TITLES, LONGEST_NAME, Fields, text_of

_MOST_TRANSCRIPTS = 50  # chosen by hand: a real feed has 5 an episode
_NO_RECORDING = ("image/", "text/", "application/pdf", "application/epub")
_WEB = ("https://", "http://")
_CHAPTERS = ("application/json", "application/json+chapters", "")


def item_of(fields: Fields) -> Item | None:
    """Return an item; None where nothing tells it from another."""
    recording, link = _recording(fields), fields.link() or _permalink(fields)
    audio = fields.keys.recording(recording)
    title = fields.title(*ITEM_TITLES)
    guid = fields.first(values.guid, "guid", "atom:id") or _name(recording, audio) or link or title
    if not guid:
        fields.note(None, "an item without guid, recording, link and title is left out")
        return None
    return Item(
        guid=fields.keys.guid(guid),
        title=title,
        number=_number(fields, "itunes:episode", "podcast:episode"),
        season=_number(fields, "itunes:season", "podcast:season"),
        published=_published(fields),
        people=fields.people(),
        link=link,
        audio=audio,
        chapters=_chapters(fields),
        language=fields.first(values.language, "dc:language", "language"),
        transcripts=tuple(islice(_transcripts(fields), _MOST_TRANSCRIPTS)),
        line=fields.line,
    )


def _recording(fields: Fields) -> str | None:
    """Return the recording's whole address: sound before video, video before what is not told."""
    ranked: list[tuple[bool, bool, str]] = []
    enclosures = [(one, one.get("url")) for one in fields.all("enclosure")]
    links = (one for one in fields.all("atom:link") if one.get("rel") == "enclosure")
    for element, written in [*enclosures, *((one, one.get("href")) for one in links)]:
        kind = values.media_type(element.get("type") or "")
        address = fields.address(written)
        if address and not kind.startswith(_NO_RECORDING):
            sound, video = kind.startswith("audio/"), kind.startswith("video/")
            ranked.append((not sound, not (sound or video), address))
    return min(ranked, key=lambda one: one[:2])[2] if ranked else None


def _name(recording: str | None, audio: str | None) -> str | None:
    """Return what an item is known by for its recording, whole: without queries many may be one."""
    return values.digest(recording) if recording and recording != audio else recording


def _permalink(fields: Fields) -> str | None:
    """Return a guid that is the address of the page, as it is unless it says otherwise."""
    for element in fields.all("guid"):
        written = text_of(element).strip()
        told = (element.get("isPermaLink") or "true").strip().lower() == "true"
        if told and written.lower().startswith(_WEB):
            return fields.page(written)
    return None


def _number(fields: Fields, *names: str) -> int | None:
    found = (values.number(text_of(element)) for element in fields.all(*names))
    return next((one for one in found if one is not None), None)


def _published(fields: Fields) -> datetime | None:
    names = ("pubdate", "dc:date", "atom:published", "atom:updated")
    for element in fields.all(*names):
        written = text_of(element)
        if found := values.moment(written):
            return found
        if written.strip():
            fields.note(element, f"`{values.words(written, LONGEST_NAME)}` is no date")
    return None


def _chapters(fields: Fields) -> str | None:
    for element in fields.all("podcast:chapters"):
        if values.media_type(element.get("type") or "") in _CHAPTERS:
            return fields.file(element)
    return None


def _transcripts(fields: Fields) -> Iterator[Transcript]:
    for element in fields.all("podcast:transcript"):
        if address := fields.file(element):
            yield Transcript(
                url=address,
                type=values.media_type(element.get("type") or ""),
                language=values.language(element.get("language") or ""),
                rel=(element.get("rel") or "").strip().lower() or None,
            )
