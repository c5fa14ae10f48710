"""The slash command."""

from typing import Any

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.slack.blocks import answer_message
from bot.slack.questions import question_in
from bot.slack.records import Records, exchange
from bot.slack.replies import respond_privately
from bot.slack.sharing import share_value


def handle_command(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
) -> None:
    """Answer `/llm …` for the person alone, with a button to share what was quoted."""
    ack()
    asked = exchange(context, "command")
    answer = answerer.ask(question_in(command.get("text")))
    message = answer_message(answer, asked.id, share=share_value(answer))
    respond_privately(respond, client, message)
    records.keep(asked, answer)
