"""`This episode`: that of the thread, else the newest; and what no other one can tell of it."""

import pytest

from bot.answers import Answer, Answerer, NoAnswer, ready
from bot.answers.question.parse import parse
from bot.answers.question.this_episode import asks_of_itself, says_this, without_source
from bot.episodes import load
from tests.fakes.shows import GARDEN, KITCHEN, write_shows


@pytest.mark.parametrize(
    "core",
    [
        "when was this episode recorded?",
        "is this episode on spotify",
        "what does the episode say about bees?",
        "what was said in today's episode",
        "how long is the ep",
        "is the episode on spotify?",
        "who speaks in this week's episode",
        "in this episode, how hot should the water be?",
    ],
)
def test_the_one_episode_that_somebody_has_in_mind_is_meant(core: str) -> None:
    assert says_this(parse(core))


@pytest.mark.parametrize(
    "core",
    [
        "which episode is about bees?",
        "what did they say in the episode about bees?",
        "in the bees episode, what was said?",
        "is there an episode on tea",
        "what is said in the episode on tea?",
        "what is said in the episode discussing tea?",
        "what was that in the episode I missed?",
        "what do bees like?",
        "",
    ],
)
def test_what_says_which_episode_it_is_or_none_is_not(core: str) -> None:
    assert not says_this(parse(core))


@pytest.mark.parametrize(
    "message",
    [
        "when was this episode recorded?",
        "when does this episode air?",
        "is the episode out yet?",
        "is the episode on spotify? got a link",
        "when did you publish this episode",
        "who sponsors this episode?",
        "is there a video of this episode",
        "how many downloads did the episode get",
    ],
)
def test_what_is_true_of_one_episode_alone_is_asked_of_itself(message: str) -> None:
    assert asks_of_itself(parse(message))


@pytest.mark.parametrize(
    "message",
    [
        "what does the episode say about bees?",
        "when was the first song recorded?",
        "what does this episode say about code reviews?",
        "what does the episode say about published benchmarks?",
        "why are outputs rated by people according to this episode?",
        "what are their views on open source in this episode?",
        "what link does the episode draw between cost and latency?",
        "what release process does the episode recommend?",
    ],
)
def test_what_is_said_in_it_is_not(message: str) -> None:
    assert not asks_of_itself(parse(message))


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("what do bees like according to the episode?", "what do bees like?"),
        ("What do bees like, as told in this Episode", "What do bees like"),
        ("in the episode: what do bees like?", "what do bees like?"),
        ("what was cut from the show?", "what was cut from the show?"),
        ("what's in this episode?", "what's in this episode?"),
        ("in this episode", "in this episode"),
        ("what was said in the episode about bees?", "what was said in the episode about bees?"),
        ("who is on the show?", "who is on the show?"),
        ("what  do bees like  in the episode ?", "what  do bees like  ?"),
    ],
)
def test_where_something_is_said_is_no_part_of_what_is_asked(message: str, rest: str) -> None:
    assert without_source(message) == rest


@pytest.fixture(scope="module")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("shows")
    write_shows(folder)
    return ready(load(folder), folder)


def episodes(answer: Answer | NoAnswer) -> set[str]:
    assert isinstance(answer, Answer), answer.reply
    return {quote.episode for quote in answer.quotes}


HOT = "how hot should the water for green tea be according to this episode?"
OF_KITCHEN, OF_GARDEN = "how long do you knead a sourdough?", "when do you prune a rose?"


def test_outside_of_a_thread_it_is_the_newest(shows: Answerer) -> None:
    assert shows.entries[-1].slug == "garden-7"
    assert episodes(shows.ask(HOT)) == {"garden-7"}


def test_in_a_channel_of_a_show_it_is_the_newest_of_that(shows: Answerer) -> None:
    assert episodes(shows.ask(HOT, show=KITCHEN)) == {"kitchen-3"}


@pytest.mark.parametrize("show", ["", KITCHEN, GARDEN])
@pytest.mark.parametrize(
    "question",
    [HOT, "in this episode, how hot should the water for tea be?", "how long is this episode?"],
)
@pytest.mark.parametrize(
    ("before", "episode"), [(OF_KITCHEN, "kitchen-3"), (OF_GARDEN, "garden-7")]
)
def test_in_a_thread_it_is_the_one_that_was_quoted_whichever_show_is_preferred(
    before: str, episode: str, question: str, show: str, shows: Answerer
) -> None:
    assert episodes(shows.ask(question, [before], show=show)) == {episode}


def test_two_that_are_named_by_number_are_both_looked_in(shows: Answerer) -> None:
    answer = shows.ask("how hot is the tea water in episode 3 and episode 7?", [OF_KITCHEN])
    assert episodes(answer) == {"kitchen-3", "garden-7"}


def test_why_according_to_it_is_still_a_why(shows: Answerer) -> None:
    topic = shows.topic("why according to this episode?", [OF_KITCHEN])
    assert topic
    assert topic.asked == "why? long knead sourdough"


def test_what_the_newest_does_not_say_another_one_may(shows: Answerer) -> None:
    answer = shows.ask("how long do you knead a sourdough according to the episode?")
    assert isinstance(answer, Answer)
    assert answer.quotes[0].episode == "kitchen-3"


def test_in_a_thread_no_other_one_answers(shows: Answerer) -> None:
    answer = shows.ask("does this episode say when to prune a rose?", [OF_KITCHEN])
    assert isinstance(answer, NoAnswer)
    assert answer.reply == "“Episode 3: Tea, Bread & Pasta” doesn't say."


@pytest.mark.parametrize(
    ("show", "title"), [("", "Roses"), (KITCHEN, "Tea, Bread"), (GARDEN, "Roses")]
)
def test_what_is_asked_of_itself_no_other_one_answers(
    show: str, title: str, shows: Answerer
) -> None:
    answer = shows.ask("when was this episode recorded?", show=show)
    assert isinstance(answer, NoAnswer)
    assert title in answer.reply
