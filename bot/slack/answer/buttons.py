"""The row of buttons below an answer, and what each of them carries. Pure.

What a button carries is read again with `carried`: coordinates with the transcript's digest, and
for *More* the question, which is asked again and never shown.
"""

from dataclasses import replace
from typing import Annotated

import msgspec

from bot.answers import Answer
from bot.answers.model import MOST_QUOTES
from bot.slack.answer.share_value import share_value
from bot.slack.blocks.button_value import encode_value
from bot.slack.blocks.elements import Block, button, row, shorten
from bot.slack.blocks.quote_refs import QuoteRefs, to_refs

MORE, CONTEXT = "more_quotes", "in_context"
SHARE, SHARE_ELSEWHERE = "share_answer", "share_elsewhere"
ASK_HUMAN = "ask_human"
FOR_HUMAN = 1_000  # characters of a question that is handed to a person
_LABEL = 75  # characters: of a button, and of what a screen reader says of it
_FURTHER = "The next best quotes:"
_Page = Annotated[int, msgspec.Meta(ge=0, le=10)]


class More(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """A page of the quotes for a question: 0 is the answer itself."""

    answer_id: Annotated[str, msgspec.Meta(max_length=_LABEL)]
    page: _Page
    question: str
    history: tuple[str, ...] = ()


class InContext(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """The turns around one of some quotes, `page` pages later, or earlier if it is negative."""

    quotes: Annotated[QuoteRefs, msgspec.Meta(min_length=1)]
    shown: Annotated[int, msgspec.Meta(ge=0, lt=MOST_QUOTES)] = 0
    page: Annotated[int, msgspec.Meta(ge=-10_000, le=10_000)] = 0


def page_of(answer: Answer, page: int) -> Answer | None:
    """An answer with a page of its further quotes in place of its own; None where there is none."""
    if page == 0:
        return answer
    quotes = answer.further[(page - 1) * MOST_QUOTES : page * MOST_QUOTES]
    return replace(answer, kind="quote", lead=_FURTHER, quotes=quotes) if quotes else None


def card_row(
    answer: Answer, answer_id: str | None, share: str | None = None, page: int = 0
) -> list[Block]:
    """The buttons below an answer that bears an id, as far as there is something behind them.

    `share` is what the button for the channel carries; without it there is none.
    """
    buttons = [button(SHARE, "Share to channel", share, "Share this answer to this channel")]
    if answer_id:
        more, label = _more(answer, answer_id, page)
        buttons = [
            button(MORE, label, more, f"{label}: other quotes for the same question"),
            button(CONTEXT, "In context", _context(answer), "In context: the turns around it"),
            *buttons,
            button(
                SHARE_ELSEWHERE,
                "Share elsewhere…",
                share_value(answer),
                "Share this answer to a channel of your choice",
            ),
        ]
    return row(*buttons)


def human_row(question: str) -> list[Block]:
    """The button below a question that the episode does not answer."""
    asked = shorten(question, FOR_HUMAN)
    return row(button(ASK_HUMAN, "Ask a human", asked, "Ask a human: hand this question over"))


def _more(answer: Answer, answer_id: str, page: int) -> tuple[str | None, str]:
    """What *More* carries, and what it is called: after the last page, the first comes again."""
    left = answer.further[page * MOST_QUOTES :]
    if not left and not page:
        return None, ""
    after = More(answer_id, page + 1 if left else 0, answer.question, answer.history)
    return encode_value(after), "More" if left else "Back to the best"


def _context(answer: Answer) -> str | None:
    """The coordinates of the quotes that something stands around; a list has none."""
    quotes = [] if answer.items else [one for one in answer.quotes if one.position]
    return encode_value(InContext(to_refs(quotes))) if quotes else None
