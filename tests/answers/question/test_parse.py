"""The question within a message, and what would answer it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.question.parse import Form, asks, parse


@pytest.mark.parametrize(
    ("message", "form"),
    [
        ("what is RAG?", Form.DEFINITION),
        ("what's a context window", Form.DEFINITION),
        ("define attention", Form.DEFINITION),
        ("what does RAG stand for", Form.DEFINITION),
        ("how many layers are there?", Form.NUMBER),
        ("how often does it happen", Form.NUMBER),
        ("what does it cost", Form.NUMBER),
        ("when did transformers appear", Form.TIME),
        ("who wrote it", Form.PERSON),
        ("why does it hallucinate", Form.REASON),
        ("how come it lies", Form.REASON),
        ("give me examples of tools", Form.EXAMPLE),
        ("what are the risks", Form.LIST),
        ("list the risks of agents", Form.LIST),
        ("how do we add filters", Form.METHOD),
        ("the steps of a retrieval", Form.METHOD),
        ("RAG vs fine-tuning", Form.COMPARISON),
        ("what is the difference between RAG and fine-tuning", Form.COMPARISON),
        ("which one do we take", Form.CHOICE),
        ("is it safe?", Form.CLOSED),
        ("can it browse the web", Form.CLOSED),
        ("context window", Form.KEYWORDS),
        ("privacy", Form.KEYWORDS),
        ("the long story of the model and its makers", Form.OPEN),
    ],
)
def test_a_question_has_a_form(message: str, form: Form) -> None:
    assert parse(message).form is form


@pytest.mark.parametrize(
    "message",
    [
        "what is rag?",
        "What is RAG?",
        "hey, what is RAG?",
        "Hi there! What is RAG?",
        "ok so, what is RAG?",
        "@llm what is RAG?",
        "quick question: what is RAG?",
        "Thanks, what is RAG?",
        "thank you! What is RAG?",
        "sorry, dumb question, what is RAG?",
        "good morning all, what is RAG?",
        "could you please tell me what is RAG?",
        "  what  is\nRAG?  ",
    ],
)
def test_greeting_and_courtesy_are_left_out(message: str) -> None:
    assert parse(message).core == "what is rag?"


@pytest.mark.parametrize(
    ("message", "core", "around"),
    [
        (
            "so i was in a meeting. my boss asked: what is RAG?",
            "what is rag?",
            "i was in a meeting my boss asked",
        ),
        (
            "we want to build a bot, but should we fine-tune?",
            "should we fine-tune?",
            "we want to build a bot",
        ),
        ("How long does training take? We have a deadline.", "how long does training take?",
         "we have a deadline"),
    ],
)  # fmt: skip
def test_the_story_around_a_question_is_set_apart(message: str, core: str, around: str) -> None:
    understood = parse(message)
    assert (understood.core, understood.around) == (core, around)


def test_a_message_that_asks_nothing_is_taken_whole() -> None:
    assert parse("Hallucinations. Verification.").core == "hallucinations verification"


@pytest.mark.parametrize("message", ["what's takeaway no. 4?", "how long is ep. 2?"])
def test_an_abbreviation_ends_no_clause(message: str) -> None:
    assert parse(message).core == message


@pytest.mark.parametrize("message", ["LLM meaning", "llm", "all eight"])
def test_a_word_that_may_be_a_greeting_is_kept_where_it_is_the_topic(message: str) -> None:
    assert parse(message).core == message.lower()


@pytest.mark.parametrize("message", ["what’s RAG", "what's RAG", "what\u00a0is RAG"])
def test_typographic_quotes_and_spaces_are_plain(message: str) -> None:
    assert parse(message).core in {"what's rag", "what is rag"}


@pytest.mark.parametrize("message", ["", "   ", "\n\t"])
def test_an_empty_message_has_an_empty_core(message: str) -> None:
    assert parse(message).core == ""


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_understood_somehow(message: str) -> None:
    understood = parse(message)
    assert understood.core == understood.core.lower()
    assert isinstance(understood.form, Form)


@given(st.text())
def test_what_is_asked_stays_in_the_core(message: str) -> None:
    assert parse(f"{message}. What is RAG?").core.endswith("what is rag?")


@pytest.mark.parametrize(
    "message",
    [
        "what is RAG",
        "why?",
        "tell me more",
        "more",
        "can you explain attention",
        "how does it work",
        "so what do we do",
        "is that right?",
        "an example please",
        "hi all, explain embeddings",
        "which one",
    ],
)
def test_what_asks_is_told_from_its_mark_or_its_opening(message: str) -> None:
    assert asks(message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "thanks!",
        "what a day",
        "how nice",
        "I agree with that.",
        "let's discuss tomorrow",
        "ok, got it",
        "when in doubt, ask",
        "stop",
        "that's what I said",
    ],
)
def test_what_people_say_to_each_other_asks_nothing(message: str) -> None:
    assert not asks(message)
