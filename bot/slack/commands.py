"""The slash command."""

from typing import Any

from slack_bolt import BoltContext

from bot.answers import Answerer
from bot.slack.answer.message import answer_message
from bot.slack.answer.share_value import share_value
from bot.slack.asking.message_text import question_in, readable
from bot.slack.asking.nearest_command import with_length, with_nearest
from bot.slack.daily.command import read_daily
from bot.slack.daily.listeners import answer_daily
from bot.slack.daily.settings import DailySettings
from bot.slack.policy import Rules
from bot.slack.privacy.forget import asks_for_privacy, asks_to_be_forgotten, forget, privacy_message
from bot.slack.quiz.form import asks_for_quiz, open_quiz
from bot.slack.requests.question_log import Records, asker, exchange
from bot.slack.requests.rate_limit import Pacing
from bot.slack.sending.replies import answer_command


def handle_command(
    command: dict[str, Any],
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    rules: Rules,
    pacing: Pacing,
) -> None:
    """Do what `/llm …` says, or answer it as a question, for the person alone."""
    words = readable(command.get("text") or "")
    if wish := read_daily(words):
        settings = DailySettings(context, context.client, records, rules)
        message = answer_daily(wish, command, settings, lambda: answerer.highlights)
        if message:
            answer_command(context, message)
    elif asks_for_quiz(words):
        if refusal := open_quiz(command["trigger_id"], context, answerer):
            answer_command(context, refusal)
    elif asks_for_privacy(words):
        answer_command(context, privacy_message(rules.retention_days))
    elif asks_to_be_forgotten(words):
        answer_command(context, forget(records, asker(context)))
    else:
        _answer(command, context, answerer, records, pacing)


def _answer(
    command: dict[str, Any],
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    pacing: Pacing,
) -> None:
    """Answer a question, with a button to share what was quoted, and keep it."""
    if refusal := pacing.refusal(context):
        answer_command(context, refusal)
        return
    asked = exchange(context, "command")
    question = question_in(command.get("text"))
    answer = with_nearest(question, answerer.ask(question))
    human = context["rules"].human_channel is not None
    message = answer_message(answer, asked.id, share=share_value(answer), human=human)
    answer_command(context, with_length(answer, message))
    records.keep(asked, answer)
