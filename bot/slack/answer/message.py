"""Answers as Block Kit. Pure: from an answer to the body of a message, within Slack's limits."""

from collections.abc import Sequence
from functools import lru_cache

from bot.answers import REMEMBERED, Answer, NoAnswer, Quote, as_text
from bot.slack.answer.buttons import card_row, human_row
from bot.slack.answer.thumbs import thumbs
from bot.slack.blocks.elements import (
    Block,
    bullets,
    context,
    escape_within,
    literal,
    rich,
    section,
)
from bot.slack.blocks.message import LABEL, MESSAGE_TEXT, SUGGESTIONS, Message, text_line
from bot.slack.blocks.quotes import listed, quoted
from bot.slack.help import COMMAND, ELSEWHERE, SUBCOMMANDS


def answer_message(
    answer: Answer | NoAnswer,
    answer_id: str | None = None,
    share: str | None = None,
    *,
    page: int = 0,
    human: bool = False,
) -> Message:
    """An answer with its buttons; without an `answer_id`, as in a modal, it has but the one below.

    Args:
        answer: with the quotes of `page` (see `page_of`).
        answer_id: what the thumbs bear. What answers no question, such as a greeting, has none.
        share: what the button that shares to this channel carries, if there is to be one.
        page: which quotes these are, 0 for the best.
        human: whether a person can be asked what the episode does not say.
    """
    if isinstance(answer, Answer):
        row = card_row(answer, answer_id, share, page)
    elif answer.kind == "help":
        return help_message(answer.reply)
    else:
        row = human_row(answer.question) if human and answer.is_question else []
    text, said = _said(answer)
    judge = [thumbs(answer_id, _quotes_of(answer))] if answer_id and answer.is_question else []
    return Message(text=text, blocks=[*said, *row, *judge])


def shared_message(answer: Answer, user_id: str, answer_id: str) -> Message:
    """An answer for the whole channel, with the name of the person who shared it."""
    credit = f"Shared by <@{user_id}>"
    text = escape_within(as_text(answer), MESSAGE_TEXT - len(credit) - 1)
    shared_by = context({"type": "mrkdwn", "text": credit})
    judge = thumbs(answer_id, answer.quotes)
    buttons = card_row(answer, answer_id)
    return Message(text=f"{text}\n{credit}", blocks=[*_answer(answer), shared_by, *buttons, judge])


def help_message(introduction: str) -> Message:
    """What the bot says it is, and every command with one line."""
    usages = {f"{COMMAND} {usage}": meaning for usage, meaning in SUBCOMMANDS.items()}
    listed = [
        section(literal(usage, LABEL, code=True), literal(f": {meaning}", LABEL))
        for usage, meaning in usages.items()
    ]
    lines = [introduction, *(f"• {usage}: {what}" for usage, what in usages.items()), ELSEWHERE]
    return Message(
        text=escape_within("\n".join(lines), MESSAGE_TEXT),
        blocks=[rich(text_line(introduction), bullets(listed), text_line(ELSEWHERE))],
    )


@lru_cache(REMEMBERED)
def _said(answer: Answer | NoAnswer) -> tuple[str, Sequence[Block]]:
    """What is the same however often it is asked for: text and blocks, which nobody may change."""
    blocks = _answer(answer) if isinstance(answer, Answer) else _no_answer(answer)
    return escape_within(as_text(answer), MESSAGE_TEXT), blocks


def _quotes_of(answer: Answer | NoAnswer) -> Sequence[Quote]:
    return answer.quotes if isinstance(answer, Answer) else ()


def _answer(answer: Answer) -> list[Block]:
    """The bot's line, then the list or the quotes, each with where it stands."""
    lead = [rich(text_line(answer.lead))] if answer.lead else []
    if answer.items:
        return [*lead, *listed(answer.items)]
    return [*lead, *quoted(answer.quotes)]


def _no_answer(answer: NoAnswer) -> list[Block]:
    """The bot's words, what it can answer instead, and what stands near, headed as just that."""
    parts = [text_line(answer.reply)]
    if answer.suggestions:
        suggested = [section(literal(words, LABEL)) for words in answer.suggestions[:SUGGESTIONS]]
        parts += [text_line("You could ask:"), bullets(suggested)]
    if not answer.near:
        return [rich(*parts)]
    heading = literal("The nearest passages, which do not answer it:", LABEL, bold=True)
    return [rich(*parts), rich(section(heading)), *quoted(answer.near)]
