"""What Home shows, gathered from the episodes, the store and Slack."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import PurePath

from slack_bolt import BoltContext

from bot.answers import Answer, Answerer
from bot.episodes import Library
from bot.episodes.names import has_shows
from bot.episodes.titles import display_title, display_titles
from bot.errors import Fault
from bot.reports import Report, build
from bot.slack.blocks.episodes import newest_picker
from bot.slack.home.blocks import LISTS, TRY
from bot.slack.home.contents import Card, Daily, Home
from bot.slack.home.prompts import prompts
from bot.slack.home.report import Place
from bot.slack.policy import Policy
from bot.slack.quiz.form import has_quiz, sheet_of
from bot.slack.requests.people import Person, look_up, why_not_daily
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES
from bot.storage import Asker, StoreError

DAYS = 30  # that the report goes back; chosen by hand: a month
_UNKNOWN = Person(zone=None, is_admin=False, is_member=False)
# What the store calls the parts of an episode outside its segments.
_NO_SEGMENTS = {"Header": "The opening lines", "Closing line": "The closing line"}

log = logging.getLogger(__name__)


def gather(context: BoltContext, services: Services, asker: Asker | None) -> Home:
    """Return what a person's Home shows; what cannot be read is None."""
    who = _looked_up(context)
    answerer, policy = services.answerer, services.policy
    return Home(
        card=_card(answerer),
        questions=tuple(prompts(answerer, services.clock().date())[-len(TRY) :]),
        terms=tuple(row.label or "" for row in sheet_of(answerer)),
        quiz=has_quiz(answerer),
        retention_days=policy.retention_days,
        daily=_daily(services, asker, is_admin=is_admin(who)),
        why_not_daily=None if who is _UNKNOWN else why_not_daily(who, policy.daily_by),
        days=days_of(policy),
        is_admin=is_admin(who),
        fault=answerer.fault,
        picker=newest_picker(answerer.entries, "Ask about an episode…"),
        unread=_unread(answerer.library.faults) if is_admin(who) else (),
        report=report_of(services, asker) if is_admin(who) else None,
        insights=_insights(services, asker) if is_admin(who) else None,
        model=services.model_for(asker),
        hosted=services.hosted_model if is_admin(who) else "",
    )


def is_admin(who: Person) -> bool:
    """Return whether they look after this workspace: an admin of another one is a guest here."""
    return who.is_admin and who.is_member


def days_of(policy: Policy) -> int:
    """Return how many days the report goes back: never further than what is kept."""
    return min(DAYS, policy.retention_days)


def report_of(services: Services, asker: Asker | None) -> Report | None:
    """Return what was asked in the asker's workspace; None if the store is away.

    A report without a workspace would be one of all.
    """
    if asker is None:
        return None
    since = services.clock() - timedelta(days=days_of(services.policy))
    try:
        return build(services.store, since, asker.team_id)
    except StoreError as error:
        log.warning("Home in %s is shown without its report: %s", asker.team_id, error)
        return None


def _insights(services: Services, asker: Asker | None) -> str | None:
    """Return the address of the admin's own page; None where there are no pages."""
    return services.links.insights(asker.team_id, asker.user_id) if asker else None


def places(library: Library) -> Place:
    """Return what names a place to readers: its segment's title, and the episode among several."""
    labels = {one.slug: one.label for one in library.entries}

    @cache
    def titles(slug: str) -> Mapping[str, str]:
        at = library.place(slug)
        return {} if at is None else display_titles(library.episodes[at])

    def place(episode: str, segment: str) -> str:
        name = segment_name(titles(episode), segment)
        return name if labels.keys() == {episode} else f"{name} · {labels.get(episode, episode)}"

    return place


def segment_name(titles: Mapping[str, str], segment: str) -> str:
    """Return what readers call a segment, or what lies outside of all; `titles` are for display."""
    return titles.get(segment) or _NO_SEGMENTS.get(segment) or display_title(segment, "")


def _unread(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Return the first fault of each file, without the folders that the knowledge folder is in."""
    first: dict[str, str] = {}
    for fault in faults:
        name = "/".join(PurePath(fault.path).parts[-2:])
        first.setdefault(fault.path, str(replace(fault, path=name)))
    return tuple(first.values())


def _card(answerer: Answerer) -> Card | None:
    """Return the newest episode as Home shows it; None without an episode."""
    if not answerer.episodes:
        return None
    episode = answerer.episodes[-1]
    hosts = " & ".join(host.name for host in episode.hosts)
    number = "" if episode.number is None else f"Episode {episode.number}"
    several = has_shows(answerer.entries)
    facts = (
        episode.show if several else "",
        number,
        episode.words(episode.duration) if episode.duration else "",
        hosts,
    )
    counts = {action: _count(answerer, name, episode.slug) for action, name in LISTS.items()}
    return Card(
        show="" if several else episode.show,
        title=episode.title,
        facts=" · ".join(filter(None, facts)),
        counts={action: count for action, count in counts.items() if count},
    )


def _count(answerer: Answerer, name: str, slug: str) -> str:
    """Return how many an episode has of a list; numbered ones alone, if any is numbered."""
    answer = answerer.ask(name, episode=slug)
    if not isinstance(answer, Answer):
        return ""
    counted = [one for one in answer.items if one.item and one.item.number is not None]
    many = len(counted or answer.items)
    return f"1 {name.removesuffix('s')}" if many == 1 else f"{many:,} {name}"


def _looked_up(context: BoltContext) -> Person:
    """Return who opens it; a stranger if Slack does not say."""
    try:
        return look_up(context)
    except FAILURES as error:
        log.warning(
            "Home in %s is shown without knowing for whom: %s",
            context.team_id,
            type(error).__name__,
        )
        return _UNKNOWN


def _daily(services: Services, asker: Asker | None, *, is_admin: bool) -> Daily | None:
    """Return the daily takeaways that a person has set up; None if the store is away.

    Those of others may go to channels that the person must not know of. Admins get their number.
    """
    if asker is None:
        return None
    try:
        found = services.store.subscriptions.of_team(asker.team_id)
    except StoreError as error:
        log.warning("Home in %s is shown without daily takeaways: %s", asker.team_id, error)
        return None
    own = tuple(one for one in found if one.made_by == asker.user_id)
    others = sum(one.due_at is not None for one in found if one not in own)
    return Daily(own, others if is_admin else 0)
