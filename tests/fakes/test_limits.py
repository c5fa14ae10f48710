import pytest

from tests.fakes.limits import block_faults, view_faults

Json = dict[str, object]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(**fields: object) -> Json:
    return {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"} | fields


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(**fields: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x"}} | fields


def quote(*elements: Json) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": list(elements)}],
    }


def text(words: str) -> Json:
    return {"type": "text", "text": words}


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": plain("x" * 150)},
        section(text={"type": "mrkdwn", "text": "x" * 3000}),
        section(fields=[plain("x" * 2000)] * 10),
        section(accessory=button(text=plain("x" * 75), value="x" * 2000)),
        {"type": "context", "elements": [plain("x")] * 10},
        actions(*(button(action_id=str(n)) for n in range(25))),
        {"type": "markdown", "text": "x" * 12_000},
        quote(text("one"), {"type": "text", "text": "two", "style": {"bold": True}}),
    ],
)
def test_a_block_at_its_limits_passes(block: Json) -> None:
    assert block_faults([block]) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "bogus"},
        {"text": plain("no type")},
        {"type": "divider", "colour": "red"},
        {"type": "header", "text": plain("x" * 151)},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header", "text": plain("")},
        {"type": "section"},
        section(text={"type": "mrkdwn", "text": "x" * 3001}),
        section(text={"type": "mrkdwn", "text": "x", "emoji": True}),
        section(fields=[plain("x")] * 11),
        section(fields=[plain("x" * 2001)]),
        section(block_id="x" * 256),
        section(accessory=button(text=plain("x" * 76))),
        {"type": "context", "elements": []},
        {"type": "context", "elements": [plain("x")] * 11},
        {"type": "context", "elements": [plain("x" * 3001)]},
        {"type": "context", "elements": [button()]},
        actions(*(button(action_id=str(n)) for n in range(26))),
        actions(button(), button()),
        actions(button(action_id="x" * 256)),
        actions(button(value="x" * 2001)),
        actions(button(text={"type": "mrkdwn", "text": "x"})),
        actions(button(color="red")),
        {"type": "markdown", "text": "x" * 12_001},
        quote(),
        quote(text("")),
        quote({"type": "rich_text_section", "elements": [text("nested")]}),
        quote({"type": "text", "text": "x", "colour": "red"}),
        {"type": "rich_text", "elements": [text("bare")]},
        {"type": "rich_text", "elements": []},
    ],
)
def test_a_block_past_its_limits_is_refused(block: Json) -> None:
    assert block_faults([block])


def test_a_message_holds_fifty_blocks() -> None:
    assert block_faults([{"type": "divider"}] * 50) == []
    assert block_faults([{"type": "divider"}] * 51) == ["no more than 50 items allowed [blocks]"]


def test_markdown_counts_over_the_whole_message() -> None:
    assert block_faults([{"type": "markdown", "text": "x" * 6_001}] * 2)


def test_a_block_id_stands_once_in_a_message() -> None:
    assert block_faults([{"type": "divider", "block_id": "a"}] * 2)


@pytest.mark.parametrize("blocks", ["[]", {"type": "divider"}, ["divider"]])
def test_blocks_are_a_list_of_objects(blocks: object) -> None:
    assert block_faults(blocks) == ["blocks is no list of objects"]


def option(text: str, value: str = "v") -> Json:
    return {"text": plain(text), "value": value}


def form(*elements: Json, **fields: object) -> Json:
    inputs = [
        {"type": "input", "block_id": str(at), "label": plain("Label"), "element": element}
        for at, element in enumerate(elements)
    ]
    titled = {"type": "modal", "title": plain("Title"), "submit": plain("Send")}
    return {**titled, "blocks": inputs, **fields}


ONE_OF_TWO: Json = {"type": "radio_buttons", "options": [option("A", "a"), option("B", "b")]}
GROUPED: Json = {
    "type": "static_select",
    "option_groups": [
        {"label": plain(f"Group {at}"), "options": [option("x", f"{at}.{n}") for n in range(100)]}
        for at in range(100)
    ],
}
CHANNEL: Json = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}


@pytest.mark.parametrize(
    "view",
    [
        form({"type": "plain_text_input", "multiline": True, "max_length": 3000}),
        form({"type": "timepicker", "initial_time": "23:59"}, CHANNEL),
        form(ONE_OF_TWO | {"initial_option": option("B", "b")}, GROUPED),
        form(title=plain("x" * 24), private_metadata="x" * 3000, callback_id="x" * 255),
        {"type": "home", "blocks": []},
    ],
)
def test_a_view_at_its_limits_passes(view: Json) -> None:
    assert view_faults(view) == []


@pytest.mark.parametrize(
    "view",
    [
        form(title=plain("x" * 25)),
        form(title={"type": "mrkdwn", "text": "x"}),
        form(submit=plain("x" * 25)),
        form(close=plain("x" * 25)),
        form(private_metadata="x" * 3001),
        form(callback_id="x" * 256),
        form(blocks=[{"type": "divider"}] * 101),
        form(blocks=[{"type": "markdown", "text": "x"}]),
        form(blocks=[{"type": "context_actions", "elements": []}]),
        {key: value for key, value in form(CHANNEL).items() if key != "submit"},
        form({"type": "timepicker", "initial_time": "9:00"}),
        form({"type": "radio_buttons", "options": []}),
        form({"type": "radio_buttons", "options": [option("x" * 76)]}),
        form({"type": "radio_buttons", "options": [option("A", str(n)) for n in range(11)]}),
        form({"type": "radio_buttons", "options": [option("A"), option("B")]}),
        form(ONE_OF_TWO | {"initial_option": option("C", "c")}),
        form(
            {
                "type": "static_select",
                "option_groups": [{"label": plain("x" * 76), "options": [option("x")]}],
            }
        ),
        form(
            {
                "type": "static_select",
                "option_groups": [
                    {"label": plain("x"), "options": [option("x", str(n)) for n in range(101)]}
                ],
            }
        ),
    ],
)
def test_a_view_past_its_limits_is_refused(view: Json) -> None:
    assert view_faults(view)


def thumb(text: str = "Helpful", value: str = "1", label: str = "It helped") -> Json:
    return {"text": plain(text), "value": value, "accessibility_label": label}


def thumbs(**changed: object) -> Json:
    buttons = {"positive_button": thumb(), "negative_button": thumb()}
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": "t"} | buttons | changed],
    }


def test_thumbs_at_their_limits_pass() -> None:
    assert block_faults([thumbs(positive_button=thumb("x" * 75, "x" * 2000, "x" * 75))]) == []


@pytest.mark.parametrize(
    "block",
    [
        thumbs(positive_button=thumb(text="x" * 76)),
        thumbs(negative_button=thumb(value="x" * 2001)),
        thumbs(negative_button=thumb(label="x" * 76)),
        {"type": "context_actions", "elements": [button()]},
        {"type": "context_actions", "elements": []},
    ],
)
def test_thumbs_past_their_limits_are_refused(block: Json) -> None:
    assert block_faults([block])
