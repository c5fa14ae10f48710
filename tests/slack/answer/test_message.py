import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.answer.buttons import page_of
from bot.slack.answer.message import answer_message, help_message, shared_message
from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.message import MESSAGE_TEXT, Message, notice
from bot.slack.help import SUBCOMMANDS
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import MOST_TEXT, block_faults, text_length

Make = Callable[..., Quote]


def elements(message: Message, kind: str) -> list[dict[str, Any]]:
    """Every object of a type in a message's blocks, outermost first."""

    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if value.get("type") == kind:
                yield value
            value = list(value.values())
        if isinstance(value, list):
            for child in value:
                yield from walk(child)

    return list(walk(message["blocks"]))


def words(*nodes: dict[str, Any]) -> list[str]:
    """What stands in each of the nodes, put together."""
    return ["".join(element["text"] for element in node["elements"]) for node in nodes]


def check(message: Message) -> None:
    """Slack would take it, and nothing in it acts."""
    assert block_faults(message["blocks"]) == []
    assert text_length(message["blocks"]) <= MOST_TEXT
    assert 1 <= len(message["text"]) <= MESSAGE_TEXT
    mrkdwn = [message["text"], *(node["text"] for node in elements(message, "mrkdwn"))]
    for text in mrkdwn:
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text.replace("Shared by <@U1>", ""))
    assert all(node["emoji"] is False for node in elements(message, "plain_text"))
    json.dumps(message, ensure_ascii=False).encode()


def test_a_quote_stands_word_for_word_with_where_it_is_from(make_quote: Make) -> None:
    quote = make_quote("Don't say <!channel> & *never*.", label="RAG")
    message = answer_message(Answer("?", "definition", "Here it is:", (quote,)))
    check(message)
    assert words(*elements(message, "rich_text_quote")) == ["Don't say <!channel> & *never*."]
    assert words(*elements(message, "rich_text_section")) == ["Here it is:", "RAG"]
    [credit] = elements(message, "plain_text")
    assert credit["text"] == (
        "Alex Chen, Technical Expert · SEGMENT 3 · Episode 2: Large Language Models"
    )
    assert "Don't say &lt;!channel&gt; &amp; *never*." in message["text"]


def test_where_nobody_speaks_the_credit_names_nobody(make_quote: Make) -> None:
    quote = make_quote(speaker=None, role=None, segment="Reference sheet", title="Episode 2")
    [credit] = elements(answer_message(Answer("?", "definition", "", (quote,))), "plain_text")
    assert credit["text"] == "Reference sheet · Episode 2"


def test_the_question_before_a_quote_is_told_apart_from_it(make_quote: Make) -> None:
    context = make_quote("Why subwords?", speaker="Sam Rivera")
    message = answer_message(Answer("?", "quote", "", (make_quote(context=context),)))
    check(message)
    assert words(*elements(message, "rich_text_section")) == ["Sam Rivera asked: Why subwords?"]
    assert words(*elements(message, "rich_text_quote")) == ["RAG is your friend."]


def test_a_list_shows_all_its_items_and_what_they_have_in_common(make_quote: Make) -> None:
    items = tuple(make_quote(f"Number {n}", segment=f"SEGMENT {n}") for n in range(9))
    message = answer_message(Answer("?", "outline", "The segments:", items[:3], items))
    check(message)
    [listed] = elements(message, "rich_text_list")
    assert words(*listed["elements"]) == [f"Number {n}" for n in range(9)]
    [credit] = elements(message, "plain_text")
    assert credit["text"] == "Alex Chen, Technical Expert · Episode 2: Large Language Models"


def test_a_list_longer_than_a_message_says_how_much_is_left(make_quote: Make) -> None:
    items = tuple(make_quote("x" * 990, label=f"Term {n}") for n in range(20))
    message = answer_message(Answer("?", "terms", "", items[:3], items))
    check(message)
    [listed] = elements(message, "rich_text_list")
    assert len(listed["elements"]) == 9
    assert "… and 11 more" in words(*elements(message, "rich_text_section"))


def test_near_passages_are_headed_as_no_answer(make_quote: Make) -> None:
    reply = NoAnswer("?", "unknown", "It does not say.", (make_quote(),), ("define RAG",))
    message = answer_message(reply)
    check(message)
    sections = words(*elements(message, "rich_text_section"))
    assert sections[0] == "It does not say."
    assert "The nearest passages, which do not answer it:" in sections
    assert "define RAG" in sections
    assert words(*elements(message, "rich_text_quote")) == ["RAG is your friend."]


def test_the_share_button_carries_its_value(make_quote: Make) -> None:
    answer = Answer("?", "quote", "", (make_quote(),))
    assert elements(answer_message(answer), "button") == []
    message = answer_message(answer, share="x" * BUTTON_VALUE)
    check(message)
    [button] = elements(message, "button")
    assert button["value"] == "x" * BUTTON_VALUE
    assert button["text"]["text"] == "Share to channel"


def test_a_shared_answer_names_who_shared_it(make_quote: Make) -> None:
    message = shared_message(Answer("", "quote", "", (make_quote(),)), "U1", "a1")
    check(message)
    assert message["text"].endswith("\nShared by <@U1>")
    assert elements(message, "mrkdwn")[0]["text"] == "Shared by <@U1>"


def test_help_says_what_the_bot_is_and_lists_every_command() -> None:
    message = help_message("I am an automated bot.")
    check(message)
    assert message["text"].startswith("I am an automated bot.")
    [listed] = elements(message, "rich_text_list")
    shown = words(*listed["elements"])
    assert [line.split(" ", 1)[1] for line in shown] == [
        f"{usage}: {meaning}" for usage, meaning in SUBCOMMANDS.items()
    ]
    assert all(usage in message["text"] for usage in SUBCOMMANDS)


def test_what_the_answerer_calls_help_is_the_help_of_slack() -> None:
    assert answer_message(NoAnswer("help", "help", "Ask me.")) == help_message("Ask me.")


@pytest.mark.parametrize("text", ["<!channel>", "", "x" * 5_000])
def test_a_notice_is_a_message_as_any_other(text: str) -> None:
    check(notice(text))


texts = hostile_texts()
folders = st.from_regex(r"[\w-]{1,40}", fullmatch=True)
quotes = st.builds(
    Quote,
    text=texts,
    speaker=st.none() | texts,
    role=st.none() | texts,
    segment=texts,
    episode=folders,
    title=texts,
    source=st.just("transcript.md"),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    digest=st.just("0123456789ab"),
    label=st.none() | texts,
    position=st.none() | texts,
)
in_context = st.builds(
    lambda quote, context: replace(quote, context=context), quotes, st.none() | quotes
)


@given(
    st.builds(
        Answer,
        question=texts,
        kind=st.sampled_from(["definition", "quote", "takeaways", "outline", "terms"]),
        lead=texts,
        quotes=st.lists(in_context, min_size=1, max_size=3).map(tuple),
        items=st.lists(quotes, max_size=15).map(tuple),
        further=st.lists(quotes, max_size=6).map(tuple),
        history=st.lists(texts, max_size=2).map(tuple),
    )
)
def test_any_answer_is_a_message_that_slack_takes(answer: Answer) -> None:
    check(answer_message(answer, "a1", share="[]"))
    for number in (1, 2):
        if page := page_of(answer, number):
            check(answer_message(page, "a1", share="[]", page=number))
    check(shared_message(answer, "U1", "a1"))


@given(
    st.builds(
        NoAnswer,
        question=texts,
        kind=st.sampled_from(["unknown", "term", "smalltalk", "injection", "help"]),
        reply=texts,
        near=st.lists(in_context, max_size=4).map(tuple),
        suggestions=st.lists(texts, max_size=8).map(tuple),
    )
)
def test_any_refusal_is_a_message_that_slack_takes(answer: NoAnswer) -> None:
    check(answer_message(answer, "a1", human=True))
