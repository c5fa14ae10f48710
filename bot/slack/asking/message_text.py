"""What a person asks, read from Slack's payloads. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.answers import asks
from bot.slack.asking.visible_text import own_text, shared_text

# <@U1|name>, <#C1|name>, <!subteam^S1|@name>, <https://x|label>:
# https://docs.slack.dev/messaging/formatting-message-text
_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SPACES = re.compile(r"[^\S\n]+")  # a line break may part a story from its question
_ASK = re.compile(r"^ask\s+(?=\S)", re.IGNORECASE)
_BROADCASTS = {"channel", "here", "everyone"}

# Subtypes under which people write words of their own; no subtype is the usual case.
_PERSONAL = {None, "file_share", "thread_broadcast"}


# "Thoughts?" above a forwarded message asks about what is forwarded.
_FEW_WORDS = 2
# Seconds after a message within which an edit may still mention the bot. Chosen by hand: later, the
# conversation has gone on.
_EDITED_IN_TIME = 300


def asked_in(message: Mapping[str, Any], bot_user_id: str | None) -> str:
    """Return the question in a message: plain text, empty if nothing is asked.

    What is forwarded with it is read unless its own words ask by themselves.
    """
    own = question_in(own_text(message), bot_user_id)
    if "attachments" not in message or (asks(own) and len(own.split()) > _FEW_WORDS):
        return own
    shared = question_in(shared_text(message, links=not own), bot_user_id)
    return "\n".join(filter(None, (own, shared)))


def question_in(text: str | None, bot_user_id: str | None = None) -> str:
    """Return the question in a message or after a command: plain text, empty if nothing is asked.

    The bot's own mention is dropped wherever it stands, and so is `ask` before a question.
    """
    own = f"<@{bot_user_id}"
    raw = _MARKUP.sub(
        lambda m: " " if m[0].startswith((f"{own}>", f"{own}|")) else m[0], text or ""
    )
    words = readable(raw)
    return _ASK.sub("", words) if re.search(r"\w", words) else ""


def readable(text: str) -> str:
    """Slack's markup as a person reads it: labels for links and names, `&amp;` as `&`."""
    shown = _MARKUP.sub(_label, text)
    shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _SPACES.sub(" ", shown).strip()


def _label(markup: re.Match[str]) -> str:
    """Return what Slack shows for one control sequence, or nothing where it sent no name."""
    sigil, target, label = markup.groups()
    if sigil in ("@", "#") and label:
        return f"{sigil}{label.removeprefix(sigil)}"
    if sigil == "!" and target in _BROADCASTS:
        return f"@{target}"
    return label or ("" if sigil else target.removeprefix("mailto:"))


def is_new_message(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's new message; edits, deletions and bots' posts are not."""
    return is_personal(event) and "edited" not in event


def edited_mention(event: Mapping[str, Any], bot_user_id: str | None) -> dict[str, Any] | None:
    """Return the message to which an edit has added the bot's mention; None for any other event.

    https://docs.slack.dev/reference/events/message/message_changed
    """
    if event.get("subtype") != "message_changed" or bot_user_id is None:
        return None
    before, after = event.get("previous_message"), event.get("message")
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return None
    if mentions(before, bot_user_id) or not mentions(after, bot_user_id):
        return None
    kept = {name: event[name] for name in ("channel", "channel_type", "event_ts") if name in event}
    mention = {**after, **kept, "type": "app_mention"}
    return mention if "edited" in mention and is_new_mention(mention) else None


def is_new_mention(event: Mapping[str, Any]) -> bool:
    """Return whether a mention is a person's, and no older than an edit may be that adds it."""
    return is_personal(event) and ("edited" not in event or _is_edited_in_time(event))


def mentions(message: Mapping[str, Any], user_id: str) -> bool:
    """Return whether a message itself mentions somebody."""
    return bool(re.search(rf"<@{re.escape(user_id)}[|>]", own_text(message)))


def _is_edited_in_time(event: Mapping[str, Any]) -> bool:
    try:
        return 0 <= float(event["edited"]["ts"]) - float(event["ts"]) <= _EDITED_IN_TIME
    except (KeyError, TypeError, ValueError):
        return False


def is_personal(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote the message."""
    return (
        message.get("subtype") in _PERSONAL
        and not message.get("bot_id")
        and message.get("user") not in (None, "USLACKBOT")
    )


def last_question(
    messages: Iterable[Mapping[str, Any]], before: str, bot_user_id: str | None
) -> str:
    """Return the last question that a person asked above the message `before` (its `ts`).

    If nobody wrote a question mark, it is the last thing that a person wrote; it may be nothing.
    """
    asked = [
        question
        for message in messages
        if is_personal(message) and message["ts"] < before
        if (question := asked_in(message, bot_user_id))
    ]
    marked = [question for question in asked if "?" in question]
    return next(reversed(marked or asked), "")
