"""*What the episode says*: a message looked up for one person, and the answer shared below it."""

import logging
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from slack_bolt import BoltContext

from bot.answers import Answer, Answerer, NoAnswer
from bot.slack.answer.message import answer_message, shared_message
from bot.slack.answer.share_value import share_value, shared_answer
from bot.slack.asking.message_text import question_in
from bot.slack.asking.nearest_command import with_length
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import notice
from bot.slack.blocks.modals import buttons, modal
from bot.slack.requests.question_log import Records, exchange
from bot.slack.requests.rate_limit import Pacing
from bot.slack.sending.channels import hindrance
from bot.slack.sending.replies import FAILURES, show_outcome
from bot.storage import new_id

EPISODE_SAYS, SHARE_BELOW = "episode_says", "share_below"
_TITLE = "What the episode says"
_NO_TEXT = "That message holds no words that I could look up."
_SHARED = "Shared in the thread below the message."
_UNSHARABLE = "This answer can no longer be shared: the transcript has changed since."
_FAILED = "Sorry, something went wrong, and it may not have been shared. Look at the thread first."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """The thread that a message stands in, or begins."""

    channel_id: Annotated[str, msgspec.Meta(pattern=r"^[CGD][A-Z0-9]{2,30}$")]
    thread_ts: Annotated[str, msgspec.Meta(pattern=r"^\d{1,12}\.\d{1,9}$")]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a modal shows: where its message stands, and the coordinates of what is quoted."""

    place: Place
    value: str


def handle_episode_says(
    shortcut: dict[str, Any],
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    pacing: Pacing,
) -> None:
    """Look a message up, for the person alone."""
    asked = exchange(context, "shortcut")
    question = question_in(shortcut["message"].get("text"), context.bot_user_id)
    refusal = notice(_NO_TEXT) if not question else pacing.refusal(context)
    trigger_id = shortcut["trigger_id"]
    if refusal:
        context.client.views_open(trigger_id=trigger_id, view=modal(_TITLE, refusal["blocks"]))
        return
    answer = answerer.ask(question)
    context.client.views_open(trigger_id=trigger_id, view=says_view(answer, place_of(shortcut)))
    records.keep(asked, answer)


def handle_share_below(
    body: dict[str, Any], context: BoltContext, answerer: Answerer, records: Records
) -> None:
    """Post what is shown below its message, quoted afresh, once however often it is pressed."""
    view = body["view"]
    # Each time a modal changes its hash does, so what failed can be tried anew.
    if not records.first_time(f"{SHARE_BELOW} {view['id']} {view.get('hash')}"):
        return
    shown = shown_by(view)
    answer = shared_answer(shown.value, answerer.quote) if shown else None
    if shown is None or answer is None:
        gone = notice(_UNSHARABLE)
        show_outcome(context, view, modal(_TITLE, gone["blocks"]), gone)
        return
    message = shared_message(answer, context.user_id or "", new_id())
    again = None
    try:
        why = hindrance(context.client, shown.place.channel_id, message, shown.place.thread_ts)
        words = f"It was not shared: {why}." if why else _SHARED
        again = shown if why else None
    except FAILURES:
        log.exception("An answer may not have been shared")
        words = _FAILED
    show_outcome(context, view, _answered(answer, words, again), notice(words))


def says_view(answer: Answer | NoAnswer, place: Place | None) -> Block:
    """The answer, and where there is something to share, the button that does. Pure."""
    value = share_value(answer)
    shown = Shown(place, value) if place and value else None
    return _answered(answer, "", shown if encode_value(shown) else None)


def _answered(answer: Answer | NoAnswer, words: str, shown: Shown | None = None) -> Block:
    """An answer, words of the bot's own below it, and the button where `shown` can be shared."""
    return modal(
        _TITLE,
        [
            *with_length(answer, answer_message(answer))["blocks"],
            *(notice(words)["blocks"] if words else []),
            *([buttons({SHARE_BELOW: "Share in the thread"})] if shown else []),
        ],
        private_metadata=(shown and encode_value(shown)) or "",
    )


def place_of(shortcut: dict[str, Any]) -> Place | None:
    """Where replies to a message go. Pure."""
    message = shortcut["message"]
    root = message.get("thread_ts") or message.get("ts")
    try:
        return msgspec.convert(
            {"channel_id": shortcut["channel"]["id"], "thread_ts": root}, type=Place
        )
    except (KeyError, TypeError, msgspec.ValidationError):
        return None


def shown_by(view: Block) -> Shown | None:
    """What a modal shows, by its metadata; None for metadata that is none of these. Pure."""
    return decode_value(view.get("private_metadata") or "", Shown)
