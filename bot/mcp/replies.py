"""What a tool replies: text for a person, and the same as JSON for a program. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bot.answers import Answer, NoAnswer, Quote, as_text
from bot.answers.quoting.transcript_page import Excerpt, Spoken
from bot.episodes import Entry
from bot.jsonl import quote_record, record
from bot.links import Links
from bot.mcp.transcripts import Page, uri_of

NOTE = "This is automated: it quotes the transcripts word for word, and says nothing else of them."


class Reply(NamedTuple):
    """A text, and the JSON object that says the same."""

    text: str
    content: dict[str, Any]


def answered(answer: Answer | NoAnswer, links: Links) -> Reply:
    """Return an answer: the record of `ask --json`, with the addresses of its quotes.

    A list has all of its items as quotes. Of what is declined, `near` is no answer.
    """
    quotes: Sequence[Quote] = ()
    near: Sequence[Quote] = ()
    if isinstance(answer, Answer):
        quotes = answer.items or answer.quotes
    else:
        near = answer.near
    content = record(answer) | {
        "quotes": [_quoted(quote, links) for quote in quotes],
        "near": [_quoted(quote, links) for quote in near],
        "note": NOTE,
    }
    return Reply(_paragraphs(as_text(answer), *_places(quotes, links), NOTE), content)


def around(quote: Quote, found: Excerpt, links: Links) -> Reply:
    """Return the turns of a page around a quote."""
    content = {
        "quote": _quoted(quote, links),
        "turns": [_turn(one) for one in found.spoken],
        "first": found.first,
        "last": found.last,
        "total": found.total,
        "note": NOTE,
    }
    said = (_said(one) for one in found.spoken)
    return Reply(_paragraphs(*said, *_places([quote], links), NOTE), content)


def listed(page: Page, links: Links) -> Reply:
    """Return a page of the episodes."""
    content = {
        "episodes": [_episode(entry, links) for entry in page.entries],
        "page": page.number,
        "pages": page.of,
        "total": page.total,
    }
    count = f"{page.total:,} episode" + ("" if page.total == 1 else "s, the newest first")
    head = f"Page {page.number} of {page.of} ({count}):"
    return Reply("\n".join((head, *map(_line, page.entries))), content)


def _quoted(quote: Quote, links: Links) -> dict[str, Any]:
    return quote_record(quote) | {
        "title": quote.title,
        "show": quote.show or None,
        "digest": quote.digest,
        "time": quote.time or None,
        "link": links.to(quote),
        "listen": quote.listen,
    }


def _episode(entry: Entry, links: Links) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "title": entry.label,
        "show": entry.show or None,
        "date": entry.date,
        "speakers": list(entry.hosts),
        "seconds": entry.seconds,
        "takeaways": entry.takeaways,
        "terms": entry.terms,
        "transcript": uri_of(entry.slug),
        "link": links.episode(entry.slug) or entry.link,
        "audio": entry.audio,
    }


def _line(entry: Entry) -> str:
    return f"- {entry.slug}: " + " · ".join(filter(None, (entry.label, entry.show, entry.date)))


def _turn(one: Spoken) -> dict[str, Any]:
    return {
        "segment": one.segment or None,
        "speaker": one.speaker,
        "term": one.label,
        "paragraphs": _paragraphs_of(one),
        "quoted": any(words.quoted for paragraph in one.paragraphs for words in paragraph),
    }


def _said(one: Spoken) -> str:
    words = _paragraphs(*_paragraphs_of(one))
    return f"{one.speaker or one.label or 'Someone'}: “{words}”"


def _paragraphs_of(one: Spoken) -> list[str]:
    return [" ".join(words.text for words in paragraph) for paragraph in one.paragraphs]


def _places(quotes: Iterable[Quote], links: Links) -> Iterable[str]:
    """Return, a line for each, in which episode and when quotes are said, with their addresses."""
    lines = (
        " · ".join(filter(None, (quote.where, quote.time, links.to(quote), quote.listen)))
        for quote in quotes
    )
    return filter(None, ["\n".join(dict.fromkeys(lines))])


def _paragraphs(*said: str) -> str:
    return "\n\n".join(said)
