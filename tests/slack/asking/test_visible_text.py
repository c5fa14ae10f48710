"""The words of a message as a person sees them, wherever Slack puts them."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.asking.message_text import asked_in
from bot.slack.asking.visible_text import own_text, shared_text

BOT = "U0000000BOT"
QUESTION = "what is RAG & why?"
MARKED = "what is RAG &amp; why?"
PLACEHOLDER = "This content can't be displayed."


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


WORDS = {"type": "text", "text": QUESTION}
BLOCKS = [
    rich(WORDS),
    rich(WORDS, kind="rich_text_quote"),
    rich(WORDS, kind="rich_text_preformatted"),
    rich({"type": "rich_text_section", "elements": [WORDS]}, kind="rich_text_list"),
    rich({"type": "text", "text": "what is "}, {"type": "text", "text": "RAG & why?"}),
    rich({"type": "link", "url": "https://example.com", "text": QUESTION}),
    {"type": "section", "text": {"type": "mrkdwn", "text": MARKED}},
    {"type": "section", "text": {"type": "plain_text", "text": QUESTION}},
    {"type": "section", "fields": [{"type": "mrkdwn", "text": MARKED}]},
    {"type": "header", "text": {"type": "plain_text", "text": QUESTION}},
    {"type": "context", "elements": [{"type": "image"}, {"type": "mrkdwn", "text": MARKED}]},
    {"type": "markdown", "text": MARKED},
    {"type": "table", "rows": [[{"type": "raw_text", "text": QUESTION}]]},
    {"type": "table", "rows": [[rich(WORDS)]]},
]


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("text", ["", None, " ", PLACEHOLDER, "This content can’t be displayed."])
def test_blocks_are_read_where_the_text_says_nothing(
    block: dict[str, Any], text: str | None
) -> None:
    assert asked_in({"text": text, "blocks": [{"type": "divider"}, block]}, BOT) == QUESTION


def test_the_text_is_read_where_there_is_one() -> None:
    assert own_text({"text": "what is RAG?", "blocks": [rich(WORDS)]}) == "what is RAG?"


@pytest.mark.parametrize(
    "attachment",
    [
        {"text": MARKED},
        {"text": MARKED, "fallback": "[1 June] Sam: …", "is_share": True},
        {"text": PLACEHOLDER, "blocks": [rich(WORDS)]},
        {"fallback": PLACEHOLDER, "message_blocks": [{"message": {"blocks": [rich(WORDS)]}}]},
        {"blocks": [rich(WORDS)], "is_share": True},
        {"pretext": MARKED},
        {"title": MARKED},
        {"fields": [{"title": MARKED}]},
        {"fields": [{"value": MARKED}]},
        {"fallback": MARKED},
        {"attachments": [{"text": MARKED}]},
    ],
)
def test_what_is_forwarded_is_read_where_the_message_says_nothing(
    attachment: dict[str, Any],
) -> None:
    for own in ({}, {"text": ""}, {"text": f"<@{BOT}>"}, {"text": PLACEHOLDER}):
        assert asked_in({**own, "attachments": [attachment]}, BOT) == QUESTION


FORWARDED = {"text": "what is takeaway 4?", "is_share": True}
UNFURLED = {"text": "Buy what is new", "from_url": "https://example.com"}


@pytest.mark.parametrize(
    ("own", "attachments", "asked"),
    [
        ("what is RAG good for?", [FORWARDED], "what is RAG good for?"),
        ("thoughts?", [FORWARDED], "thoughts?\nwhat is takeaway 4?"),
        ("I wonder about this", [FORWARDED], "I wonder about this\nwhat is takeaway 4?"),
        ("I read https://example.com", [UNFURLED], "I read https://example.com"),
        ("", [UNFURLED], "Buy what is new"),
        ("", [{"text": PLACEHOLDER, "fallback": PLACEHOLDER}], ""),
        ("", [], ""),
    ],
)
def test_what_is_forwarded_is_read_beside_words_that_do_not_ask_themselves(
    own: str, attachments: list[dict[str, Any]], asked: str
) -> None:
    assert asked_in({"text": own, "attachments": attachments}, BOT) == asked


def test_mentions_and_names_in_blocks_are_markup_and_words_are_none() -> None:
    block = rich(
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "text", "text": " <@U2>"},
        {"type": "user", "user_id": "U3> <@U4"},
    )
    expected = "<@U1><#C1><!subteam^S1><!here>:tada: &lt;@U2&gt;"
    assert own_text({"blocks": [block]}) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "type text elements blocks fields attachments message message_blocks rows".split()
            ),
            inner
            | st.sampled_from(
                "rich_text rich_text_section section header context table link user text".split()
            ),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON, JSON, JSON)
def test_no_payload_breaks_it(text: Any, blocks: Any, attachments: Any) -> None:
    message = {"text": text, "blocks": blocks, "attachments": attachments}
    assert isinstance(own_text(message), str)
    assert isinstance(shared_text(message, links=True), str)


def test_blocks_in_blocks_and_attachments_in_attachments_end_somewhere() -> None:
    block: dict[str, Any] = rich(WORDS)
    attachment: dict[str, Any] = {"text": ""}
    for _ in range(500):
        block = {"type": "rich_text_list", "elements": [block]}
        attachment = {"attachments": [attachment, attachment]}
    began = time.perf_counter()
    assert asked_in({"blocks": [block], "attachments": [attachment]}, BOT) == ""
    assert time.perf_counter() - began < 5
