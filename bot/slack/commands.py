"""The slash command."""

from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from bot.answers import Answerer
from bot.slack.blocks import Message, answer_message
from bot.slack.daily_commands import read_daily
from bot.slack.daily_listeners import answer_daily
from bot.slack.daily_settings import DailySettings
from bot.slack.privacy import asks_for_privacy, asks_to_be_forgotten, forget, privacy_message
from bot.slack.questions import question_in, readable
from bot.slack.quiz_form import asks_for_quiz, open_quiz
from bot.slack.records import Records, asker, exchange
from bot.slack.replies import respond_privately
from bot.slack.rules import Rules
from bot.slack.sharing import share_value


def handle_command(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    rules: Rules,
) -> None:
    """Do what `/llm …` says, or answer it as a question, for the person alone."""
    ack()
    words = readable(command.get("text") or "")
    if wish := read_daily(words):
        settings = DailySettings(context, context.client, records, rules)
        message = answer_daily(wish, command, settings, lambda: answerer.highlights)
        if message:
            respond_privately(respond, context.client, message)
    elif asks_for_quiz(words):
        if refusal := open_quiz(command["trigger_id"], context, answerer):
            respond_privately(respond, context.client, refusal)
    elif asks_for_privacy(words):
        respond_privately(respond, context.client, privacy_message(rules.retention_days))
    elif asks_to_be_forgotten(words):
        respond_privately(respond, context.client, forget(records.store, asker(context)))
    else:
        _answer(command, respond, context, answerer, records)


def _answer(
    command: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
) -> None:
    """Answer a question, with a button to share what was quoted, and keep it."""
    asked = exchange(context, "command")
    answer = answerer.ask(question_in(command.get("text")))
    message: Message = answer_message(answer, asked.id, share=share_value(answer))
    respond_privately(respond, context.client, message)
    records.keep(asked, answer)
