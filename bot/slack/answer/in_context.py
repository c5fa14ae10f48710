"""*In context*: the turns around a quote, in a modal that pages through the episode."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from slack_bolt import Respond
from slack_sdk import WebClient

from bot.answers import Answerer, Quote, attribution
from bot.answers.quoting.transcript_page import Excerpt, Spoken, Words
from bot.slack.answer.buttons import InContext
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import Block, button, context, literal, plain, rich, row, section
from bot.slack.blocks.message import CREDIT, LABEL, QUOTE, notice
from bot.slack.blocks.modals import modal
from bot.slack.blocks.quote_refs import resolve_all
from bot.slack.requests.payload import button_origin
from bot.slack.requests.services import Services
from bot.slack.sending.replies import respond_privately

EARLIER, LATER, NEXT_QUOTE = "context_earlier", "context_later", "context_next_quote"
_TITLE = "In context"
_MARK = "The quote:"
_CHANGED = "This quote can no longer be found: the transcript has changed since. Ask again."


def handle_context(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
) -> None:
    """Open the modal, or turn to another page in it."""
    view = _view(action.get("value") or "", services.answerer)
    if "view" in body:
        gone = modal(_TITLE, notice(_CHANGED)["blocks"])
        client.views_update(view_id=body["view"]["id"], view=view or gone)
    elif view:
        client.views_open(trigger_id=body["trigger_id"], view=view)
    else:
        thread = button_origin(body).thread_ts
        respond_privately(respond, client, notice(_CHANGED), thread_ts=thread)


def context_view(quotes: Sequence[Quote], state: InContext, excerpt: Excerpt) -> Block:
    """A page of turns around the quote that is shown, with buttons to the others. Pure."""
    quote = quotes[state.shown]
    unit = "Turns" if quote.speaker else "Entries"
    place = f"{unit} {excerpt.first} to {excerpt.last} of {excerpt.total}"
    return modal(
        _TITLE,
        [
            context(plain(f"Around: {attribution(quote)}", CREDIT)),
            *_spoken(excerpt.spoken),
            context(plain(place, CREDIT)),
            *_buttons(state, excerpt, len(quotes)),
        ],
    )


def _view(value: str, answerer: Answerer) -> Block | None:
    """What a button's value stands for; None where it stands for nothing."""
    state = decode_value(value, InContext)
    quotes = resolve_all(state.quotes, answerer.quote) if state else []
    if state is None or state.shown >= len(quotes):
        return None
    excerpt = answerer.excerpt(quotes[state.shown], state.page)
    return context_view(quotes, state, excerpt) if excerpt else None


def _spoken(turns: Sequence[Spoken]) -> Iterator[Block]:
    """Turn after turn, each segment's below its heading."""
    segment = ""
    for turn in turns:
        heading = [section(literal(turn.segment, LABEL, bold=True, italic=True))]
        above = heading if turn.segment != segment else []
        segment = turn.segment
        name = section(literal(turn.speaker or turn.label or "", LABEL, bold=True))
        words = [part for paragraph in turn.paragraphs for part in _paragraph(paragraph)]
        yield rich(*above, name, *words)


def _paragraph(paragraph: Sequence[Words]) -> Iterator[Block]:
    """A paragraph; the quote stands apart, announced in words and in bold."""
    for words in paragraph:
        if words.quoted:
            yield section(literal(_MARK, LABEL, italic=True))
            marked = literal(words.text, QUOTE, bold=True)
            yield {"type": "rich_text_quote", "elements": [marked]}
        else:
            yield section(literal(words.text, QUOTE))


def _buttons(state: InContext, excerpt: Excerpt, count: int) -> list[Block]:
    """Earlier and later, where there is anything, and the next of several quotes."""

    def to(**change: int) -> str | None:
        return encode_value(msgspec.structs.replace(state, **change))

    following = (state.shown + 1) % count
    other = to(shown=following, page=0) if count > 1 else None
    return row(
        button(EARLIER, "Earlier", to(page=state.page - 1), "Earlier turns")
        if excerpt.earlier
        else None,
        button(LATER, "Later", to(page=state.page + 1), "Later turns") if excerpt.later else None,
        button(NEXT_QUOTE, f"Quote {following + 1} of {count}", other, "Another quote in context"),
    )
