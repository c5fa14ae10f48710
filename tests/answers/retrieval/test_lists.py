"""Lists are answered with the list: its items in their order, each opening with its phrase."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Answerer, ready
from bot.answers.retrieval.enumerations import enumerations
from bot.answers.retrieval.lists import asks_for_several, opened_by
from bot.episodes import load
from bot.search.passages import Passage
from tests.answers.second_episode import METADATA, TRANSCRIPT

Ask = Callable[..., Answer]

PROMPTS = ["Be specific.", "Give examples.", "Use structured output formats.", "System prompts"]
TRENDS = ["Continued scaling", "Multimodality", "Longer context", "Domain-specific", "Reasoning"]


@pytest.mark.parametrize(
    ("question", "openings"),
    [
        ("what makes a good prompt?", PROMPTS),
        ("what are the big trends?", TRENDS),
        ("what are LLMs genuinely good at?", ["Natural language", "Code generation", "Knowledge"]),
        ("what are the limitations of LLMs?", ["Hallucinations", "Reasoning failures", "No real"]),
    ],
)
def test_a_question_for_several_things_is_answered_with_all_of_them(
    answered: Ask, question: str, openings: list[str]
) -> None:
    answer = answered(question)
    assert answer.kind == "list"
    assert answer.quotes == answer.items[:3]
    for item, opening in zip(answer.items, openings, strict=False):
        assert item.text.startswith(opening)


def test_the_items_of_a_list_keep_the_order_of_the_episode(answered: Ask) -> None:
    starts = [item.start for item in answered("what makes a good prompt?").items]
    assert starts == sorted(starts)


def test_the_lists_of_the_episode_are_found(pieces: tuple[Passage, ...]) -> None:
    found = list(enumerations(pieces))
    assert [len(one.items) for one in found] == [4, 4, 4, 4, 4, 5, 6, 8]
    for one in found:
        for number, first in one.items:
            span = pieces[number].sentences[first]
            assert "**" in pieces[number].episode.text[span.start : span.end]


def test_a_list_is_opened_by_the_question_that_leads_to_it(pieces: tuple[Passage, ...]) -> None:
    [prompts] = [one for one in enumerations(pieces) if "good prompt" in one.opening]
    assert "What makes a good prompt?" in prompts.opening


def test_no_passages_have_no_lists() -> None:
    assert list(enumerations([])) == []


def test_two_items_are_no_list(both: Answerer) -> None:
    answer = both.ask("why does the crust need steam?")
    assert answer.kind == "quote"


@pytest.mark.parametrize(
    "core",
    [
        "what are the risks",
        "list the trends",
        "which things should we worry about",
        "what makes a good prompt",
        "what were the reasons",
    ],
)
def test_a_plural_asks_for_several(core: str) -> None:
    assert asks_for_several(core)


@pytest.mark.parametrize("core", ["how does it work", "why", "define rag", "is it safe", ""])
def test_a_question_for_one_thing_asks_for_one(core: str) -> None:
    assert not asks_for_several(core)


def test_an_opening_that_says_little_of_a_question_opens_no_list_for_it() -> None:
    assert opened_by("A good prompt is…", "which prompt is good?") == 1.0
    assert opened_by("A good prompt is…", "which giraffes prompt?") == 0.5
    assert opened_by("A good prompt is…", "") == 0.0


BEES = """**NOOR:** Let me be fair to the insects.

**What bees are really skilled at:**

**Finding the way.** They read the sun and come home from miles away.

**Building with wax.** Their combs waste nothing.

**SAM:** My roof has some.

**NOOR:** Then you know. **Keeping warm** is another one. A cluster holds its heat all winter.

**SAM:** And where do they fail?

**NOOR:** **Cold rain** stops them. They stay at home for days.

There is one more matter. What beekeepers should never touch:

The brood in spring. It chills within minutes.

The queen. She is lost at once.

**SAM:** Why does the crust need steam?"""


@pytest.fixture(scope="module")
def bees(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """An answerer of an episode that announces two lists."""
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "episode-03").mkdir()
    transcript = TRANSCRIPT.replace("**SAM:** Why does the crust need steam?", BEES, 1)
    (folder / "episode-03" / "transcript.md").write_text(transcript, "utf-8")
    (folder / "episode-03" / "episode.yaml").write_text(METADATA, "utf-8")
    library = load(folder)
    assert library.faults == ()
    return ready(library, folder)


@pytest.mark.parametrize(
    ("question", "openings"),
    [
        ("what are bees skilled at?", ["Finding", "Building", "Keeping"]),
        ("What bees are skilled at", ["Finding", "Building", "Keeping"]),
        ("which things are bees really skilled at?", ["Finding", "Building", "Keeping"]),
        ("what should beekeepers never touch?", ["The brood", "The queen"]),
    ],
)
def test_what_the_transcript_announces_is_the_list_that_is_asked_for(
    bees: Answerer, question: str, openings: list[str]
) -> None:
    answer = bees.ask(question)
    assert answer.kind == "list"
    assert isinstance(answer, Answer)
    assert len(answer.items) == len(openings)
    for item, opening in zip(answer.items, openings, strict=True):
        assert opening in item.text


@pytest.mark.parametrize(
    "question",
    [
        "what are cats skilled at?",
        "what are bees not skilled at?",
        "why are bees skilled?",
        "are bees skilled?",
        "what should beekeepers touch?",
        "what is noor skilled at?",
    ],
)
def test_a_list_that_is_announced_answers_no_other_question(bees: Answerer, question: str) -> None:
    assert bees.ask(question).kind != "list"


@pytest.mark.parametrize(
    "question",
    ["what are LLMs good at?", "What LLMs are good at", "what are llms genuinely good at"],
)
def test_the_announced_list_of_the_episode_is_found(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "list"
    assert answer.items[0].text.startswith("Natural language understanding")
