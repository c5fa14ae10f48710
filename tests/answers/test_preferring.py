"""Questions of a channel that prefers a show: its episodes are looked in first."""

import pytest

from bot.answers import Answer, Answerer, ready
from bot.episodes import load
from tests.fakes.shows import GARDEN, KITCHEN, write_shows

BOTH_SAY = "how hot should the water be for green tea?"


@pytest.fixture(scope="module")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("shows")
    write_shows(folder)
    return ready(load(folder), folder)


def told(answerer: Answerer, question: str, *history: str, show: str = "") -> Answer:
    answer = answerer.ask(question, history, show=show)
    assert isinstance(answer, Answer), answer.reply
    return answer


@pytest.mark.parametrize(("show", "episode"), [(KITCHEN, "kitchen-3"), (GARDEN, "garden-7")])
def test_what_several_shows_say_is_quoted_from_the_one_that_is_preferred(
    show: str, episode: str, shows: Answerer
) -> None:
    answer = told(shows, BOTH_SAY, show=show)
    assert {quote.episode for quote in answer.quotes} == {episode}
    assert answer.show == show


@pytest.mark.parametrize("show", ["", KITCHEN, GARDEN, "A show that has gone"])
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how long do you knead a sourdough?", "twelve minutes"),
        ("when do you prune a rose?", "forsythia"),
    ],
)
def test_what_one_show_alone_says_is_quoted_whichever_is_preferred(
    question: str, words: str, show: str, shows: Answerer
) -> None:
    assert words in told(shows, question, show=show).quotes[0].text


def test_an_episode_that_is_named_counts_whichever_show_is_preferred(shows: Answerer) -> None:
    answer = told(shows, f"{BOTH_SAY[:-1]} in episode 7?", show=KITCHEN)
    assert answer.quotes[0].episode == "garden-7"


def test_the_newest_is_that_of_the_show(shows: Answerer) -> None:
    question = "how hot should the water be for green tea in the newest episode?"
    assert told(shows, question, show=KITCHEN).quotes[0].episode == "kitchen-3"
    assert told(shows, question, show=GARDEN).quotes[0].episode == "garden-7"


@pytest.mark.parametrize(("show", "speaker"), [(KITCHEN, "Ada Park"), (GARDEN, "Bo Lind")])
def test_a_thread_goes_on_where_its_questions_were_answered(
    show: str, speaker: str, shows: Answerer
) -> None:
    assert told(shows, "who said that?", BOTH_SAY, show=show).quotes[0].speaker == speaker
    answer = told(shows, "and why is that?", BOTH_SAY, show=show)
    assert {quote.show for quote in answer.quotes} == {show}


def test_a_thread_of_one_episode_stays_in_it(shows: Answerer) -> None:
    answer = shows.ask("and why is that?", [BOTH_SAY], "kitchen-3")
    assert isinstance(answer, Answer)
    assert {quote.episode for quote in answer.quotes} == {"kitchen-3"}


@pytest.mark.parametrize("named", ["in episode 7?", "in garden-7?"])
def test_an_episode_that_is_named_is_asked_in_place_of_the_threads(
    named: str, shows: Answerer
) -> None:
    answer = shows.ask(f"{BOTH_SAY[:-1]} {named}", (), "kitchen-3")
    assert isinstance(answer, Answer)
    assert {quote.episode for quote in answer.quotes} == {"garden-7"}


@pytest.mark.parametrize("end", ["?", " in episode 3?", " in the newest one?"])
def test_otherwise_the_threads_episode_is_asked(end: str, shows: Answerer) -> None:
    answer = shows.ask(f"{BOTH_SAY[:-1]}{end}", (), "kitchen-3")
    found = answer.quotes if isinstance(answer, Answer) else answer.near  # its episode, sure or not
    assert {quote.episode for quote in found} == {"kitchen-3"}


def test_what_is_no_question_is_met_as_ever(shows: Answerer) -> None:
    assert shows.ask("hello!", show=KITCHEN).kind == shows.ask("hello!").kind == "smalltalk"


def test_what_nobody_says_is_declined_for_all(shows: Answerer) -> None:
    answer = shows.ask("who won the world cup?", show=KITCHEN)
    assert not isinstance(answer, Answer)
    assert answer.reply == "None of the 2 episodes says."


def test_three_quotes_at_most_stand_for_an_episode_each_of_it(shows: Answerer) -> None:
    quotes = shows.gist("garden-7")
    assert 1 <= len(quotes) <= 3
    assert {quote.episode for quote in quotes} == {"garden-7"}
    assert shows.gist("gone") == ()


def test_asked_of_one_episode_heard_is_what_is_said_in_it(shows: Answerer) -> None:
    found = {}
    for episode in ("kitchen-3", "garden-7"):
        topic = shows.topic("how long do you knead?", episode=episode)
        assert topic
        found[episode] = {term.word: term.heard for term in topic.terms}
    assert found["kitchen-3"]["knead"]
    assert not found["garden-7"]["knead"]
