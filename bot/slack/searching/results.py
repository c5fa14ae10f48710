"""An answer's quotes as the results of a search. Pure.

https://docs.slack.dev/enterprise-search/developing-apps-with-search-features#search-results-object
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from bot.answers import Answer, NoAnswer, Quote
from bot.episodes import Entry, Library
from bot.links import Links
from bot.slack.blocks.credits import short_credit

MOST = 50  # results of a search, as Slack takes them


def search_results(
    answer: Answer | NoAnswer, links: Links, library: Library
) -> list[dict[str, Any]]:
    """Return an answer's quotes, the best first, as far as they have words, a link and a date.

    Slack takes no result without these; a declined question has no results.
    """
    if isinstance(answer, NoAnswer):
        return []
    return list(islice(_results(answer, links, library), MOST))


def _results(answer: Answer, links: Links, library: Library) -> Iterator[dict[str, Any]]:
    best = answer.items or (*answer.shown, *answer.quotes, *answer.further)
    for external_id, quote in {_id(quote): quote for quote in best}.items():
        at = library.place(quote.episode)
        entry = None if at is None else library.entries[at]
        link, day = _link(quote, links, entry), _day(entry)
        if quote.text and link and day:
            yield {
                "external_ref": {"id": external_id},
                "title": _title(quote),
                "description": quote.text,
                "link": link,
                "date_updated": day,
                **_content(quote),
            }


def _id(quote: Quote) -> str:
    """Name a quote among all of all episodes, the same at every search."""
    return f"{quote.episode}@{quote.digest}:{quote.start}-{quote.end}"


def _title(quote: Quote) -> str:
    """Say who says it, in which part of which episode, and when; what is defined comes first."""
    credit = short_credit(replace(quote, one_of_several=True))
    return " · ".join(filter(None, (quote.caption, credit)))


def _link(quote: Quote, links: Links, entry: Entry | None) -> str | None:
    """Return where a quote can be read, else heard, else the episode's own page."""
    return links.to(quote) or quote.listen or (entry.link if entry else None)


def _day(entry: Entry | None) -> str | None:
    """Return when an episode came out, as `YYYY-MM-DD`; None where no such day is known."""
    try:
        return date.fromisoformat((entry and entry.date) or "").isoformat()
    except ValueError:
        return None


def _content(quote: Quote) -> dict[str, str]:
    """Return the question before a quote that makes no sense without it, and the quote."""
    asked = quote.context
    if asked is None:
        return {}
    return {"content": f"{asked.name}: “{asked.text}”\n{quote.name}: “{quote.text}”"}
