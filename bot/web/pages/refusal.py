"""Why a page is not shown, in a sentence for whoever asked for it."""

from http import HTTPStatus
from typing import NamedTuple

from bot.errors import BotError
from bot.links import ExpiredLinkError, LinkError


class Sentence(NamedTuple):
    """What a reader is told: a heading, and what to do."""

    heading: str
    words: str


NO_EPISODE = Sentence(
    "There is no such episode here",
    "It may have been renamed or taken away since the link was made.",
)
NO_PAGE = Sentence("There is no such page here", "The address may be incomplete.")
NO_PLACE = Sentence(
    "The link names no place in this episode",
    "It may have been cut short on its way. Open it from Slack once more.",
)
NOT_SIGNED = Sentence(
    "This page opens with a link from Slack",
    "Ask the bot there, and press “Read in context” below a quote.",
)
EXPIRED = Sentence(
    "This link has expired",
    "Ask the bot in Slack once more: its answers come with a new one.",
)
BUSY = Sentence("That was a lot at once", "Please try again in a minute.")
SEARCHED = Sentence("Many people are searching right now", "Please try again in a few seconds.")
CHANGING = Sentence("This episode is just being read anew", "Please try again in a minute.")


class RefusedError(BotError):
    """A page that is not shown; `wait` is after how many seconds to ask again, if that helps."""

    def __init__(self, status: HTTPStatus, told: Sentence, wait: int | None = None) -> None:
        super().__init__(told.heading)
        self.status, self.told, self.wait = status, told, wait


def of_link(error: LinkError) -> RefusedError:
    """Return the refusal of somebody whose link does not open a page."""
    told = EXPIRED if isinstance(error, ExpiredLinkError) else NOT_SIGNED
    return RefusedError(HTTPStatus.FORBIDDEN, told)
