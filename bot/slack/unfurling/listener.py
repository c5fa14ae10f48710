"""`link_shared`: a link to a page of ours is pasted, or typed and not sent yet."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.answers import Quote
from bot.slack.blocks.elements import Block
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES
from bot.slack.unfurling.card import quote_card

MOST = 5  # cards below one message; chosen by hand

log = logging.getLogger(__name__)


def handle_link_shared(event: dict[str, Any], client: WebClient, services: Services) -> None:
    """Show the quotes that links lead to; nobody asked for it, so nobody is told if that fails."""
    shown = dict(_cards(event, services))
    if not shown:
        return
    try:
        client.chat_unfurl(unfurls=shown, **_message(event))
    except FAILURES as error:
        log.warning("A link is not shown as its quote: %s", type(error).__name__)


def _cards(event: Mapping[str, Any], services: Services) -> Iterator[tuple[str, Block]]:
    """Yield the card of each link that has one, under the address as Slack gave it."""
    urls = dict.fromkeys(str(one.get("url") or "") for one in event.get("links") or ())
    for url in list(urls)[:MOST]:
        if quote := _quote_at(url, services):
            yield url, quote_card(quote)


def _quote_at(url: str, services: Services) -> Quote | None:
    """Return the quote whose page an address opens.

    Returns None for any other address, and where the transcript has changed since. Slack may give
    an address as it stands in mrkdwn, with `&amp;`.
    """
    found = services.links.read_quote(url.replace("&amp;", "&"))
    if found is None:
        return None
    slug, place = found
    return services.answerer.quote(slug, place.digest, place.start, place.end)


def _message(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return how Slack finds the message that holds the links.

    One that is still typed (`source` is `composer`) has no channel and no time, but an `unfurl_id`.
    https://docs.slack.dev/reference/events/link_shared
    """
    if event.get("unfurl_id") and event.get("source"):
        return {"unfurl_id": event["unfurl_id"], "source": event["source"]}
    return {"channel": event.get("channel"), "ts": event.get("message_ts")}
