"""`/llm here …`: the show that a channel's questions are looked up in first."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext

from bot.episodes.shows import find_show, near_shows
from bot.slack.blocks.message import PLACE, Message, paragraphs
from bot.slack.blocks.shows import said, unknown
from bot.slack.help import COMMAND
from bot.slack.requests.people import look_up, why_not_set
from bot.slack.requests.services import Services
from bot.storage import Asker, StoreError

WHAT = "The show of a channel"
_HERE = re.compile(r"^here(?:\s+(?P<rest>\S.*))?$", re.IGNORECASE | re.DOTALL)
_ALL = re.compile(r"(?:all|any|every|off|no)(?: ?(?:show|podcast)s?)?", re.IGNORECASE)
_AWAY = (
    "The show of this channel cannot be saved or read right now, and nothing has been changed. "
    "Please try again in a few minutes."
)
_END = f"End it with `{COMMAND} here all`."
_BEGIN = f"`{COMMAND} here SHOW` has one looked in first."
_GONE = "was to be looked in first for questions in {}, and has no episode any more."
_FIRST = "is looked in first for questions in {}, other shows where it does not answer."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Here:
    """What a person wants: a `show` as they name it, all, or to know (`show` is empty)."""

    show: str = ""
    all: bool = False


def read_here(text: str) -> Here | None:
    """Return what the text after `/llm` wants of a channel's show; None for a question. Pure."""
    here = _HERE.match(text.strip())
    if here is None:
        return None
    show = (here["rest"] or "").strip(" .!“”\"'")
    if show.endswith("?"):
        return None
    return Here(all=True) if _ALL.fullmatch(show) else Here(show)


def answer_here(
    here: Here,
    command: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> Message:
    """Do what a person wants of their channel's show."""
    if asker is None:
        return paragraphs(_AWAY)
    channel_id = command["channel_id"]
    try:
        if here == Here():
            show = services.store.channel_shows.get(asker.team_id, channel_id)
            return _tell(show, channel_id, services.answerer.library.shows)
        if why_not := why_not_set(look_up(context), services.policy.daily_by, WHAT):
            return paragraphs(why_not)
        if here.all:
            return _end(services, asker, channel_id)
        return _prefer(here.show, services, asker, channel_id)
    except StoreError as error:
        log.warning("The show of a channel of %s cannot be reached: %s", asker.team_id, error)
        return paragraphs(_AWAY)


def _tell(show: str | None, channel_id: str, shows: Sequence[str]) -> Message:
    if show is None:
        words = f"No show is looked in first for questions in {PLACE}. {_BEGIN}"
    elif show not in shows:
        words = f"{said(show)} {_GONE} {_BEGIN}"
    else:
        words = f"{said(show)} {_FIRST} {_END}"
    return paragraphs(words, channel_id=channel_id)


def _end(services: Services, asker: Asker, channel_id: str) -> Message:
    was = services.store.channel_shows.end(asker.team_id, channel_id)
    services.places.forget()
    now = "All shows are looked in alike" if was else "No show was looked in first, so all are"
    return paragraphs(f"{now} for questions in {PLACE}. {_BEGIN}", channel_id=channel_id)


def _prefer(words: str, services: Services, asker: Asker, channel_id: str) -> Message:
    shows = services.answerer.library.shows
    show = find_show(words, shows)
    if show is None:
        near = near_shows(words, shows)
        return paragraphs(f"{unknown(words, near, shows)} Nothing has changed.")
    services.store.channel_shows.prefer(asker, channel_id, show)
    services.places.forget()
    return _tell(show, channel_id, shows)
