"""Whether two questions mean the same: rather too few than one too many."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.encoder.encoder import Encoder
from bot.answers.question.parse import READ
from bot.answers.question.same import same_question, stands_alone

TRAIN = Path(__file__).parents[2] / "training/questions/train"
SAME = (
    ("what does GitHub Copilot cost per seat?", "how much does github copilot cost per seat"),
    ("how many attention heads are there in each layer?", "how many attention heads per layer?"),
    (
        "price per million tokens of GPT-4o-mini?",
        "what's the price per million tokens for GPT-4o-mini?",
    ),
    ("how do i build the slack bot step by step", "Step by step, how do I build the Slack bot?"),
    ("how long do i boil an egg for", "how long should I boil an egg?"),
    ("guest wifi password??", "what's the wifi password for guests"),
    ("center a div in css", "how do I center a div in CSS?"),
    ("which docs do we need for the visa", "Which documents do we need for the visa?"),
    ("what percentage of answers are hallucinated?", "what percent of answers are hallucinations"),
    ("Will we get AGI, and when?", "when will we get AGI"),
)
DIFFERENT = (
    ("is the train punctual", "is the bus punctual"),
    ("weather in berlin tomorrow?", "what's the weather in Hamburg tomorrow"),
    ("price per million tokens for gpt-4", "price per million tokens for GPT-4o-mini"),
    ("who approves travel above 500 euros", "who approves travel above 5000 euros"),
    ("is it safe to merge on fridays", "is it unsafe to merge on fridays"),
    ("can we use the library commercially", "can we not use the library commercially"),
    ("do all plans include support", "do plans include no support"),
    ("can I expense lunch", "should I expense lunch"),
    ("when is the summit", "when was the summit"),
    ("when is the summit", "where is the summit"),
    ("who made gatsby", "what is gatsby"),
    ("how do I turn the alarm on?", "how do I turn the alarm off?"),
    ("does sales report to finance", "does finance report to sales"),
    ("does Adam like how Cridland talks?", "does Cridland like how Adam talks?"),
    ("do we need a visa for Vietnam", "do we get a visa for Vietnam"),
    ("what is C++", "what is C"),
    ("what does plan S cost", "what does plan M cost"),
    ("what do we pay in the US", "what do we pay us"),
    ("how many dogs does Chris have", "how many dogs does Daniel have"),
    ("what is TJBot", "what is TJBot made of, and why?"),
    ("what is TJBot", "what is TJBot made of?"),
    ("when was the report published, please?", "where was the report published, please?"),
    ("how many languages do you speak, bot?", "what languages do you speak, bot"),
)


class Nowhere(Encoder):
    """An encoder that cannot run."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def minimal_pairs() -> Iterator[tuple[str, str]]:
    """Questions that differ by what matters, such as a name: one is answered, the other is not."""
    for path in sorted(TRAIN.rglob("*.jsonl")):
        pairs = defaultdict[str, list[str]](list)
        for line in path.read_text(encoding="utf-8").splitlines():
            written = json.loads(line)
            if "pair" in written:
                pairs[written["pair"]].append(written["question"])
        yield from ((one, other) for one, other, *_ in pairs.values())


@pytest.mark.parametrize(("asked", "known"), SAME)
def test_the_same_in_other_words_is_found(asked: str, known: str, encoder: Encoder) -> None:
    assert same_question(asked, [known], encoder) == 0


@pytest.mark.parametrize(("asked", "known"), DIFFERENT)
def test_another_question_is_not(asked: str, known: str, encoder: Encoder) -> None:
    assert same_question(asked, [known], encoder) is None
    assert same_question(known, [asked], encoder) is None


def test_no_minimal_pair_counts_as_the_same(encoder: Encoder) -> None:
    pairs = list(minimal_pairs())
    wrong = [(one, other) for one, other in pairs if same_question(one, [other], encoder) == 0]
    assert len(pairs) > 1_000
    assert wrong == []


def test_of_several_the_nearest_counts_and_of_equal_ones_the_first(encoder: Encoder) -> None:
    near = "what is the price of the meal plan"
    known = ["who is on call", "whats the price of that meal plan going", near, near]
    assert same_question("What is the price of the meal plan?", known, encoder) == 2


def test_without_the_encoder_only_equal_words_count() -> None:
    known = ["what does a seat cost", "What does a seat cost for us?"]
    assert same_question("What does a seat cost for us", known, Nowhere()) == 1
    assert same_question("what do seats cost", known, Nowhere()) is None


@pytest.mark.parametrize(
    "leaning",
    ["and what does it cost?", "why?", "is she married?", "what about tea?", "what is that", ""],
)
def test_what_leans_on_the_thread_is_the_same_as_nothing(leaning: str, encoder: Encoder) -> None:
    assert not stands_alone(leaning)
    assert same_question(leaning, [leaning], encoder) is None


@pytest.mark.parametrize(
    "question",
    [
        "what does IT support cost?",
        "who sponsors this podcast",
        "what uptime does OpenAI guarantee in its contract?",
    ],
)
def test_what_says_itself_what_it_is_about_stands_alone(question: str) -> None:
    assert stands_alone(question)


def test_nothing_known_is_the_same_as_nothing(encoder: Encoder) -> None:
    assert same_question("what does a seat cost?", [], encoder) is None


def test_a_long_message_is_read_no_further_than_any(encoder: Encoder) -> None:
    long = "what does a seat cost " + "in Rome or Paris " * READ
    assert same_question(long, [long], encoder) == 0
