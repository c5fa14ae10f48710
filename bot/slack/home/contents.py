"""What a person's Home shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.reports import Report
from bot.slack.blocks.elements import Block
from bot.storage import Subscription


@dataclass(frozen=True, slots=True)
class Card:
    """What Home says of the newest episode.

    `show` is empty where it has no name, or where there are several. `facts` are its number,
    length and hosts in a line. `counts` say how many there are of a list, such as `8 takeaways`, by
    the button that shows it.
    """

    show: str
    title: str
    facts: str
    counts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily takeaways that a person has set up, and how many `others` to tell them of."""

    own: tuple[Subscription, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's Home shows.

    `card` is None if no episode is loaded. `questions` are up to three to try, `terms` those of the
    reference sheet. `daily` is None if the store is away, and so is an admin's `report` of the last
    `days`. `why_not_daily` is why they may not set a daily takeaway, if so. `fault` is why the bot
    cannot read closely, if so. `unread` are the faults of the knowledge folder, one for each file.
    `picker` is what one of several episodes is chosen with. `insights` is the address of the page
    that shows an admin more than the report, None where there are no pages. `model` is the language
    model that sees questions, `hosted` the one that an admin may turn on and off; empty for none.
    """

    card: Card | None
    questions: tuple[str, ...]
    terms: tuple[str, ...]
    quiz: bool
    retention_days: int
    daily: Daily | None
    why_not_daily: str | None
    days: int
    is_admin: bool = False
    report: Report | None = None
    fault: str | None = None
    unread: tuple[str, ...] = ()
    picker: Block | None = None
    insights: str | None = None
    model: str = ""
    hosted: str = ""
