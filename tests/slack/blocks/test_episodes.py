"""Lists of episodes, and quotes from episodes with long names."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Quote
from bot.episodes import Entry
from bot.episodes.names import cut, episode_name
from bot.slack.answer.buttons import CONTEXT, MORE, SHARE
from bot.slack.answer.message import answer_message
from bot.slack.answer.thumbs import decode_thumb, thumbs
from bot.slack.blocks.credits import short_credit
from bot.slack.blocks.episodes import episodes_message, key_of, picked
from bot.slack.blocks.message import CREDIT
from tests.fakes.hostile import HOSTILE, HOSTILE_LONG
from tests.fakes.limits import block_faults

Make = Callable[..., Quote]
SLUG = "shows/" + "ü" * 194


def entry(number: int, **fields: str) -> Entry:
    given = {"title": "Bread", "show": "A show"} | fields
    return Entry(f"e/{number}", "e.md", number, given["title"], given["show"], fields.get("date"))


@pytest.mark.parametrize("words", [*HOSTILE, *HOSTILE_LONG])
@pytest.mark.parametrize("count", [0, 1, 10, 11, 250])
def test_whatever_they_are_called_slack_takes_the_list(words: str, count: int) -> None:
    entries = [entry(n, title=words, show=f"{n % 2}{words}", date=words) for n in range(count)]
    for page in (1, 2, 25, 1_000):
        assert block_faults(episodes_message(entries, page)["blocks"]) == []


def test_an_option_stands_for_its_episode_as_long_as_it_is_there() -> None:
    one, other = entry(1), Entry(SLUG, "e.md", None, "Bread", "")
    assert picked(key_of(other), [one, other]) == other
    assert picked(key_of(other), [one]) is None


@pytest.mark.parametrize(
    ("title", "show", "name"),
    [
        ("Bread", "A show", "A show, Episode 1: Bread"),
        ("Bread", "", "Episode 1: Bread"),
        ("Bread", "A show of a long name", "A show of a long…, Episode 1: Bread"),
        ("Bread and more of it", "A show of a name", "A show of a…, Episode 1: Bread and…"),
    ],
)
def test_a_name_says_both_show_and_episode_where_there_is_little_room(
    title: str, show: str, name: str
) -> None:
    assert episode_name(entry(1, title=title, show=show), 36, show=True) == name


@pytest.mark.parametrize(
    ("words", "most", "shown"), [("bread", 5, "bread"), ("x" * 9, 5, "xxxx…"), ("a b c", 4, "a…")]
)
def test_words_are_cut_between_words(words: str, most: int, shown: str) -> None:
    assert cut(words, most) == shown


def test_a_long_name_does_not_hide_the_time(make_quote: Make) -> None:
    quote = make_quote(
        speaker="s" * 200,
        heading="h " * 100,
        title="t " * 100,
        show="w " * 100,
        since=3_723.0,
        one_of_several=True,
    )
    assert len(short_credit(quote)) <= CREDIT
    assert short_credit(quote).endswith(" · 1:02:03")


def test_quotes_of_three_episodes_with_long_names_have_all_their_buttons(make_quote: Make) -> None:
    quotes = tuple(
        make_quote(episode=f"{n}{SLUG[1:]}", start=10_000_000, end=10_000_400, position="turn 1")
        for n in range(4)
    )
    answer = Answer("x" * 500, "quote", "", quotes[:3], confidence=0.5, further=quotes[3:])
    blocks = answer_message(answer, "a" * 32)["blocks"]
    assert block_faults(blocks) == []
    [row] = [one["elements"] for one in blocks if one["type"] == "actions"]
    assert [one["action_id"] for one in row] == [MORE, CONTEXT, SHARE]


def test_thumbs_that_cannot_carry_their_quotes_carry_the_answer_alone(make_quote: Make) -> None:
    block = thumbs("a1", [make_quote(episode="\x01" * 200, start=n) for n in range(3)])
    assert block_faults([block]) == []
    value = block["elements"][0]["positive_button"]["value"]
    assert decode_thumb(value, lambda *_: make_quote()) is not None
