from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest

from bot.answers import Answer, Quote
from bot.reports import Group, Quoted, Report, Thumbs
from bot.slack.blocks.elements import Block
from bot.slack.home.blocks import Daily, Home, home_view
from bot.storage import Passage, Subscription
from tests.fakes.hostile import HOSTILE
from tests.fakes.limits import view_faults

NOW = datetime(2026, 11, 24, tzinfo=UTC)
Make = Callable[..., Quote]


def home(make_quote: Make, words: str, count: int) -> Home:
    """A Home in which everything says `words`, so many times."""
    quotes = tuple(make_quote(words, label=words, segment=words, title=words) for _ in range(count))
    thumbs = Thumbs(Passage(words, words, 0, 1), 1, 2, (("says_more", 1), (words, 1), (None, 1)))
    own = Subscription("s", "T1", "C0GENERAL", time(9), "UTC", True, "U1", NOW, NOW)  # noqa: FBT003 - weekdays
    return Home(
        introduction=words,
        lists=(Answer("", "terms", f"{words}:", quotes[:3], quotes),) * 3,
        quiz=True,
        retention_days=90,
        daily=Daily((own,) * count, count),
        why_not_daily=words,
        days=30,
        is_admin=True,
        report=Report(
            since=NOW,
            answered=count,
            declined=count,
            up=count,
            down=count,
            unanswered=(Group(count, words, NOW),) * count,
            thumbs=(thumbs,) * count,
            quoted=(Quoted(words, words, count),) * count,
        ),
    )


def mrkdwn(view: Block) -> list[str]:
    """The words in which markup acts."""
    return [
        element["text"]
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element["type"] == "mrkdwn"
    ]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("count", [1, 3, 200])
def test_whatever_it_shows_slack_takes_it(make_quote: Make, words: str, count: int) -> None:
    view = home_view(home(make_quote, words, count))
    assert view_faults(view) == []
    assert len(view["blocks"]) <= 100
    assert mrkdwn(view) == []


def test_only_admins_see_the_report(make_quote: Make) -> None:
    given = home(make_quote, "secret", 3)
    member = Home(given.introduction, (), True, 90, None, None, 30, False, given.report)  # noqa: FBT003 - a quiz, no admin
    assert "What was asked" not in str(home_view(member)["blocks"])
