"""An unasked answer as Block Kit. Pure."""

from bot.answers import Answer
from bot.slack.answer.message import answer_message
from bot.slack.blocks.elements import button, row
from bot.slack.blocks.message import Message, with_note
from bot.slack.blocks.ways import NO_WAYS, Ways

STOP_LISTENING = "stop_listening"
_WHY = (
    "I'm an automated bot, and nobody asked me: nobody has replied here for ten minutes, and an "
    "admin has me answer such questions in this channel. The podcast says:"
)
_STOP = "Not helpful: stop listening here"


def unasked_message(answer: Answer, subscription_id: str, ways: Ways = NO_WAYS) -> Message:
    """Return an answer below a line that says why it comes, above the button that ends it.

    It has no thumbs: nothing is kept of its question.
    """
    told = with_note(answer_message(answer, ways=ways), _WHY)
    stop = button(STOP_LISTENING, _STOP, subscription_id, _STOP)
    return Message(text=told["text"], blocks=[*told["blocks"], *row(stop)])
