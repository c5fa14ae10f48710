import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, NoAnswer, Quote
from bot.answers.model import Item
from bot.links import Links
from bot.slack.answer.buttons import ASK_HUMAN, NEAREST, SUGGESTED, Nearest
from bot.slack.answer.message import (
    answer_message,
    help_message,
    nearest_message,
    page_message,
    shared_message,
)
from bot.slack.answer.pages import page_of
from bot.slack.blocks.message import MESSAGE_TEXT, Message, notice
from bot.slack.blocks.ways import Ways
from bot.slack.help import EXAMPLES, SUBCOMMANDS
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import MOST_TEXT, block_faults, text_length, view_faults

# What the episode that comes with the bot surely answers.
ANSWERED = ("what are the takeaways?", "define RAG", "segments")

Make = Callable[..., Quote]
TITLE = {"type": "plain_text", "text": "Title", "emoji": False}
# As long an address as the settings may hold.
PAGES = Ways(
    Links(f"https://{'pages.' * 30}example.com", "signed", ["0123456789abcdef"]), files=True
)
LED = re.compile(r"<https://[^<>|\s]+\|(?:Read in context|▶ [\d:]+)>")


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
    # Of addresses there are those of people's words alone, which a long name may cut.
    theirs = re.sub(r"https://(?:example\.com|\S*…)", "", message["text"])
    assert "https://" not in theirs
    mrkdwn = [message["text"], *(LED.sub("", one["text"]) for one in elements(message, "mrkdwn"))]
    for text in mrkdwn:
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text.replace("Shared by <@U1>", ""))
    assert all(node["emoji"] is False for node in elements(message, "plain_text"))
    json.dumps(message, ensure_ascii=False).encode()


def test_a_quote_stands_word_for_word_with_where_it_is_from(make_quote: Make) -> None:
    quote = make_quote(
        "Don't say <!channel> & *never*.", label="RAG", heading="How to build with LLMs"
    )
    message = answer_message(Answer("?", "definition", "Here it is:", (quote,)))
    check(message)
    assert words(*elements(message, "rich_text_quote")) == ["Don't say <!channel> & *never*."]
    assert words(*elements(message, "rich_text_section")) == ["Here it is:", "RAG"]
    [credit] = elements(message, "plain_text")
    assert credit["text"] == "Alex Chen · How to build with LLMs"
    assert "Don't say &lt;!channel&gt; &amp; *never*." in message["text"]


def test_every_quote_leads_to_its_page_and_its_recording(make_quote: Make) -> None:
    found = tuple(
        make_quote(
            f"Quote {n}", start=n, end=n + 1, since=60.0 * n, audio="https://a.example/2.mp3"
        )
        for n in range(3)
    )
    message = answer_message(Answer("?", "quote", "", found, confidence=0.5), "a1", ways=PAGES)
    check(message)
    shown = [one["text"] for one in elements(message, "mrkdwn")]
    assert [re.findall(r"at=(\d)-|▶ (\d)", one) for one in shown] == [
        [(str(n), ""), ("", str(n))] for n in range(3)
    ]
    assert message["text"].count("Read in context · ▶ ") == 3


def test_an_address_is_signed_for_each_answer_anew(make_quote: Make) -> None:
    """What is drawn once is remembered, and an address that has ended must not come back."""
    answer = Answer("?", "quote", "", (make_quote(),))
    keys = (["first key"], ["second key"])
    drawn = [
        answer_message(answer, ways=Ways(Links("https://p.example", "signed", key))) for key in keys
    ]
    first, second = (elements(one, "mrkdwn")[0]["text"] for one in drawn)
    assert first.partition("&amp;s=")[0] == second.partition("&amp;s=")[0]
    assert first != second
    assert elements(answer_message(answer), "mrkdwn") == []


def test_a_list_leads_to_its_first_item(make_quote: Make) -> None:
    items = tuple(make_quote(f"Number {n}", start=n, end=n + 1) for n in range(9))
    answer = Answer("?", "takeaways", "", items[:3], items)
    for message in (answer_message(answer, ways=PAGES), shared_message(answer, "U1", "a", PAGES)):
        check(message)
        links, *_ = elements(message, "mrkdwn")
        assert "at=0-1&amp;" in links["text"]


@pytest.mark.parametrize("model", ["gpt-x", "<!channel> *m*", "m" * 900])
def test_a_grey_line_below_the_quotes_names_the_language_model_that_chose_them(
    make_quote: Make, model: str
) -> None:
    found = tuple(make_quote(f"Quote {n}", start=n, end=n + 1) for n in range(4))
    answer = Answer("?", "quote", "", found[:3], further=found[3:], confidence=0.9, chosen_by=model)
    more = page_of(answer, 1)
    assert more
    for message in (answer_message(answer, "a1"), page_message(answer, more, "a1")):
        check(message)
        credit = message["blocks"][-3]  # below it are the buttons and the thumbs
        [line] = credit["elements"]
        assert (credit["type"], line["type"]) == ("context", "plain_text")
        name = model if len(model) <= 100 else f"{model[:99]}…"
        assert line["text"] == f"Chosen by {name}, quoted word for word."
    assert "Chosen by" not in str(answer_message(replace(answer, chosen_by=""), "a1"))


def test_where_nobody_speaks_the_credit_names_nobody(make_quote: Make) -> None:
    quote = make_quote(speaker=None, role=None, heading="Reference sheet")
    [credit] = elements(answer_message(Answer("?", "definition", "", (quote,))), "plain_text")
    assert credit["text"] == "Reference sheet"


def test_nothing_of_the_transcripts_own_bookkeeping_is_shown(make_quote: Make) -> None:
    quote = make_quote(segment="SEGMENT 3: (15 minutes)", position="turn 3 of 142", heading="Three")
    shown = str(answer_message(Answer("?", "quote", "", (quote,))))
    header = make_quote(speaker=None, role=None, segment="Header", label="Duration")
    shown += str(answer_message(Answer("?", "duration", "", (header,))))
    values = re.sub(r"'value': '[^']*'", "", shown)
    assert not re.search(r"SEGMENT|turn \d|Header|episode-02|Technical Expert", values)


def test_the_question_before_a_quote_is_told_apart_from_it(make_quote: Make) -> None:
    context = make_quote("Why subwords?", speaker="Sam Rivera")
    message = answer_message(Answer("?", "quote", "", (make_quote(context=context),)))
    check(message)
    assert words(*elements(message, "rich_text_section")) == ["Sam Rivera asked: Why subwords?"]
    assert words(*elements(message, "rich_text_quote")) == ["RAG is your friend."]


def test_a_list_shows_all_its_items_and_what_they_have_in_common(make_quote: Make) -> None:
    items = tuple(make_quote(f"Number {n}", heading=f"Segment {n}") for n in range(9))
    message = answer_message(Answer("?", "outline", "The segments:", items[:3], items))
    check(message)
    [listed] = elements(message, "rich_text_list")
    assert words(*listed["elements"]) == [f"Number {n}" for n in range(9)]
    [credit] = elements(message, "plain_text")
    assert credit["text"] == "Alex Chen"


def item(number: int | None, text: str, lead: str = "") -> Item:
    return Item(number, f"Takeaway {number} of 8" if number else None, text, lead)


def test_slack_numbers_a_list_and_the_opening_of_each_item_is_bold(make_quote: Make) -> None:
    one = make_quote(
        "1. Plan ahead. Then act.", item=item(1, "Plan ahead. Then act.", "Plan ahead.")
    )
    two = make_quote("2. Check.", item=item(2, "Check."))
    message = answer_message(Answer("?", "takeaways", "", (one, two), (one, two)))
    check(message)
    [listed] = elements(message, "rich_text_list")
    assert (listed["style"], listed.get("offset")) == ("ordered", None)
    assert words(*listed["elements"]) == ["Plan ahead. Then act.", "Check."]
    assert listed["elements"][0]["elements"][0]["style"] == {"bold": True}
    assert message["text"].startswith("1. Plan ahead. Then act.\n2. Check.")


def test_what_has_no_number_has_a_point_and_the_count_goes_on_after_a_gap(
    make_quote: Make,
) -> None:
    numbers = (None, 1, 2, 5)
    items = tuple(make_quote(f"n{n}", item=item(n, f"Number {n}")) for n in numbers)
    message = answer_message(Answer("?", "outline", "", items[:3], items))
    check(message)
    shown = [(one["style"], one.get("offset", 0)) for one in elements(message, "rich_text_list")]
    assert shown == [("bullet", 0), ("ordered", 0), ("ordered", 4)]
    assert message["text"].startswith("• Number None\n1. Number 1\n2. Number 2\n5. Number 5")


def test_a_takeaway_alone_is_called_by_its_number_and_does_not_repeat_it(make_quote: Make) -> None:
    quote = make_quote("4. Plan ahead.", item=item(4, "Plan ahead.", "Plan ahead."))
    message = answer_message(Answer("?", "takeaway", "", (quote,)))
    assert words(*elements(message, "rich_text_section")) == ["Takeaway 4 of 8"]
    assert words(*elements(message, "rich_text_quote")) == ["Plan ahead."]


def test_a_heading_in_other_letters_is_not_marked_as_a_quotation(make_quote: Make) -> None:
    quote = make_quote("SEGMENT 3: ONE (5 minutes)", item=item(3, "One (5 min)"))
    message = answer_message(Answer("?", "outline", "", (quote,)))
    assert elements(message, "rich_text_quote") == []
    assert "One (5 min)" in words(*elements(message, "rich_text_section"))


def test_a_list_longer_than_a_message_says_how_much_is_left(make_quote: Make) -> None:
    items = tuple(make_quote("x" * 990, label=f"Term {n}") for n in range(20))
    message = answer_message(Answer("?", "terms", "", items[:3], items))
    check(message)
    [listed] = elements(message, "rich_text_list")
    assert len(listed["elements"]) == 9
    assert "… and 11 more" in words(*elements(message, "rich_text_section"))


def labels(message: Message) -> list[str]:
    return [button["text"]["text"] for button in elements(message, "button")]


def test_a_sure_answer_shows_one_quote_and_a_button_for_the_others(make_quote: Make) -> None:
    found = tuple(make_quote(f"Quote {n}", start=n, end=n + 1) for n in range(3))
    sure = answer_message(Answer("?", "quote", "", found, confidence=0.99), "a1")
    assert words(*elements(sure, "rich_text_quote")) == ["Quote 0"]
    assert labels(sure) == ["2 more quotes", "Share…"]
    unsure = answer_message(Answer("?", "quote", "", found, confidence=0.5), "a1")
    assert len(elements(unsure, "rich_text_quote")) == 3
    assert labels(unsure) == ["Share…"]


def test_no_answer_is_a_sentence_a_line_and_buttons(make_quote: Make) -> None:
    near = (make_quote(heading="Two"), make_quote(heading="Three", start=1))
    reply = NoAnswer("cost?", "unknown", "It does not say.", near)
    message = answer_message(reply, "a1", human=True)
    check(message)
    assert message["text"] == "It does not say.\nClosest: Two; Three"
    assert elements(message, "rich_text_quote") == []
    assert labels(message) == ["Show the 2 nearest passages", "Ask a human"]
    assert labels(answer_message(reply, "a1")) == ["Show the 2 nearest passages"]


def test_near_passages_are_headed_as_no_answer(make_quote: Make) -> None:
    message = nearest_message(Nearest("a1", "cost?", []), [make_quote()], human=True)
    check(message)
    assert "which do not answer it:" in words(*elements(message, "rich_text_section"))[0]
    assert words(*elements(message, "rich_text_quote")) == ["RAG is your friend."]
    assert labels(message) == ["Ask a human"]


def test_the_nearest_terms_are_buttons_that_ask() -> None:
    suggestions = ("define Fine-tuning", "define AI Agent")
    message = answer_message(NoAnswer("?", "term", "Not defined.", (), suggestions), "a1")
    check(message)
    assert message["text"] == "Not defined."
    asked = {one["text"]["text"]: one["value"] for one in elements(message, "button")}
    assert asked == {
        "Fine-tuning": "define Fine-tuning",
        "AI Agent": "define AI Agent",
        "All terms": "terms",
    }
    assert {one["action_id"] for one in elements(message, "button")} <= set(SUGGESTED)


def test_the_nearest_command_stays_words() -> None:
    message = answer_message(NoAnswer("?", "unknown", "No.", (), ("/llm takeaways",)))
    assert message["text"] == "No.\nDid you mean `/llm takeaways`?"
    assert labels(message) == []


def test_in_a_modal_more_can_be_shown_and_nothing_is_shared_or_judged(make_quote: Make) -> None:
    found = tuple(make_quote(start=n, end=n + 1, position="turn 1 of 9") for n in range(3))
    answer = Answer("?", "quote", "", found, confidence=0.99)
    message = answer_message(answer)
    assert labels(message) == ["2 more quotes", "In context"]
    assert view_faults({"type": "modal", "title": TITLE, "blocks": message["blocks"]}) == []


def test_a_shared_answer_names_who_shared_it(make_quote: Make) -> None:
    message = shared_message(Answer("", "quote", "", (make_quote(),)), "U1", "a1")
    check(message)
    assert message["text"].endswith("\nShared by <@U1>")
    assert elements(message, "mrkdwn")[0]["text"] == "Shared by <@U1>"


def test_help_gives_four_examples_first_then_every_command() -> None:
    message = help_message("I am an automated bot.", ANSWERED)
    check(message)
    assert message["text"].startswith("I am an automated bot.")
    examples, listed = elements(message, "rich_text_list")
    assert words(*examples["elements"]) == list(EXAMPLES)
    assert len(EXAMPLES) == 4
    shown = words(*listed["elements"])
    assert [line.split(" ", 1)[1] for line in shown] == [
        f"{usage}: {meaning}" for usage, meaning in SUBCOMMANDS.items()
    ]


def test_what_the_answerer_calls_help_is_the_help_of_slack() -> None:
    reply = NoAnswer("help", "help", "Ask me.", suggestions=ANSWERED)
    assert answer_message(reply) == help_message("Ask me.", ANSWERED)


def test_help_leaves_out_what_a_library_has_nothing_for() -> None:
    message = help_message("I am an automated bot.", ["segments"])
    check(message)
    examples, listed = elements(message, "rich_text_list")
    assert words(*examples["elements"]) == ["/llm segments"]
    shown = str(words(*listed["elements"]))
    assert "/llm segments" in shown
    for absent in ("define", "takeaway", "terms", "quiz"):
        assert f"/llm {absent}" not in shown


@pytest.mark.parametrize("text", ["<!channel>", "", "x" * 5_000])
def test_a_notice_is_a_message_as_any_other(text: str) -> None:
    check(notice(text))


texts = hostile_texts()
items = st.builds(
    Item,
    number=st.none() | st.integers(-1, 10**6),
    label=st.none() | texts,
    text=texts,
    lead=texts,
)
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
    heading=texts,
    item=st.none() | items,
    one_of_several=st.booleans(),
    since=st.none() | st.floats(0, 10**6),
    audio=st.none() | texts.map("https://audio.example.com/{}".format),
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
        confidence=st.floats(0, 1),
        further=st.lists(quotes, max_size=6).map(tuple),
        history=st.lists(texts, max_size=2).map(tuple),
        chosen_by=st.just("") | texts,
    )
)
def test_any_answer_is_a_message_that_slack_takes(answer: Answer) -> None:
    for ways in (Ways(), PAGES):
        check(answer_message(answer, "a1", ways=ways))
        for number in range(1, 4):
            for below in (True, False):
                if page := page_of(answer, number, below=below):
                    check(page_message(answer, page, "a1", ways=ways))
        check(shared_message(answer, "U1", "a1", ways))
        check(nearest_message(Nearest("a1", "?", []), answer.quotes, ways=ways))


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
    message = answer_message(answer, "a1", human=True)
    check(message)
    assert {one["action_id"] for one in elements(message, "button")} <= {
        NEAREST,
        ASK_HUMAN,
        *SUGGESTED,
    }
