"""*What the episode says*: a message looked up for one person, and the answer shared below it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from slack_bolt import BoltContext

from bot.answers import Answer, NoAnswer
from bot.slack.answer.message import answer_message, shared_message
from bot.slack.answer.share_value import share_value, shared_answer
from bot.slack.asking.answering import answer_question, with_length
from bot.slack.asking.message_text import asked_in
from bot.slack.blocks.button_value import METADATA, decode_value, encode_value
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import TRANSCRIPT_CHANGED, Message, notice
from bot.slack.blocks.modals import buttons, modal
from bot.slack.blocks.ways import NO_WAYS, Ways
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.channels import post_or_reason
from bot.slack.sending.replies import FAILURES, show_outcome
from bot.storage import Asker, new_id

EPISODE_SAYS, SHARE_BELOW = "episode_says", "share_below"
_TITLE = "What the episode says"
_NO_TEXT = "That message holds no words that I could look up."
_SHARED = "Shared in the thread below the message."
_FAILED = "Sorry, something went wrong, and it may not have been shared. Look at the thread first."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """The thread that a message stands in, or begins."""

    channel_id: Annotated[str, msgspec.Meta(pattern=r"^[CGD][A-Z0-9]{2,30}$")]
    thread_ts: Annotated[str, msgspec.Meta(pattern=r"^\d{1,12}\.\d{1,9}$")]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a modal shows: where its message stands, and the coordinates of what is quoted."""

    place: ThreadRef
    value: str


def handle_episode_says(
    shortcut: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Look a message up, for the person alone."""
    question = asked_in(shortcut["message"], context.bot_user_id)
    reply = ShortcutReply(shortcut, context, services)
    if question:
        show = services.places.show(asker, shortcut["channel"]["id"])
        answer_question(AskRequest(question, asker, "shortcut", show=show), reply, services)
    else:
        reply.refuse(notice(_NO_TEXT))


@dataclass(frozen=True, slots=True)
class ShortcutReply:
    """Answers in a modal, with a button that shares the answer below the message."""

    shortcut: dict[str, Any]
    context: BoltContext
    services: Services

    def history(self) -> Sequence[str]:
        """Return nothing: the message is looked up by itself."""
        return ()

    def refuse(self, message: Message) -> None:
        """Tell the person in the modal."""
        self._open(modal(_TITLE, message["blocks"]))

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Open the modal."""
        del request
        human, ways = self.services.policy.human_channel is not None, self.services.ways
        self._open(says_view(answer, thread_of(self.shortcut), human=human, ways=ways))
        return True

    def _open(self, view: Block) -> None:
        self.context.client.views_open(trigger_id=self.shortcut["trigger_id"], view=view)


def handle_share_below(body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Post what is shown below its message, quoted afresh, once however often it is pressed."""
    view = body["view"]
    # Each time a modal changes its hash does, so what failed can be tried anew.
    if not services.dedup.is_new(f"{SHARE_BELOW} {view['id']} {view.get('hash')}"):
        return
    shown = shown_by(view)
    answer = shared_answer(shown.value, services.answerer.quote) if shown else None
    if shown is None or answer is None:
        gone = notice(TRANSCRIPT_CHANGED)
        show_outcome(context, view, modal(_TITLE, gone["blocks"]), gone)
        return
    message = shared_message(answer, context.user_id or "", new_id(), services.ways)
    again = None
    try:
        why = post_or_reason(context.client, shown.place.channel_id, message, shown.place.thread_ts)
        words = f"It was not shared: {why}." if why else _SHARED
        again = shown if why else None
    except FAILURES:
        log.exception("An answer may not have been shared")
        words = _FAILED
    show_outcome(context, view, _answered(answer, words, again, ways=services.ways), notice(words))


def says_view(
    answer: Answer | NoAnswer,
    place: ThreadRef | None,
    *,
    human: bool = False,
    ways: Ways = NO_WAYS,
) -> Block:
    """Return the answer, and where there is something to share, the button that does. Pure."""
    value = share_value(answer)
    shown = Shown(place, value) if place and value else None
    fits = shown if encode_value(shown, METADATA) else None
    return _answered(answer, "", fits, human=human, ways=ways)


def _answered(
    answer: Answer | NoAnswer,
    words: str,
    shown: Shown | None = None,
    *,
    human: bool = False,
    ways: Ways,
) -> Block:
    """Return an answer, the bot's own words below it, and a button if it can be shared."""
    return modal(
        _TITLE,
        [
            *with_length(answer, answer_message(answer, human=human, ways=ways))["blocks"],
            *(notice(words)["blocks"] if words else []),
            *([buttons({SHARE_BELOW: "Share in the thread"})] if shown else []),
        ],
        private_metadata=(shown and encode_value(shown, METADATA)) or "",
    )


def thread_of(shortcut: dict[str, Any]) -> ThreadRef | None:
    """Where replies to a message go. Pure."""
    message = shortcut["message"]
    root = message.get("thread_ts") or message.get("ts")
    try:
        return msgspec.convert(
            {"channel_id": shortcut["channel"]["id"], "thread_ts": root}, type=ThreadRef
        )
    except (KeyError, TypeError, msgspec.ValidationError):
        return None


def shown_by(view: Block) -> Shown | None:
    """Return what a modal shows, by its metadata; None for metadata that is none of these. Pure."""
    return decode_value(view.get("private_metadata") or "", Shown, METADATA)
