"""Names and numbers of a question that a passage lacks."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Answerer, NoAnswer
from bot.answers.language.spelling import Vocabulary
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.language.word_frequencies import background
from bot.answers.question.names import Known, marks, missing_names, proper_names
from bot.answers.question.parse import parse
from bot.answers.question.terms import EMPTY_WORDS, Clues

SAID = "The trial of phase 1 used Gemini and GPT-4. In 2017 vitamin C was cheap for a new customer."
LIBRARY = f"{SAID} Elsewhere we ran Mistral, a bus and a chatbot."


@pytest.fixture(scope="module")
def missing() -> Callable[[str], tuple[str, ...]]:
    """Returns what a question names and the passage lacks."""
    vocabulary = Vocabulary([LIBRARY], background(), EMPTY_WORDS)
    clues = Clues(vocabulary, Thesaurus({}), background(), names=["Alex"], concepts=frozenset())

    known = Known(background(), proper_names(LIBRARY, background()), marks(LIBRARY))

    def of(message: str) -> tuple[str, ...]:
        question = parse(message)
        return missing_names(question, clues.of(question), SAID, known)

    return of


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("what did phase 2 find?", "phase 2"),
        ("is GPT-5 slow?", "gpt-5"),
        ("is gpt5 slow?", "gpt5"),
        ("what does vitamin d cost?", "vitamin d"),
        ("what happened in 2019?", "2019"),
        ("is Mistral cheap?", "mistral"),
        ("is the trial HIPAA compliant?", "hipaa"),
        ("did Nietzsche like the trial?", "nietzsche"),
        ("does the trial use langchain?", "langchain"),
    ],
)
def test_a_name_or_number_that_the_passage_lacks_is_told(
    missing: Callable[[str], tuple[str, ...]], question: str, lacking: str
) -> None:
    assert lacking in missing(question)


@pytest.mark.parametrize(
    "question",
    [
        "what did phase 1 find?",
        "is GPT-4 slow?",
        "what does vitamin C cost?",
        "what happened in 2017?",
        "is gemini cheap?",
        "is it good for our DPO?",
        "should we call the bot Emma?",
        "as GC, should I worry about the trial?",
        "We are a Dutch insurer. Is it cheap?",
        "what do I need by Monday?",
        "what drvies the trial?",
        "WHY IS THE TRIAL CHEAP?",
        "what did Alex say about the trial?",
        "are there 3 things to know?",
        "why is it so expensive?",
    ],
)
def test_nothing_is_missing_where_a_question_names_nothing_else(
    missing: Callable[[str], tuple[str, ...]], question: str
) -> None:
    assert missing(question) == ()


def test_names_are_what_a_text_writes_with_a_capital_inside_its_sentences() -> None:
    text = "Mistral is ours. We like Mistral and OpenAI. LLMs use APIs. Cheap models are cheap."
    assert proper_names(text, background()) == {"mistral", "openai"}


@pytest.mark.parametrize(
    "question",
    [
        "Does Alex recommend LangChain or some other agent framework?",
        "what's the exact context window of Gemini?",
        "is HIPAA compliance possible with these APIs?",
        "is GPT-7 slow?",
    ],
)
def test_a_passage_about_something_else_is_no_answer(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert isinstance(answer, NoAnswer)
    assert answer.reason == "missing_name"


def test_a_passage_that_has_the_name_still_answers(answerer: Answerer) -> None:
    assert isinstance(answerer.ask("is GPT-4 slow?"), Answer)
    assert isinstance(answerer.ask("what about GDPR?"), Answer)
