"""*In context*: the turns around a quote, in a modal that pages through the episode."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from slack_bolt import Respond
from slack_sdk import WebClient

from bot.answers import Answerer, Quote
from bot.answers.quoting.transcript_page import Excerpt, Spoken, Words
from bot.slack.answer.buttons import CONTEXT, InContext
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.credits import named_shortly
from bot.slack.blocks.elements import (
    Block,
    button,
    context,
    literal,
    plain,
    quotation,
    rich,
    row,
    section,
)
from bot.slack.blocks.message import CREDIT, LABEL, QUOTE, TRANSCRIPT_CHANGED, notice
from bot.slack.blocks.modals import modal
from bot.slack.blocks.quote_refs import resolve_all
from bot.slack.blocks.ways import NO_WAY, Way, Ways, is_heard, signposts
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.storage import Asker

EARLIER, LATER, NEXT_QUOTE = "context_earlier", "context_later", "context_next_quote"
_TITLE = "In context"
_MARK = "The quote:"


def handle_context(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> None:
    """Open the modal, or turn to another page in it."""
    press = Press(body, respond, client)
    opens = action["action_id"] == CONTEXT
    if opens and press.is_limited(services, asker):
        return
    view = _view(action.get("value") or "", services.answerer, services.ways)
    if not opens:
        gone = modal(_TITLE, notice(TRANSCRIPT_CHANGED)["blocks"])
        client.views_update(view_id=body["view"]["id"], view=view or gone)
    elif view:
        press.open(view)
    else:
        press.tell_notice(TRANSCRIPT_CHANGED)


def context_view(
    quotes: Sequence[Quote], state: InContext, excerpt: Excerpt, way: Way = NO_WAY
) -> Block:
    """Return a page of turns around the quote that is shown, with buttons to the others. Pure."""
    quote = quotes[state.shown]
    unit = "Turns" if quote.speaker else "Entries"
    place = f"{unit} {excerpt.first} to {excerpt.last} of {excerpt.total}"
    return modal(
        _TITLE,
        [
            context(plain(f"Around: {_place(quote)}", CREDIT), *signposts([quote], way)),
            *_spoken(excerpt.spoken),
            context(plain(place, CREDIT)),
            *_buttons(state, excerpt, len(quotes)),
        ],
    )


def _place(quote: Quote) -> str:
    """Return who says a quote, where in which episode, and when."""
    short = named_shortly(quote)
    episode = short.where if quote.one_of_several else short.title
    time = "" if is_heard([quote]) else quote.time
    facts = (short.speaker, quote.role, short.heading, episode, quote.position, time)
    return " · ".join(fact for fact in facts if fact)


def _view(value: str, answerer: Answerer, ways: Ways) -> Block | None:
    """Decode a button's value. Returns None if it is invalid."""
    state = decode_value(value, InContext)
    quotes = resolve_all(state.quotes, answerer.quote) if state else []
    if state is None or state.shown >= len(quotes):
        return None
    quote = quotes[state.shown]
    excerpt = answerer.excerpt(quote, state.page)
    return context_view(quotes, state, excerpt, *ways.to([quote])) if excerpt else None


def _spoken(turns: Sequence[Spoken]) -> Iterator[Block]:
    """Yield turn after turn, each segment's below its heading."""
    segment = ""
    for turn in turns:
        heading = [section(literal(turn.segment, LABEL, bold=True, italic=True))]
        above = heading if turn.segment != segment else []
        segment = turn.segment
        name = section(literal(turn.speaker or turn.label or "", LABEL, bold=True))
        words = [part for paragraph in turn.paragraphs for part in _paragraph(paragraph)]
        yield rich(*above, name, *words)


def _paragraph(paragraph: Sequence[Words]) -> Iterator[Block]:
    """Yield a paragraph; the quote stands apart, announced in words and in bold."""
    for words in paragraph:
        if words.quoted:
            yield section(literal(_MARK, LABEL, italic=True))
            yield quotation(literal(words.text, QUOTE, bold=True))
        else:
            yield section(literal(words.text, QUOTE))


def _buttons(state: InContext, excerpt: Excerpt, count: int) -> list[Block]:
    """Return the buttons to earlier and later turns, if any, and to the next of several quotes."""

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
