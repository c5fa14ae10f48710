"""An answer as plain text."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answers import Answer, Answerer, NoAnswer, Quote, as_text, attribution
from bot.answers.model import Item

COMMANDS = (
    *("takeaway 4", "takeaways", "segments", "segment 3", "terms", "who hosts?", "define RAG"),
    *("how long is the episode?", "next episode", "what is the title?", "previous episode"),
    *("why do models hallucinate?", "what does a Copilot seat cost?", "hi", "define blockchain"),
)

QUOTE = Quote(
    text="So it is.",
    speaker="Alex Chen",
    role="Expert",
    segment="SEGMENT 1: ONE (2 minutes)",
    heading="One",
    episode="episode-01",
    title="Episode 1: Beginnings",
    source="episode-01/transcript.md",
    start=3,
    end=12,
    digest="0123456789ab",
    position="turn 3 of 9",
)
ROW = replace(QUOTE, text="A thing.", speaker=None, role=None, label="Term (Long Term)")
TAKEAWAY = replace(
    QUOTE, text="4. Be brief. Always.", item=Item(4, "Takeaway 4 of 8", "Be brief. Always.")
)


def test_a_quote_is_followed_by_who_says_it_and_where() -> None:
    assert as_text(Answer("Is it?", "quote", "", (QUOTE,))) == "“So it is.”\n— Alex Chen · One"


def test_quotes_are_parted_by_blank_lines_below_the_lead() -> None:
    answer = Answer("Is it?", "speaker", "Alex Chen said:", (QUOTE, ROW))
    whole = [
        "Alex Chen said:",
        "“So it is.”\n— Alex Chen · One",
        "Term (Long Term)\n“A thing.”\n— One",
    ]
    assert as_text(answer).split("\n\n") == whole
    assert as_text(answer, most=1).split("\n\n") == whole[:2]


def test_who_chose_stands_last_where_a_language_model_did() -> None:
    answer = Answer("Is it?", "quote", "", (QUOTE, ROW), chosen_by="gpt-x")
    for most in (1, 3):
        *_, last = as_text(answer, most).split("\n\n")
        assert last == "Chosen by gpt-x, quoted word for word."
    assert "Chosen" not in as_text(replace(answer, chosen_by=""))


def test_a_takeaway_alone_is_labelled_and_its_number_said_once() -> None:
    assert as_text(Answer("4?", "takeaway", "", (TAKEAWAY,))).splitlines() == [
        "Takeaway 4 of 8",
        "“Be brief. Always.”",
        "— Alex Chen · One",
    ]


def test_a_credit_says_file_and_line_where_they_are_wanted() -> None:
    timed = replace(QUOTE, since=754.0, until=760.0, line=9)
    answer = Answer("Is it?", "quote", "", (timed, replace(QUOTE, speaker=None, heading="")))
    assert as_text(answer, files=True).split("\n") == [
        "“So it is.”",
        "— Alex Chen · One · 12:34 · episode-01/transcript.md:9",
        "",
        "“So it is.”",
        "— episode-01/transcript.md",
    ]
    assert "transcript.md" not in as_text(answer)


def test_a_list_says_where_in_its_file_it_begins() -> None:
    items = (replace(ROW, line=7), replace(QUOTE, line=9))
    answer = Answer("All?", "terms", "", items[:1], items)
    assert as_text(answer, files=True).endswith("\n\n— One · episode-01/transcript.md:7")
    strangers = (*items, replace(QUOTE, source="episode-02/transcript.md"))
    assert as_text(replace(answer, items=strangers), files=True).endswith("\n\n— One")


def test_takeaways_are_a_numbered_list() -> None:
    answer = Answer("All?", "takeaways", "", (TAKEAWAY,), items=(TAKEAWAY, TAKEAWAY))
    assert as_text(answer, most=1).splitlines()[:2] == ["4. Be brief. Always."] * 2


def test_the_question_that_a_quote_answers_stands_before_it() -> None:
    asked = replace(QUOTE, speaker="Sam Rivera", text="Is it so?")
    text = as_text(Answer("Is it?", "quote", "", (replace(QUOTE, context=asked),)))
    assert text.splitlines()[:2] == ["Sam Rivera asked: “Is it so?”", "“So it is.”"]
    nobody = replace(QUOTE, context=replace(asked, speaker=None))
    assert as_text(Answer("Is it?", "quote", "", (nobody,))).startswith("Someone asked: “")


def test_a_list_is_written_item_by_item_and_attributed_once() -> None:
    answer = Answer("All?", "terms", "The terms:", (ROW,), items=(ROW, replace(QUOTE, text="B.")))
    assert as_text(answer) == ("The terms:\n\n• Term (Long Term): A thing.\n• B.\n\n— One")


def test_no_answer_is_one_sentence_and_one_line_of_what_is_near() -> None:
    other = replace(QUOTE, speaker="Sam Rivera")
    answer = NoAnswer("Is it?", "unknown", "It doesn't say.", (QUOTE, other, QUOTE))
    assert as_text(answer) == "It doesn't say.\n\nClosest: Alex Chen · One; Sam Rivera · One"
    offering = replace(answer, suggestions=("terms", "segments"))
    assert as_text(offering) == "It doesn't say.\n\nYou could ask: terms · segments"


def test_a_bare_refusal_is_its_reply() -> None:
    assert as_text(NoAnswer("Hm?", "smalltalk", "Hi!")) == "Hi!"


def test_a_credit_names_the_episode_only_among_several() -> None:
    assert attribution(QUOTE) == "Alex Chen · One"
    assert attribution(ROW) == "One"
    several = replace(QUOTE, one_of_several=True)
    assert attribution(several) == "Alex Chen · One · Episode 1: Beginnings"
    assert attribution(replace(QUOTE, speaker=None, heading="")) == ""


def test_a_list_is_credited_with_what_all_its_items_have_in_common(answerer: Answerer) -> None:
    assert as_text(answerer.ask("takeaways")).endswith("\n\n— Alex Chen · Practical takeaways")
    assert "—" not in as_text(answerer.ask("segments"))


def test_among_several_episodes_a_list_names_its_own(both: Answerer) -> None:
    *_, credit = as_text(both.ask("segments of episode 2")).splitlines()
    assert credit == "— Tech Leadership Unpacked, Episode 2: Large Language Models Deep Dive"


def test_segments_have_titles_in_sentence_case_with_their_minutes(answerer: Answerer) -> None:
    lines = as_text(answerer.ask("segments")).splitlines()
    assert "• Intro" in lines
    assert "3. How to actually build with LLMs (15 min)" in lines
    assert as_text(answerer.ask("segment 3")).splitlines() == [
        "Segment 3 of 7",
        "How to actually build with LLMs (15 min)",
    ]


@pytest.mark.parametrize("question", COMMANDS)
def test_no_credit_shows_internal_words_or_capitals(answerer: Answerer, question: str) -> None:
    shown = as_text(answerer.ask(question))
    assert not re.search(r"Header|episode-02|SEGMENT|turn \d|, Technical Expert ·", shown)


def test_a_quote_knows_how_far_in_it_stands(answered: Callable[..., Answer]) -> None:
    row, turn, *_ = answered("define RAG").quotes
    assert (row.position, turn.position) == ("entry 9 of 13", "turn 74 of 142")
