"""What a person asks, read from Slack's payloads. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# <@U1|name>, <#C1|name>, <!subteam^S1|@name>, <https://x|label>:
# https://docs.slack.dev/messaging/formatting-message-text
_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SPACES = re.compile(r"[^\S\n]+")  # a line break may part a story from its question
_ASK = re.compile(r"^ask\s+(?=\S)", re.IGNORECASE)
_BROADCASTS = {"channel", "here", "everyone"}

# Subtypes under which people write words of their own; no subtype is the usual case.
_PERSONAL = {None, "file_share", "thread_broadcast"}


def question_in(text: str | None, bot_user_id: str | None = None) -> str:
    """The question in a message or after a command: plain text, empty if nothing is asked.

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
    """What Slack shows for one control sequence, or nothing where it sent no name."""
    sigil, target, label = markup.groups()
    if sigil in ("@", "#") and label:
        return f"{sigil}{label.removeprefix(sigil)}"
    if sigil == "!" and target in _BROADCASTS:
        return f"@{target}"
    return label or ("" if sigil else target.removeprefix("mailto:"))


def is_new_message(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's new message; edits, deletions and bots' posts are not."""
    return is_personal(event) and "edited" not in event


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
        if (question := question_in(message.get("text"), bot_user_id))
    ]
    marked = [question for question in asked if "?" in question]
    return next(reversed(marked or asked), "")
