"""Answers as Block Kit. Pure: from an answer to the body of a message, within Slack's limits."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.answers import REMEMBERED, Answer, NoAnswer, Quote, chosen_line
from bot.slack.answer.buttons import (
    Nearest,
    answer_row,
    commands_in,
    human_button,
    no_answer_rows,
)
from bot.slack.answer.kept import kept_blocks, withdraw_button
from bot.slack.answer.pages import Page, first_page
from bot.slack.answer.thumbs import thumbs
from bot.slack.blocks.credits import short_credit
from bot.slack.blocks.elements import Block, bullets, context, literal, plain, rich, row, section
from bot.slack.blocks.message import CREDIT, LABEL, Message, text_line, to_message
from bot.slack.blocks.quotes import listed, quoted
from bot.slack.blocks.ways import NO_WAY, NO_WAYS, Way, Ways
from bot.slack.help import COMMAND, ELSEWHERE, examples_for, usages_for

_NEAREST = "The episode doesn't say. The nearest passages, which do not answer it:"
_CLOSEST, _MEANT = "Closest: ", "Did you mean "
_TRY, _COMMANDS = "Try:", "All commands:"


def answer_message(
    answer: Answer | NoAnswer,
    answer_id: str = "",
    *,
    human: bool = False,
    episode: str = "",
    ways: Ways = NO_WAYS,
) -> Message:
    """Return what is shown for an answer at first, with its buttons.

    Args:
        answer: one of its quotes is shown if it is sure.
        answer_id: what the thumbs bear; without it, as in a modal, there are none, and no *Share…*.
        human: whether a person can be asked what the episode does not say.
        episode: the slug of the one episode that was asked about, or empty.
        ways: what is shown of where quotes stand.
    """
    if isinstance(answer, Answer):
        return page_message(answer, first_page(answer), answer_id, episode, ways)
    if answer.kind == "help":
        return help_message(answer.reply, answer.suggestions)
    shown = _declined(answer.reply, tuple(commands_in(answer.suggestions)), answer.near)
    if person := kept_blocks(answer):
        shown = to_message([*shown["blocks"], *person])
    rows = no_answer_rows(answer, answer_id, human=human, episode=episode)
    judge = _thumbs(answer_id) if answer.left_open else []
    return _with(shown, [*rows, *row(withdraw_button(answer)), *judge])


def page_message(
    answer: Answer, page: Page, answer_id: str = "", episode: str = "", ways: Ways = NO_WAYS
) -> Message:
    """Return a page of an answer's quotes, or the list that it is, with its buttons."""
    buttons = answer_row(answer, page, answer_id, episode)
    shown = _page(page, answer, ways)
    return _with(shown, [*buttons, *_thumbs(answer_id, page.quotes)])


def nearest_message(
    near: Nearest, quotes: Sequence[Quote], *, human: bool = False, ways: Ways = NO_WAYS
) -> Message:
    """Return the passages near a question, headed as no answer to it."""
    ask = human_button(near.question) if human else None
    heading = rich(section(literal(_NEAREST, LABEL, bold=True)))
    return _with(
        to_message([heading, *quoted(quotes, ways.to(quotes))]),
        [*row(ask), *_thumbs(near.answer_id, quotes)],
    )


def shared_message(answer: Answer, user_id: str, answer_id: str, ways: Ways = NO_WAYS) -> Message:
    """Return an answer for a whole channel, with the name of the person who shared it."""
    shared_by = context({"type": "mrkdwn", "text": f"Shared by <@{user_id}>"})
    page = Page(0, answer.lead, answer.quotes)
    shown = to_message([*_page(page, answer, ways)["blocks"], shared_by])
    return _with(shown, [*answer_row(answer, page, answer_id), *_thumbs(answer_id, page.quotes)])


def help_message(introduction: str, answered: Sequence[str]) -> Message:
    """Return what the bot says it is, what to try first, and the commands with a line each.

    `answered` are questions that the library surely answers: what it has nothing for is left out.
    """
    usages = usages_for(answered).items()
    commands = (
        section(literal(f"{COMMAND} {usage}", LABEL, code=True), literal(f": {what}", LABEL))
        for usage, what in usages
    )
    tried = [section(literal(one, LABEL, code=True)) for one in examples_for(answered)]
    return to_message(
        [
            rich(text_line(introduction)),
            *([rich(text_line(_TRY), bullets(tried))] if tried else []),
            rich(text_line(_COMMANDS), bullets(commands)),
            rich(text_line(ELSEWHERE)),
        ]
    )


def _page(page: Page, answer: Answer, ways: Ways) -> Message:
    """Return a page of an answer, with the ways to its quotes; to a list, the one to its beginning.

    Nobody may change it.
    """
    led = ways.to(answer.items[:1] or page.quotes)
    return _shown(page.lead, page.quotes, answer.items, led, chosen_line(answer))


@lru_cache(REMEMBERED)
def _shown(
    lead: str,
    quotes: tuple[Quote, ...],
    items: tuple[Quote, ...],
    ways: tuple[Way, ...],
    chosen: str,
) -> Message:
    """Return the bot's line, then the list or the quotes, then who chose; nobody may change it.

    It is remembered under the addresses that it holds, so that none comes back after its end.
    Signed ones differ each time: with pages this saves nothing, and takes 0.1 ms.
    """
    heading = [rich(text_line(lead))] if lead else []
    led = listed(items, next(iter(ways), NO_WAY)) if items else quoted(quotes, ways)
    credit = [context(plain(chosen, CREDIT))] if chosen else []
    return to_message([*heading, *led, *credit])


@lru_cache(REMEMBERED)
def _declined(reply: str, commands: tuple[str, ...], near: tuple[Quote, ...]) -> Message:
    """Return that there is no answer and one line of what is near; nobody may change it."""
    return to_message([rich(text_line(reply), *map(_meant, commands)), *_closest(near)])


def _meant(command: str) -> Block:
    return section(literal(_MEANT, LABEL), literal(command, LABEL, code=True), literal("?", LABEL))


def _closest(near: Sequence[Quote]) -> Iterator[Block]:
    """Yield the line that says where the nearest passages stand."""
    places = "; ".join(dict.fromkeys(filter(None, map(_place, near))))
    if places:
        yield context(plain(f"{_CLOSEST}{places}", 2 * CREDIT))


def _place(quote: Quote) -> str:
    """Return the segment of a quote; its whole credit if several episodes are loaded."""
    return short_credit(quote) if quote.one_of_several or not quote.heading else quote.heading


def _thumbs(answer_id: str, quotes: Sequence[Quote] = ()) -> list[Block]:
    return [thumbs(answer_id, quotes)] if answer_id else []


def _with(message: Message, buttons: Sequence[Block]) -> Message:
    """Return a message with buttons below it, of which its text does not tell."""
    return Message(text=message["text"], blocks=[*message["blocks"], *buttons])
