import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.terminal import Message
from bot.terminal.drawing import buttons, draw


def shown(*blocks: dict[str, Any], ephemeral: bool = False, text: str = "", width: int = 40) -> str:
    """What a message looks like where there is no colour."""
    console = Console(file=io.StringIO(), width=width, highlight=False, emoji=False, markup=False)
    with console.capture() as capture:
        console.print(draw([Message(text, blocks, ephemeral)]))
    return "\n".join(line.rstrip() for line in capture.get().rstrip("\n").splitlines())


def rich_text(kind: str, *elements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    element = {"type": kind, "elements": list(elements)} | fields
    return {"type": "rich_text", "elements": [element]}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str) -> dict[str, Any]:
    return {"type": "button", "action_id": label, "text": {"type": "plain_text", "text": label}}


def test_a_quote_stands_behind_a_bar_on_every_line() -> None:
    quote = rich_text("rich_text_quote", words("one two three four five"))
    assert shown(quote, width=12) == "▎ one two\n▎ three four\n▎ five"


def test_the_items_of_a_list_hang_below_each_other() -> None:
    items = [{"elements": [words(text)]} for text in ("one two three", "four")]
    counted = rich_text("rich_text_list", *items, style="ordered")
    assert shown(counted, width=12) == " 1. one two\n    three\n 2. four"
    dotted = rich_text("rich_text_list", *items, style="bullet")
    assert shown(dotted, width=40) == " • one two three\n • four"


def test_the_context_is_set_in_right_below_what_it_belongs_to() -> None:
    quote = rich_text("rich_text_quote", words("So it is."))
    context = {"type": "context", "elements": [{"type": "plain_text", "text": "Alex, engineer"}]}
    drawn = "▎ So it is.\n  Alex, engineer"
    assert shown(quote, context, quote, context) == f"{drawn}\n\n{drawn}"


def test_what_one_person_sees_says_so() -> None:
    assert shown(mrkdwn("hello"), ephemeral=True) == "Only visible to you\nhello"


def test_a_message_without_blocks_shows_its_text() -> None:
    assert shown(text="a &lt;b&gt;") == "a <b>"


def test_headers_dividers_and_unknown_blocks_are_drawn() -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "Title"}}
    unknown = {"type": "video"}
    assert shown(header, {"type": "divider"}, unknown) == "Title\n\n───\n\n[video]"


def test_slacks_markup_is_read_as_slack_shows_it() -> None:
    source = "*bold* _italic_ `code` &lt;b&gt; <@U1> <#C1|podcast> snake_case_name"
    assert shown(mrkdwn(source), width=90) == "bold italic code <b> @you podcast snake_case_name"


def test_a_link_is_its_words_and_its_address_as_it_is() -> None:
    address = "https://example.com/_a_/*b*.mp3?x=1&amp;y=2#t=754,760"
    drawn = shown(mrkdwn(f"*see* <{address}|▶ 12:34> · <https://example.com>"), width=120)
    assert drawn == (
        "see ▶ 12:34 https://example.com/_a_/*b*.mp3?x=1&y=2#t=754,760 · https://example.com"
    )


def test_where_a_terminal_can_follow_links_it_may() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, legacy_windows=False)
    with console.capture() as capture:
        console.print(draw([Message("<https://example.com|here>", [], ephemeral=False)]))
    assert ";https://example.com\x1b\\" in capture.get()


def test_what_stands_side_by_side_in_the_context_is_parted() -> None:
    names = [{"type": "plain_text", "text": one} for one in ("Alex", "talk.vtt:9")]
    assert shown({"type": "context", "elements": names}) == "  Alex · talk.vtt:9"


def test_no_entity_brings_back_what_is_taken_out() -> None:
    assert shown(mrkdwn("&#x202e;a <https://example.com/&#x202e;|&#x202e;b>")) == (
        "\N{REPLACEMENT CHARACTER}a \N{REPLACEMENT CHARACTER}b "
        "https://example.com/\N{REPLACEMENT CHARACTER}"
    )


def test_buttons_are_numbered_through_all_messages() -> None:
    messages = [
        Message(
            "", [{"type": "actions", "elements": [button("Share to channel")]}], ephemeral=True
        ),
        Message(
            "", [{"type": "actions", "elements": [button("One"), button("Two")]}], ephemeral=False
        ),
    ]
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as capture:
        console.print(draw(messages))
    assert "[1 Share to channel]" in capture.get()
    assert "[2 One]  [3 Two]" in capture.get()
    assert [b["action_id"] for b in buttons(messages)] == ["Share to channel", "One", "Two"]


@pytest.mark.parametrize("text", ["[red]not red[/red]", "[/]", ":smile:", "[link=x]y"])
def test_nothing_in_a_text_is_markup_for_rich(text: str) -> None:
    assert shown(rich_text("rich_text_section", words(text))) == text


@given(st.text(max_size=60))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    drawn = shown(rich_text("rich_text_quote", words(text)), mrkdwn(text), text=text, width=30)
    controls = {c for c in drawn if unicodedata.category(c) in {"Cc", "Cs"}}
    assert controls <= {"\n", "\t"}


def test_escape_sequences_and_turned_text_are_neutralised() -> None:
    hostile = "\x1b[31mred\x1b]0;title\x07\x9b2J\u202eturned"
    drawn = shown(rich_text("rich_text_section", words(hostile)))
    assert drawn == "�[31mred�]0;title��2J�turned"


@pytest.mark.parametrize("width", [3, 5, 20])
def test_the_narrowest_terminal_loses_no_word(width: int) -> None:
    drawn = shown(rich_text("rich_text_quote", words("abcdefgh ijkl")), width=width)
    assert "".join(c for c in drawn if c.isalpha()) == "abcdefghijkl"


def test_a_person_reads_as_the_one_who_is_there() -> None:
    user = {"type": "user", "user_id": "U1"}
    assert shown(rich_text("rich_text_section", user, words(" asked:"))) == "@you asked:"


THUMB_UP = {"text": {"type": "plain_text", "text": "Helpful"}, "value": "up"}
THUMB_DOWN = {"text": {"type": "plain_text", "text": "Not helpful"}, "value": "down"}
THUMBS = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "thumbs",
            "positive_button": THUMB_UP,
            "negative_button": THUMB_DOWN,
        }
    ],
}


def test_thumbs_are_buttons_that_can_be_pressed() -> None:
    message = Message(
        "", [{"type": "actions", "elements": [button("Share")]}, THUMBS], ephemeral=True
    )
    assert shown(*message.blocks) == "[1 Share]\n\n[2 Helpful]  [3 Not helpful]"
    _, *thumbs = buttons([message])
    assert thumbs == [
        {"type": "feedback_buttons", "action_id": "thumbs", "value": value}
        for value in ("up", "down")
    ]


def option(text: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text}, "value": text}


@pytest.mark.parametrize(
    ("element", "drawn"),
    [
        ({"type": "plain_text_input"}, "Label: []"),
        ({"type": "timepicker", "initial_time": "09:00"}, "Label: [09:00]"),
        ({"type": "static_select", "initial_option": option("UTC")}, "Label: [UTC]"),
        (
            {
                "type": "radio_buttons",
                "options": [option("One"), option("Two")],
                "initial_option": option("Two"),
            },
            "Label: ( ) One  (x) Two",
        ),
    ],
)
def test_an_input_is_drawn_with_what_stands_in_it(element: dict[str, Any], drawn: str) -> None:
    label = {"type": "plain_text", "text": "Label"}
    assert shown({"type": "input", "label": label, "element": element}) == drawn
