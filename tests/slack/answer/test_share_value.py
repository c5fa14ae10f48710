import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.answer.share_value import share_value, shared_answer
from bot.slack.blocks.button_value import BUTTON_VALUE

Make = Callable[..., Quote]
Again = Callable[[str, str, int, int], Quote | None]


@pytest.fixture
def again(make_quote: Make) -> Again:
    """Quotes every span of the edition `0123456789ab` of episode 2."""

    def quote(episode: str, digest: str, start: int, end: int) -> Quote | None:
        if (episode, digest) != ("episode-02", "0123456789ab"):
            return None
        return make_quote(start=start, end=end)

    return quote


def answer(quotes: tuple[Quote, ...], kind: str = "quote") -> Answer:
    return Answer("What is RAG?", kind, "", quotes, confidence=0.5)


def test_what_is_shared_is_what_was_quoted(make_quote: Make, again: Again) -> None:
    quotes = (make_quote(start=1, end=2), make_quote(start=30, end=40))
    value = share_value(answer(quotes))
    assert value == '["quote",[["episode-02","0123456789ab",[[1,2],[30,40]]]]]'
    shared = shared_answer(value, again)
    assert shared is not None
    assert shared.quotes == shared.shown == quotes
    assert shared.items == ()


def test_what_an_answer_does_not_show_is_not_shared(make_quote: Make, again: Again) -> None:
    first, second = make_quote(start=1, end=2), make_quote(start=30, end=40)
    sure = replace(answer((first, second)), confidence=0.99)
    shared = shared_answer(share_value(sure) or "", again)
    assert shared
    assert shared.quotes == (first,)
    shared = shared_answer(share_value(sure, [second]) or "", again)
    assert shared
    assert shared.quotes == (second,)


@pytest.mark.parametrize(
    ("kind", "length"), [("takeaways", 8), ("outline", 9), ("terms", 100), ("list", 4)]
)
def test_lists_fit_and_come_back_whole(
    make_quote: Make, again: Again, kind: str, length: int
) -> None:
    items = tuple(make_quote(start=98_000 + n, end=99_000 + n) for n in range(length))
    value = share_value(replace(answer(items[:3], kind), items=items))
    assert value
    shared = shared_answer(value, again)
    assert shared
    assert shared.items == items
    assert shared.quotes == items[:3]
    assert shared.kind == kind
    assert bool(shared.lead) is (kind != "list")


def test_quotes_keep_their_order_over_several_episodes(make_quote: Make) -> None:
    quotes = tuple(make_quote(episode=name) for name in ("one", "two", "one"))
    value = share_value(answer(quotes))
    assert value
    shared = shared_answer(value, lambda name, *_: make_quote(episode=name))
    assert shared
    assert shared.quotes == quotes


def test_what_does_not_fit_has_no_button(make_quote: Make) -> None:
    items = tuple(make_quote(start=n, end=n + 1) for n in range(1_000))
    assert share_value(replace(answer(items[:3], "terms"), items=items)) is None


@pytest.mark.parametrize("reply", [NoAnswer("?", "unknown", "No."), Answer("?", "quote", "", ())])
def test_where_nothing_is_quoted_there_is_nothing_to_share(reply: Answer | NoAnswer) -> None:
    assert share_value(reply) is None


def test_another_edition_is_not_shared(make_quote: Make, again: Again) -> None:
    value = share_value(answer((make_quote(), make_quote(digest="another"))))
    assert value
    assert shared_answer(value, again) is None


SPANS = ["episode-02", "0123456789ab", [[1, 2]]]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "no JSON",
        "[" * BUTTON_VALUE,
        "{}",
        "[]",
        '["quote"]',
        '["quote",[]]',
        '["quote","text to post"]',
        json.dumps(["quote", [["episode-02", "0123456789ab", []]]]),
        json.dumps(["quote", [["episode-02", "0123456789ab", [[1]]]]]),
        json.dumps(["quote", [["episode-02", "0123456789ab", [["1", "2"]]]]]),
        json.dumps(["quote", [["episode-02", "0123456789ab", [[1.5, 2]]]]]),
        json.dumps(["quote", [["episode-02", "0123456789ab", [[True, False]]]]]),
        json.dumps(["quote", [["episode-02", 1, [[1, 2]]]]]),
        json.dumps(["quote", [SPANS], "more"]),
        json.dumps(["quote", [SPANS] * 100]),
        '["quote",[["\\ud800","0123456789ab",[[1,2]]]]]',
    ],
)
def test_forged_values_stand_for_nothing(value: str, again: Again) -> None:
    assert shared_answer(value, again) is None
