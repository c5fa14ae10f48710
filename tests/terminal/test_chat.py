import io
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answerer
from bot.slack import Services
from bot.storage import Store
from bot.terminal import StandIn, chat
from bot.terminal.conversation import Conversation

DEFINITION = "▎ Combining retrieved documents with generation"


def talk(answerer: Answerer, *lines: str) -> str:
    """What is shown for some lines from a pipe."""
    output = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    with closing(Store.open()) as store:
        chat(Services.of(answerer, store), typed, output)
    return output.getvalue()


def test_a_command_shows_the_definition_and_a_quote_for_this_person_alone(
    answerer: Answerer,
) -> None:
    shown = talk(answerer, "/llm define RAG")
    assert shown.startswith("> /llm define RAG\nOnly visible to you\n")
    assert DEFINITION in shown
    assert "  Alex Chen · How to actually build with LLMs" in shown
    assert shown.endswith(
        "[1 1 more quote]  [2 In context]  [3 Share…]\n\n[4 Helpful]  [5 Not helpful]\n\n"
    )


@pytest.mark.parametrize("line", ["define RAG", "@llm define RAG", "@LLM, define RAG"])
def test_questions_and_mentions_are_answered_for_all_to_see(answerer: Answerer, line: str) -> None:
    shown = talk(answerer, line)
    assert DEFINITION in shown
    assert "Only visible to you" not in shown


def test_a_number_presses_the_button_that_bears_it(answerer: Answerer) -> None:
    _, _, more = talk(answerer, "/llm define RAG", "1").partition("> 1\n")
    assert DEFINITION in more
    assert "RAG is your friend" in more
    assert "Only visible to you" in more


def test_a_number_without_a_button_is_a_message_like_any_other(answerer: Answerer) -> None:
    assert "No answer came" not in talk(answerer, "1", "/llm define RAG", "0", "4")


def test_a_mention_without_words_answers_the_last_question_above(answerer: Answerer) -> None:
    _, _, answer = talk(answerer, "@llm define RAG", "@llm").partition("> @llm\n")
    assert DEFINITION in answer


def test_a_command_that_slack_does_not_know_is_refused(answerer: Answerer) -> None:
    assert "not a valid command" in talk(answerer, "/llmx define RAG")


@pytest.mark.parametrize("farewell", ["exit", "quit", " QUIT "])
def test_a_farewell_ends_it(answerer: Answerer, farewell: str) -> None:
    assert talk(answerer, farewell, "define RAG") == f"> {farewell.strip()}\n"


def test_empty_lines_are_passed_over(answerer: Answerer) -> None:
    assert talk(answerer, "", "  ", "\t") == ""


def test_a_pipe_gets_whole_paragraphs_and_no_colours(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm takeaways")
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) > 100


@pytest.mark.parametrize(
    "line",
    [
        "<!channel> <@U1> <https://example.com|label> & &amp;",
        "[red]markup[/red] [/] [link=file:///etc/passwd]x",
        "`code` *bold* _italic_ ~strike~",
        "\x1b[2J\x1b]0;title\x07 what is RAG?",
        "\N{PILE OF POO} مرحبا \u202e txet \u0000",
        "what is " + "very " * 1_000 + "long?",
        "/llm " + "x" * 5_000,
        "1" * 5_000,
        "²",
        "@llm " + "\\" * 100,
        "%s %n {0} ${HOME} $(id)",
    ],
)
def test_hostile_lines_get_an_answer_and_nothing_to_the_terminal(
    answerer: Answerer, line: str
) -> None:
    shown = talk(answerer, line)
    assert "something went wrong" not in shown
    assert "No answer came" not in shown
    assert {c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_whatever_is_typed_the_bot_says_something(answerer: Answerer, line: str) -> None:
    with StandIn() as slack, closing(Store.open()) as store:
        assert Conversation(Services.of(answerer, store), slack).say(f"@llm {line}")


def test_a_thumb_stays_pressed_and_one_that_is_down_asks_why(answerer: Answerer) -> None:
    assert talk(answerer, "define RAG", "4").endswith("Your thumb is kept.\n\n")
    _, _, asked = talk(answerer, "define RAG", "5").partition("> 5\n")
    assert asked.startswith("Only visible to you\nWhat was wrong?\n")
    assert "Why did it not help?: ( ) It quotes the wrong passage" in asked
    assert "In Slack this opens as a form" in asked


def test_the_daily_takeaway_is_set_as_in_slack(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm daily", "/llm daily on 9:30 Tokyo", "/llm daily now")
    assert "Time zone: [Europe/Berlin]" in shown
    assert "is on for #podcast: on weekdays at 09:30 (Asia/Tokyo)" in shown
    assert "A preview for you alone" in shown
    assert "No answer came" not in shown


def test_more_quotes_come_and_the_first_ones_again(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm define RAG", "1", "1", "1")
    first, whole, further, back = shown.split("> ")[1:]
    assert "RAG is your friend" in whole
    assert "The next best quotes:" in further
    assert "[1 Back to first quotes]" in shown
    assert back.partition("\n")[2] == first.partition("\n")[2]


def test_the_turns_around_a_quote_are_paged_through(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm how do hallucinations happen?", "2", "2", "1")
    _, opened, later, earlier = shown.split("> ")[1:]
    assert "The quote:" in opened
    assert "Turns 40 to 42 of 142" in opened
    assert "Turns 43 to 45 of 142" in later
    assert earlier.partition("\n")[2] == opened.partition("\n")[2]


def test_sharing_shows_its_form(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm define RAG", "3")
    assert "Channel: [C0000000001]" in shown


def test_a_quiz_is_played_by_numbers(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm quiz", *["1"] * 9)  # five answers, and on to the next four times
    *steps, score = shown.split("> ")[1:]
    assert all("[1 " in step and "a number sends it" in step for step in steps)
    assert "of 5 right." in score


def test_an_episode_is_chosen_and_asked_by_the_next_line(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm episodes", "1", "what is tokenization?", "3", "/llm help")
    listed, form, asked, again, help_ = shown.split("> ")[1:]
    assert "There is one episode:" in listed
    assert "here, the next line fills it in" in form
    assert "Converting text into numerical tokens" in asked
    assert "here, the next line fills it in" in again
    assert "All commands" in help_


def test_what_is_wrong_with_a_form_is_said(answerer: Answerer) -> None:
    shown = talk(answerer, "/llm episodes", "1", "\u200b" * 3, "define RAG")
    assert "No answer came" not in shown
