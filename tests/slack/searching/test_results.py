from collections.abc import Sequence

import pytest

from bot.answers import Answer, NoAnswer, Quote
from bot.episodes import Entry, Library
from bot.links import NO_LINKS, Links
from bot.slack.searching.results import MOST, search_results
from tests.slack.conftest import MakeQuote

PAGES = Links("https://pages.example.com", "public")
HEARD = {"audio": "https://cdn.example/2.mp3", "since": 5.0, "until": 9.5}
PAGE = "https://example.com/episodes/2"


def library(date: str | None = "2026-11-22", link: str | None = None) -> Library:
    """The one episode that quotes are made of."""
    entry = Entry("episode-02", "episode-02/transcript.md", 2, "T", "S", date=date, link=link)
    return Library((), entries=(entry,))


def answer(*quotes: Quote, further: Sequence[Quote] = (), sure: float = 1.0) -> Answer:
    return Answer("q", "quote", "", quotes, confidence=sure, further=tuple(further))


def many(make_quote: MakeQuote, count: int) -> list[Quote]:
    return [make_quote(f"Words {at}.", start=at, end=at + 8) for at in range(count)]


def test_shown_quotes_come_first_then_all_others_each_once(make_quote: MakeQuote) -> None:
    one, two, three, four = many(make_quote, 4)
    given = answer(one, two, three, further=(four, two), sure=0.9)
    words = [result["description"] for result in search_results(given, PAGES, library())]
    assert words == ["Words 0.", "Words 1.", "Words 2.", "Words 3."]


def test_a_definition_comes_before_its_explanation(make_quote: MakeQuote) -> None:
    row = make_quote(
        "Fetching first", speaker=None, label="RAG", heading="Key concepts", start=1, end=15
    )
    given = Answer("q", "definition", "", (row, make_quote()))
    first, second = search_results(given, PAGES, library())
    assert first["title"] == "RAG · Key concepts · Episode 2: Large Language Models"
    assert second["title"] == "Alex Chen · Episode 2: Large Language Models"


def test_a_list_stands_whole_up_to_what_slack_takes(make_quote: MakeQuote) -> None:
    items = many(make_quote, MOST + 10)
    given = Answer("q", "takeaways", "", tuple(items[:3]), items=tuple(items))
    results = search_results(given, PAGES, library())
    assert [one["description"] for one in results] == [one.text for one in items[:MOST]]


def test_what_is_declined_has_no_results(make_quote: MakeQuote) -> None:
    near = NoAnswer("q", "unknown", "The episode doesn't say.", near=(make_quote(),))
    assert search_results(near, PAGES, library()) == []


def test_a_link_leads_to_the_page_else_the_recording_else_the_episode(
    make_quote: MakeQuote,
) -> None:
    heard = make_quote(**HEARD)
    for quote, links, link in (
        (heard, PAGES, PAGES.to(heard)),
        (heard, NO_LINKS, "https://cdn.example/2.mp3#t=5,9.5"),
        (make_quote(), NO_LINKS, PAGE),
    ):
        [result] = search_results(answer(quote), links, library(link=PAGE))
        assert result["link"] == link
    assert search_results(answer(make_quote()), NO_LINKS, library()) == []


@pytest.mark.parametrize("date", [None, "", "2026-13-45", "last week"])
def test_without_a_day_that_there_is_there_is_no_result(
    make_quote: MakeQuote, date: str | None
) -> None:
    assert search_results(answer(make_quote()), PAGES, library(date)) == []


def test_without_words_or_without_its_episode_there_is_no_result(make_quote: MakeQuote) -> None:
    assert search_results(answer(make_quote("")), PAGES, library()) == []
    assert search_results(answer(make_quote(episode="gone")), PAGES, library()) == []


def test_a_reply_comes_with_the_question_before_it(make_quote: MakeQuote) -> None:
    asked = make_quote("Is it cheap?", speaker="Sam Rivera", start=80, end=92)
    [result] = search_results(answer(make_quote("It is.", context=asked)), PAGES, library())
    assert result["description"] == "It is."
    assert result["content"] == "Sam Rivera: “Is it cheap?”\nAlex Chen: “It is.”"


def test_names_and_titles_of_any_length_are_cut(make_quote: MakeQuote) -> None:
    long = make_quote(speaker="Ann " * 100, title="Word " * 200, heading="Part " * 200)
    [result] = search_results(answer(long), PAGES, library())
    assert len(result["title"]) < 300
