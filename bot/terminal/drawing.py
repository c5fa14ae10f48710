"""Block Kit as it looks in a terminal. Pure: from a message to something that rich prints.

Text is never read as rich's markup, and nothing in it reaches the terminal as a control sequence.
"""

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.terminal.controls import input_line, pressable
from bot.terminal.stand_in import Message

BAR = "▎ "
QUIET = Style(dim=True)
ACCENT = Style(color="cyan")

# Control characters but line feed and tab, and the marks that turn the reading direction around.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MENTION = re.compile(r"<(?!https?://)(?:[^<>|]*\|)?([^<>|]+)>")
_LINK = re.compile(r"<(?P<address>https?://[^<>|]+)(?:\|(?P<label>[^<>|]*))?>")
_STYLED = re.compile(r"(?<!\w)(?:\*(?P<bold>[^*\n]+)\*|_(?P<italic>[^_\n]+)_|`(?P<code>[^`\n]+)`)")
_STYLES = {"bold": "bold", "italic": "italic", "strike": "strike", "code": "cyan"}


@dataclass(frozen=True, slots=True)
class Hanging:
    """Words beside a margin: `first` stands by their first line, `rest` by those below it."""

    first: str
    rest: str
    words: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the wrapped lines, each with its margin."""
        narrow = options.update(width=max(1, options.max_width - len(self.first)))
        margin = self.first
        for line in console.render_lines(self.words, narrow, pad=False):
            yield Segment(margin, ACCENT)
            yield from line
            yield Segment.line()
            margin = self.rest


def buttons(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return what pressing the buttons of some messages sends, in the order they are drawn."""
    blocks = (block for message in messages for block in message.blocks)
    return [button for block in blocks for _label, button in pressable(block)]


def draw(messages: Sequence[Message]) -> Group:
    """Messages as Slack shows them, their buttons numbered from 1."""
    numbers = itertools.count(1)
    parts = [part for message in messages for part in _message(message, numbers)]
    return Group(*parts)


def clean(words: str) -> str:
    """Text that a terminal shows as it is."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)


def _message(message: Message, numbers: Iterator[int]) -> Iterator[RenderableType]:
    """Yield the line that says who sees it, then its blocks, or its text where it has none."""
    if message.ephemeral:
        yield Text("Only visible to you", QUIET)
    for place, block in enumerate(message.blocks):
        if place and block["type"] != "context":  # which belongs to what it stands below
            yield Text()
        yield from _block(block, numbers)
    if not message.blocks:
        yield _mrkdwn(message.text)
    yield Text()


def _block(block: dict[str, Any], numbers: Iterator[int]) -> Iterator[RenderableType]:
    """One block; a kind that this bot does not use is named rather than dropped."""
    match block["type"]:
        case "header":
            yield Text(clean(block["text"]["text"]), "bold")
        case "section":
            yield from map(_words, [block.get("text"), *block.get("fields", [])])
        case "markdown":
            yield Text(clean(block["text"]))
        case "context":
            yield _context(block["elements"])
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element)
        case "actions" | "context_actions":
            yield _actions(block, numbers)
        case "input":
            yield Text(clean(input_line(block)))
        case "divider":
            yield Text("───", QUIET)
        case other:
            yield Text(f"[{clean(other)}]", QUIET)


def _rich(element: dict[str, Any]) -> Iterator[RenderableType]:
    """Yield a paragraph, a quote behind its bar, or a list, of a `rich_text` block."""
    match element["type"]:
        case "rich_text_quote":
            yield Hanging(BAR, BAR, _inline(element["elements"]))
        case "rich_text_list":
            yield from _list(element)
        case _:
            yield _inline(element["elements"])


def _list(element: dict[str, Any]) -> Iterator[RenderableType]:
    """Yield a list's items, counted where it is ordered."""
    ordered = element["style"] == "ordered"
    for number, item in enumerate(element["elements"], 1 + element.get("offset", 0)):
        mark = f"{number:>2}. " if ordered else " • "
        yield Hanging(mark, " " * len(mark), _inline(item["elements"]))


def _inline(elements: Sequence[dict[str, Any]]) -> Text:
    """Return the elements of a paragraph, each in its style."""
    drawn = Text()
    for element in elements:
        words = element.get("text") or element.get("url") or _symbol(element)
        style = " ".join(_STYLES[name] for name, on in element.get("style", {}).items() if on)
        drawn.append(clean(words), style)
    return drawn


def _symbol(element: dict[str, Any]) -> str:
    """Return a reference to the one channel or the one person there is, or an emoji."""
    named = {"channel": "#podcast", "user": "@you"}
    return named.get(element["type"], f":{element.get('name', '?')}:")


def _words(text: dict[str, Any] | None) -> Text:
    """Return a text object; nothing for none."""
    if text is None:
        return Text()
    return _mrkdwn(text["text"]) if text["type"] == "mrkdwn" else Text(clean(text["text"]))


def _mrkdwn(source: str) -> Text:
    """Slack's own markup: mentions by their names, links, `*bold*`, `_italic_`, code."""
    words = _MENTION.sub(_reference, source)
    drawn, end = Text(), 0
    for found in _LINK.finditer(words):
        drawn.append_text(_styled(words[end : found.start()])).append_text(_link(found))
        end = found.end()
    return drawn.append_text(_styled(words[end:]))


def _link(link: re.Match[str]) -> Text:
    """Return a link's words and its address behind them, which both lead there if they can."""
    address, label = (
        clean(html.unescape(link["address"])),
        clean(html.unescape(link["label"] or "")),
    )
    return Text(" ".join(filter(None, (label, address))), Style(link=address))


def _styled(source: str) -> Text:
    words = clean(html.unescape(source))
    drawn, end = Text(), 0
    for found in _STYLED.finditer(words):
        style = found.lastgroup or ""
        drawn.append(words[end : found.start()]).append(found[style], _STYLES[style])
        end = found.end()
    return drawn.append(words[end:])


def _reference(link: re.Match[str]) -> str:
    """How a mention reads; the one person there is reads as `@you`."""
    return "@you" if link[1].startswith("@") else link[1]


def _context(elements: Sequence[dict[str, Any]]) -> Hanging:
    """Return the small grey line below something."""
    line = Text(" · ").join(_words(e) for e in elements if "text" in e)
    line.stylize(QUIET)
    indent = " " * len(BAR)
    return Hanging(indent, indent, line)


def _actions(block: dict[str, Any], numbers: Iterator[int]) -> Text:
    """Buttons, each with the number that presses it; the options of a menu are a line each."""
    labels = (
        Text(f"[{next(numbers)} {clean(label)}]", ACCENT) for label, _button in pressable(block)
    )
    menu = any(element["type"] == "static_select" for element in block["elements"])
    return Text("\n" if menu else "  ").join(labels)
