"""The list of episodes, and what one of them is chosen with. Pure."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

import msgspec

from bot.episodes import Entry
from bot.episodes.names import episode_name, has_shows
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import (
    Block,
    bullets,
    button,
    context,
    literal,
    plain,
    rich,
    row,
    section,
)
from bot.slack.blocks.message import LABEL, Message, notice, text_line, to_message
from bot.slack.blocks.modals import TEXT, option

OLDER, NEWER, PICK_EPISODE = "episodes_older", "episodes_newer", "pick_episode"
ASK_ABOUT_EPISODE = "ask_about_episode"  # a button that does what a choice does
MOST = 10  # that a message names
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
_MOST_OPTIONS = 100
_DAY = "%d\N{NO-BREAK SPACE}%b\N{NO-BREAK SPACE}%Y"
_NONE = "No episode is loaded yet."
_Page = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


def episodes_message(entries: Sequence[Entry], page: int = 1) -> Message:
    """Return a page of a library's list, the newest first; after the last page, the last one.

    `entries` are those of the library, the newest last; pages count from 1.
    """
    if not entries:
        return notice(_NONE)
    page = min(page, -(-len(entries) // MOST))
    shown = _newest(entries, (page - 1) * MOST, MOST)
    shows = has_shows(entries)
    listed = bullets(section(*named_in_line(one, show=shows)) for one in shown)
    message = to_message([rich(text_line(_heading(len(entries), page, len(shown))), listed)])
    return Message(
        text=message["text"],
        blocks=[
            *message["blocks"],
            *row(
                picker(shown, "Ask about one…", show=shows),
                button(NEWER, "Newer", _value(page - 1), "Newer episodes"),
                button(OLDER, "Older", _value(page + 1), "Older episodes")
                if page * MOST < len(entries)
                else None,
            ),
        ],
    )


def picker(newest_first: Sequence[Entry], words: str, *, show: bool) -> Block:
    """Return what one of up to 100 episodes is chosen with."""
    return {
        "type": "static_select",
        "action_id": PICK_EPISODE,
        "placeholder": plain(words, LABEL),
        "options": [
            option(key_of(one), episode_name(one, TEXT, show=show))
            for one in newest_first[:_MOST_OPTIONS]
        ],
    }


def newest_picker(entries: Sequence[Entry], words: str) -> Block | None:
    """Return what one of a library's newest episodes is chosen with; None if there is no choice."""
    if len(entries) <= 1:
        return None
    return picker(_newest(entries, 0, _MOST_OPTIONS), words, show=has_shows(entries))


def named(entry: Entry) -> list[Block]:
    """Return the lines that say which episode is asked about."""
    facts = " · ".join(filter(None, (entry.show, day_of(entry))))
    label = section(literal(entry.label, LABEL, bold=True))
    return [rich(label), *([context(plain(facts, LABEL))] if facts else [])]


def key_of(entry: Entry) -> str:
    """Return what an option carries of an episode: a slug may be longer than Slack takes there."""
    return hashlib.sha256(entry.slug.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def picked(key: str, entries: Sequence[Entry]) -> Entry | None:
    """Return the episode that an option carries; None if it is not there any more."""
    return next((one for one in reversed(entries) if key_of(one) == key), None)


def page_in(value: str) -> int | None:
    """Return the page that a button carries; None if the bot cannot have made it."""
    return decode_value(value, _Page)


def _newest(entries: Sequence[Entry], first: int, count: int) -> list[Entry]:
    """Return so many episodes from one on, counted from the newest."""
    end = len(entries) - first
    return list(reversed(entries[max(0, end - count) : end]))


def _heading(count: int, page: int, shown: int) -> str:
    if count == 1:
        return "There is one episode:"
    if count <= MOST:
        return f"The {count} episodes, the newest first:"
    first = (page - 1) * MOST + 1
    return f"Episodes {first:,} to {first + shown - 1:,} of {count:,}, the newest first:"


def named_in_line(entry: Entry, *, show: bool) -> Iterator[Block]:
    """Yield the words of a line: what it is called, of which show, and from when."""
    yield literal(episode_name(entry, LABEL), LABEL, bold=True)
    for fact in (entry.show if show else "", day_of(entry)):
        if fact:
            yield literal(f" · {fact}", LABEL)


def day_of(entry: Entry) -> str:
    """Return when an episode is from, such as `2 Jan 2026`, which no line breaks apart."""
    try:
        return f"{date.fromisoformat(entry.date or ''):{_DAY}}".lstrip("0")
    except ValueError:
        return entry.date or ""


def _value(page: int) -> str | None:
    return encode_value(page) if page >= 1 else None
