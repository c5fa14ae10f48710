"""What people are told about the daily takeaway of a channel. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.daily.time_zones import shown
from bot.slack.blocks.message import PLACE, Message, paragraphs
from bot.slack.daily.command import Unclear
from bot.slack.help import COMMAND
from bot.slack.posting.stopped import why_stopped
from bot.storage import Post, PostState, Subscription

AWAY = (
    "The settings of the daily takeaway cannot be saved or read right now, and nothing has been "
    "changed. Please try again in a few minutes."
)
_HOW = (
    f"Change it with `{COMMAND} daily` or `{COMMAND} daily on TIME ZONE`, stop it with "
    f"`{COMMAND} daily off`."
)
_TURN_ON = f"Turn it on with `{COMMAND} daily` or `{COMMAND} daily on TIME ZONE`."
_USAGE = (
    f"`{COMMAND} daily on` takes a time such as 9:30 or 9 pm, a time zone such as Europe/Berlin "
    "or New York, and weekdays or every day, each of which can be left out."
)
_AUTOMATED = "The posts are automated."


def turned_on(subscription: Subscription, *, zone_guessed: bool) -> Message:
    """Say that it is on: where, when, from when on, and how to change it."""
    guessed = (
        ["Slack did not tell your time zone, so I took UTC; add yours to change it."]
        if zone_guessed
        else []
    )
    words = [_on(subscription), _next(subscription, "first"), *guessed, _HOW, _AUTOMATED]
    return paragraphs(" ".join(words), channel_id=subscription.channel_id)


def turned_off(channel_id: str, *, was_on: bool) -> Message:
    """Say that it is off, because a person wanted it or since it never was on."""
    state = "off" if was_on else "not on"
    return paragraphs(
        f"The daily takeaway is {state} for {PLACE}. {_TURN_ON}", channel_id=channel_id
    )


def status(subscription: Subscription | None, last: Post | None, channel_id: str) -> Message:
    """Say how it stands in a channel, and what became of the last post."""
    if subscription is None:
        return turned_off(channel_id, was_on=False)
    if subscription.due_at is None:
        why = why_stopped(subscription.stopped)
        words = [f"The daily takeaway was turned off for {PLACE}{why}.", *_last(last), _TURN_ON]
    else:
        words = [_on(subscription), _next(subscription, "next"), *_last(last), _HOW, _AUTOMATED]
    return paragraphs(" ".join(words), channel_id=channel_id)


def unclear(wish: Unclear) -> Message:
    """Say what was not understood, with the zones that it may stand for."""
    offered = ", ".join(wish.zones)
    said = re.sub("[`{}]", "", wish.words[:100])
    if wish.ambiguous:
        which = f"Say which time zone you mean: {offered}."
        return paragraphs(f"“{said}” can mean several, so nothing has changed. {which}")
    nearest = f" The nearest time zones I know: {offered}." if offered else ""
    return paragraphs(f"I did not understand “{said}”, so nothing has changed.{nearest} {_USAGE}")


def _on(subscription: Subscription) -> str:
    days = "on weekdays" if subscription.weekdays else "every day"
    when = f"{subscription.local_time:%H:%M} ({shown(subscription.zone)})"
    return f"The daily takeaway is on for {PLACE}: {days} at {when}."


def ended(channel_id: str, stopped: str) -> Message:
    """Say where and why it was turned off, to the person who had turned it on."""
    words = f"The daily takeaway in {PLACE} was turned off{why_stopped(stopped)}. {_TURN_ON}"
    return paragraphs(words, channel_id=channel_id)


def _next(subscription: Subscription, which: str) -> str:
    if subscription.due_at is None:
        return ""
    local = subscription.due_at.astimezone(ZoneInfo(subscription.zone))
    return f"The {which} one comes on {_moment(local)}."


def _last(post: Post | None) -> Iterator[str]:
    if post is None:
        return
    match post.state:
        case PostState.POSTED:
            yield f"The last one was posted on {_day(post.local_date)}."
        case PostState.SKIPPED:
            yield (
                f"The one of {_day(post.local_date)} was skipped: I was down at the hour, or could "
                "not post within the time allowed after it."
            )
        case PostState.CLAIMED:
            yield f"The one of {_day(post.local_date)} is being posted."


def _moment(moment: datetime) -> str:
    return f"{_day(moment.date())} at {moment:%H:%M}"


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
