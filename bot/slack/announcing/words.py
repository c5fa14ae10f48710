"""What people are told about the new episodes of a channel. Pure."""

from collections.abc import Iterator, Sequence

from bot.slack.blocks.message import PLACE, Message, paragraphs
from bot.slack.blocks.shows import said, unknown
from bot.slack.help import COMMAND
from bot.slack.posting.stopped import why_stopped
from bot.storage import NewsChannel, NewsPost, PostState

AWAY = (
    "The settings of new episodes cannot be saved or read right now, and nothing has been changed. "
    "Please try again in a few minutes."
)
_HOW = f"Change it with `{COMMAND} new`, stop it with `{COMMAND} new off`."
_TURN_ON = f"Turn it on with `{COMMAND} new` or `{COMMAND} new on SHOW`."
_WHEN = (
    "A card comes when a new episode is out and its transcript is read: at most three an hour, the "
    "rest in one list. The posts are automated."
)


def turned_on(channel: NewsChannel, *, followed: bool) -> Message:
    """Say that it is on: where, for which show, whether cards can come, and how to change it."""
    words = [_on(channel), _WHEN if followed else _waits(channel), _HOW]
    return paragraphs(" ".join(words), channel_id=channel.channel_id)


def turned_off(channel_id: str, *, was_on: bool) -> Message:
    """Say that it is off, because a person wanted it or since it never was on."""
    state = "off" if was_on else "not on"
    words = f"Announcing new episodes is {state} for {PLACE}. {_TURN_ON}"
    return paragraphs(words, channel_id=channel_id)


def status(
    channel: NewsChannel | None, last: NewsPost | None, channel_id: str, *, followed: bool
) -> Message:
    """Say how it stands in a channel, whether cards can come, and of the last post."""
    if channel is None:
        return turned_off(channel_id, was_on=False)
    if channel.since is None:
        why = why_stopped(channel.stopped)
        words = [f"Announcing new episodes was turned off for {PLACE}{why}.", *_last(last)]
        return paragraphs(" ".join([*words, _TURN_ON]), channel_id=channel_id)
    when = _WHEN if followed else _waits(channel)
    return paragraphs(" ".join([_on(channel), *_last(last), when, _HOW]), channel_id=channel_id)


def unknown_show(words: str, near: Sequence[str], shows: Sequence[str]) -> Message:
    """Say that a show is not known, with those that it may mean."""
    return paragraphs(f"{unknown(words, near, shows)} Nothing has changed.")


def ended(channel_id: str, stopped: str) -> Message:
    """Say where and why it was turned off, to the person who had turned it on."""
    words = f"Announcing new episodes in {PLACE} was turned off{why_stopped(stopped)}. {_TURN_ON}"
    return paragraphs(words, channel_id=channel_id)


def _on(channel: NewsChannel) -> str:
    of = f"of {said(channel.show)}" if channel.show else "of every show that I follow"
    return f"Announcing new episodes {of} is on for {PLACE}."


def _waits(channel: NewsChannel) -> str:
    """Say that no card can come yet, and who can change that."""
    what = f"I do not follow {said(channel.show)}" if channel.show else "I follow no podcast"
    return (
        f"{what} yet, so no card will come; the operator of this bot can change that with "
        "`python -m bot follow`."
    )


def _last(post: NewsPost | None) -> Iterator[str]:
    if post and post.state is PostState.POSTED and post.ended_at:
        day = post.ended_at
        yield f"The last post was on {day:%A} {day.day} {day:%B}."
