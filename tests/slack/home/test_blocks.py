from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.episodes import Entry
from bot.reports import Consultations, Group, Quoted, Report, Thumbs
from bot.slack.blocks.elements import Block
from bot.slack.blocks.episodes import newest_picker
from bot.slack.home.blocks import LISTS, home_view
from bot.slack.home.contents import Card, Daily, Home
from bot.slack.home.report import report_view
from bot.storage import Passage, Subscription
from tests.fakes.hostile import HOSTILE
from tests.fakes.limits import view_faults

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def home(words: str, count: int) -> Home:
    """A Home in which everything says `words`, so many times."""
    own = Subscription("s", "T1", "C0GENERAL", time(9), "UTC", True, "U1", NOW, NOW)  # noqa: FBT003 - weekdays
    return Home(
        card=Card(words, words, words, dict.fromkeys(LISTS, words)),
        questions=(words,) * 3,
        terms=tuple(f"{number}{words}" for number in range(count)),
        quiz=True,
        retention_days=90,
        daily=Daily((own,) * count, count),
        why_not_daily=None,
        days=30,
        is_admin=True,
        report=report(words, count),
        unread=(words * 50,) * count,
        picker=newest_picker(entries(words, count), "Ask about an episode…"),
        insights="https://bot.example.com/insights?" + "x" * 400,
        model=words,
        hosted=words,
    )


def entries(words: str, count: int) -> list[Entry]:
    """So many episodes of which everything says `words`."""
    return [Entry(f"{n}/{words}", words, n, words, f"{n % 2}{words}", words) for n in range(count)]


def report(words: str, count: int) -> Report:
    """A report in which everything says `words`, so many times."""
    thumbs = Thumbs(Passage(words, words, 0, 1), 1, 2, (("says_more", 1), (words, 1), (None, 1)))
    return Report(
        since=NOW,
        answered=count,
        declined=count,
        up=count,
        down=count,
        unanswered=(Group(count, words, NOW),) * count,
        thumbs=(thumbs,) * count,
        quoted=(Quoted(words, words, count),) * count,
        reasons=((words, count), ("below_threshold", count)),
        model=Consultations(count, count, count, count, 1_000 * count, 0.87),
    )


def mrkdwn(view: Block) -> list[str]:
    """The words in which markup acts."""
    return [
        element["text"]
        for block in view["blocks"]
        for element in [*block.get("elements", []), block.get("text", {})]
        if element.get("type") == "mrkdwn"
    ]


def test_home_says_where_the_reader_cannot_read() -> None:
    whole = home("words", 1)
    impaired = home_view(replace(whole, fault="model.onnx: damaged: /srv/secret"))
    assert view_faults(impaired) == []
    said = " ".join(mrkdwn(impaired))
    assert "out of order" in said
    assert "secret" not in said
    assert "out of order" not in " ".join(mrkdwn(home_view(whole)))


def test_home_tells_admins_alone_what_cannot_be_read() -> None:
    whole = replace(home("words", 1), unread=("talks/a.vtt: is PDF", "talks/b.vtt: is PDF"))
    shown = str(home_view(whole))
    assert "a.vtt: is PDF (and 1 more)" in shown
    assert "a.vtt: is PDF'" in str(home_view(replace(whole, unread=whole.unread[:1])))
    assert "is PDF" not in str(home_view(replace(whole, is_admin=False)))


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("count", [1, 3, 200])
def test_whatever_it_shows_slack_takes_it(words: str, count: int) -> None:
    view = home_view(home(words, count))
    assert view_faults(view) == []
    assert not any(words in text for text in mrkdwn(view) if len(words) > 1)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("count", [1, 3, 200])
def test_whatever_was_asked_slack_takes_the_report(words: str, count: int) -> None:
    view = report_view(report(words, count), 30, lambda episode, segment: f"{segment} {episode}")
    assert view_faults(view) == []
    assert mrkdwn(view) == []


def test_only_admins_see_the_figures() -> None:
    given = home("secret", 3)
    assert "3 answered" in str(home_view(given))
    assert "answered" not in str(home_view(replace(given, is_admin=False)))


def test_only_admins_may_turn_a_language_model_on_and_off() -> None:
    off = replace(home("words", 1), model="", hosted="gpt-x at api.example.com")
    on = replace(off, model=off.hosted)
    assert "'model_on'" in str(home_view(off))
    assert "'model_off'" in str(home_view(on))
    for given in (off, on, replace(on, hosted="")):
        assert "'model_o" not in str(home_view(replace(given, is_admin=False)))
    assert "'model_o" not in str(home_view(replace(on, hosted="")))


def test_it_shows_three_of_the_daily_takeaways_and_how_many_more() -> None:
    shown = str(home_view(home("words", 5)))
    assert shown.count("<#C0GENERAL>") == 3
    assert "… and 2 more" in shown


def test_the_report_adds_up_the_thumbs_of_a_place_and_says_why_questions_were_declined() -> None:
    shown = str(report_view(report("a reason", 2), 30, lambda *_: "How LLMs work"))
    assert "How LLMs work: 2 up, 4 down (2 × The episode says more about it)" in shown
    assert "2 × no passage was likely enough to answer" in shown
    assert "2 × a reason" in shown


def test_the_report_says_what_became_of_a_language_model_where_one_was_asked() -> None:
    given = report("words", 2)
    shown = str(report_view(given, 30, lambda *_: ""))
    assert (
        "A language model was asked about 8: it agreed with me on 2, chose something else for 2, "
        "nothing for 2, and failed 2 times. Tokens: 2,000; seconds each: 0.87."
    ) in shown
    assert "language model" not in str(report_view(replace(given, model=None), 30, lambda *_: ""))


def test_without_the_store_the_report_says_so() -> None:
    assert "cannot be read right now" in str(report_view(None, 30, lambda *_: ""))
