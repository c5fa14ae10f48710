"""The card of a new episode, and the list of several, as Block Kit. Pure."""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.episodes import Entry
from bot.slack.announcing.card import Card, Chapter
from bot.slack.blocks.elements import (
    Block,
    bullets,
    button,
    context,
    link,
    literal,
    plain,
    rich,
    row,
    section,
)
from bot.slack.blocks.episodes import (
    ASK_ABOUT_EPISODE,
    MOST,
    day_of,
    key_of,
    named_in_line,
    picker,
)
from bot.slack.blocks.message import CREDIT, LABEL, Message, to_message
from bot.slack.blocks.quotes import quoted
from bot.slack.blocks.ways import LISTEN, Ways

# Chosen by hand: a card is to be seen at a glance.
_MOST_CHAPTERS, _MOST_PEOPLE = 12, 5
_READ = "Read it"


def card_message(card: Card, ways: Ways, made_by: str | None = None) -> Message:
    """Return the card of an episode.

    Args:
        card: what it says.
        ways: what is shown of where quotes and the episode stand.
        made_by: the id of the person who set it up; None if they had themselves forgotten.
    """
    entry = card.entry
    facts = " · ".join(filter(None, (day_of(entry), card.length, _people(card.people))))
    shown = to_message(
        [
            rich(
                section(literal(_heading(entry), LABEL)),
                section(literal(entry.label, LABEL, bold=True)),
            ),
            *([context(plain(facts, CREDIT))] if facts else []),
            *([_chapters(card.chapters)] if card.chapters else []),
            *quoted(card.quotes, ways.to(card.quotes)),
            context({"type": "mrkdwn", "text": _credit(entry, ways, made_by)}),
        ]
    )
    ask = button(ASK_ABOUT_EPISODE, "Ask about it", key_of(entry), "Ask about it: opens a form")
    return Message(text=shown["text"], blocks=[*shown["blocks"], *row(ask)])


def list_message(entries: Sequence[Entry], made_by: str | None = None) -> Message:
    """Return the list of new episodes that were too many for cards, the oldest first."""
    shown = entries[:MOST]
    shows = len({one.show for one in entries}) > 1
    many = "1 more new episode" if len(entries) == 1 else f"{len(entries):,} more new episodes"
    of = "" if shows or not entries[0].show else f" of {entries[0].show}"
    left = len(entries) - len(shown)
    listed = to_message(
        [
            rich(
                section(literal(f"{many}{of}:", LABEL, bold=True)),
                bullets(section(*named_in_line(one, show=shows)) for one in shown),
                *([section(literal(f"… and {left:,} more", LABEL))] if left else []),
            ),
            context({"type": "mrkdwn", "text": _posted(made_by)}),
        ]
    )
    ask = picker(entries, "Ask about one…", show=shows)
    return Message(text=listed["text"], blocks=[*listed["blocks"], *row(ask)])


def _heading(entry: Entry) -> str:
    return f"New episode of {entry.show}" if entry.show else "New episode"


def _people(people: Sequence[str]) -> str:
    left = len(people) - _MOST_PEOPLE
    shown = ", ".join(people[:_MOST_PEOPLE])
    return f"{shown} and {left} more" if left > 0 else shown


def _chapters(chapters: Sequence[Chapter]) -> Block:
    left = len(chapters) - _MOST_CHAPTERS
    rest = [section(literal(f"… and {left} more", LABEL))] if left > 0 else []
    return rich(bullets(map(_chapter, islice(chapters, _MOST_CHAPTERS))), *rest)


def _chapter(chapter: Chapter) -> Block:
    time = [literal(f"{chapter.time} ", LABEL)] if chapter.time else []
    return section(*time, literal(chapter.title, LABEL))


def _credit(entry: Entry, ways: Ways, made_by: str | None) -> str:
    """Return the ways to the episode, and that no person posts this, as mrkdwn."""
    return " · ".join([*_links(entry, ways), _posted(made_by)])


def _links(entry: Entry, ways: Ways) -> Iterator[str]:
    page = ways.links.episode(entry.slug)
    yield from filter(None, [page and link(page, _READ)])
    yield from filter(None, [entry.audio and link(entry.audio, f"{LISTEN} Listen")])


def _posted(made_by: str | None) -> str:
    return f"Posted automatically, set up by <@{made_by}>" if made_by else "Posted automatically"
