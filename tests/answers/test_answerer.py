"""The one way through, with no, one and two episodes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer, NoAnswer, ready
from bot.answers.episode import about
from bot.episodes import Library, load
from bot.errors import UnreadableError
from bot.evaluation.questions import read_questions
from tests.answers.conftest import KNOWLEDGE

DEV = Path(__file__).parents[1] / "evaluation" / "dev.yaml"
COMMANDS = ("", "help", "hi", "takeaway 4", "takeaways", "segments", "terms", "who hosts?")
QUESTIONS = ("define RAG", "what is RAG?", "why do models hallucinate?", "episode 2", "why?")


def slugs(answer: Answer | NoAnswer) -> set[str]:
    assert isinstance(answer, Answer), answer
    return {quote.episode for quote in (*answer.quotes, *answer.items)}


@pytest.mark.parametrize("question", [*COMMANDS, *QUESTIONS])
def test_an_empty_library_answers_nothing_and_says_so(question: str) -> None:
    answer = Answerer(Library(())).ask(question, ["define RAG"])
    assert isinstance(answer, NoAnswer)
    assert "no episode yet" in answer.reply
    assert (answer.near, answer.suggestions) == ((), ())


def test_an_empty_library_quotes_nothing() -> None:
    assert Answerer(Library(())).quote("episode-02", "0" * 12, 0, 10) is None


def test_the_question_is_kept_as_it_was_asked(answerer: Answerer) -> None:
    for question in ("  Define RAG?! ", "TAKEAWAY 4", "hi", "x" * 5_000):
        assert answerer.ask(question).question == question


def test_an_unanswered_question_shows_near_passages_that_are_no_answer(
    declined: Callable[..., NoAnswer],
) -> None:
    answer = declined("what does a Copilot seat cost?")
    assert answer.kind == "unknown"
    assert 1 <= len(answer.near) <= 2


@pytest.mark.parametrize("name", ["costs?", "cost"])
def test_a_mere_name_is_answered_first_by_what_says_it(answerer: Answerer, name: str) -> None:
    answer = answerer.ask(name)
    assert isinstance(answer, Answer)
    assert "cost" in answer.quotes[0].text


def test_a_name_of_two_words_is_not_answered_by_what_says_one(
    declined: Callable[..., NoAnswer],
) -> None:
    assert declined("red teaming").reason == "below_threshold"


def test_an_answer_turn_that_leans_on_its_question_shows_it(
    answered: Callable[..., Answer],
) -> None:
    [first, *_] = answered("how many layers does a big LLM have?").quotes
    assert first.text.startswith("In a big LLM? 80 to 100 layers")
    assert first.context is not None
    assert first.context.text == "How many layers are we talking about?"
    assert first.context.speaker == "Sam Rivera"


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("how long does sourdough ferment?", "episode-03"),
        ("why does the crust need steam?", "episode-03"),
        ("define levain", "episode-03"),
        ("how often do models hallucinate on obscure topics?", "episode-02"),
        ("define RAG", "episode-02"),
    ],
)
def test_each_question_is_answered_by_the_episode_that_speaks_of_it(
    both: Answerer, question: str, slug: str
) -> None:
    answer = both.ask(question)
    assert isinstance(answer, Answer)
    assert answer.quotes[0].episode == slug


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("takeaways", "episode-03"),
        ("how long is the episode?", "episode-03"),
        ("who hosts?", "episode-03"),
        ("segments", "episode-03"),
        ("the last takeaway", "episode-03"),
        ("takeaways of episode 3", "episode-03"),
        ("takeaways of episode 2", "episode-02"),
        ("how long is episode 2?", "episode-02"),
        ("who hosts ep. 2?", "episode-02"),
        ("takeaway 8 of episode 2", "episode-02"),
    ],
)
def test_facts_are_of_the_newest_episode_unless_it_is_numbered(
    both: Answerer, question: str, slug: str
) -> None:
    assert slugs(both.ask(question)) == {slug}


def test_an_episode_that_is_not_there_is_declined_with_those_that_are(both: Answerer) -> None:
    answer = both.ask("takeaways of episode 7")
    assert isinstance(answer, NoAnswer)
    assert "2 and 3" in answer.reply


def test_help_names_every_episode(both: Answerer) -> None:
    answer = both.ask("help")
    assert isinstance(answer, NoAnswer)
    assert "Episode 2: Large Language Models Deep Dive" in answer.reply
    assert "Episode 3: Sourdough at Scale" in answer.reply


def test_a_second_episode_leaves_the_answers_of_the_first(
    answerer: Answerer, both: Answerer
) -> None:
    for question in ("define RAG", "define LLM", "takeaway 4 of episode 2"):
        one, two = answerer.ask(question), both.ask(question)
        assert isinstance(one, Answer)
        assert isinstance(two, Answer)
        assert two.quotes[0].show == "Tech Leadership Unpacked"  # the other is of another show
        assert one.quotes[0] == replace(two.quotes[0], one_of_several=False, show="")


@pytest.mark.slow
def test_eight_threads_get_the_answers_of_one(library: Library) -> None:
    asked = [(one.text, one.history) for one in read_questions(DEV)[::3]]
    single, shared = Answerer(library), Answerer(library)
    alone = [single.ask(*one) for one in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: shared.ask(*one), asked * 2))
    assert together == alone * 2


def test_the_same_question_gets_the_same_answer(answerer: Answerer, library: Library) -> None:
    other = ready(library, KNOWLEDGE)
    for question in (*COMMANDS, *QUESTIONS):
        assert answerer.ask(question) == other.ask(question) == answerer.ask(question)


def test_a_damaged_thesaurus_in_the_knowledge_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "thesaurus.yaml").write_text("just words", "utf-8")
    with pytest.raises(UnreadableError, match=r"thesaurus\.yaml"):
        ready(load(KNOWLEDGE), tmp_path)


@pytest.mark.parametrize(
    "piece", [" for a b", "what is ", "and ", "examples ", "tell me more ", "who said ", "a ", "= "]
)
def test_a_long_repetition_does_not_hold_the_bot(answerer: Answerer, piece: str) -> None:
    """A pattern that backtracks without bound would never come back from one of these."""
    assert answerer.ask("what is rag" + piece * 300 + " (").question


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x00", "\u202e", "\u200b"])
def test_what_nobody_sees_changes_no_answer(answerer: Answerer, mark: str) -> None:
    answer = answerer.ask(f"{mark}define {mark}RAG")
    assert answer.kind == "definition"


def test_a_line_break_parts_the_story_from_the_question(answerer: Answerer) -> None:
    assert answerer.ask("our release is late\nwhat is RAG").kind == "definition"


def test_an_episode_without_takeaways_is_not_read_for_them(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    [one] = library.episodes
    bare = replace(one, takeaways=())
    answerer = Answerer(Library([bare, replace(bare, slug="episode-03", number=3)]), at_once=0)
    monkeypatch.setattr(about, "Facts", None)  # what looks at an episode
    for asked in ("takeaways", "takeaway 4"):
        assert answerer.ask(asked).kind == "unknown"
