"""The App Home: gathered for the person who opens it."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.answers import Answer, Answerer, as_text
from bot.reports import Report, build
from bot.slack.home.blocks import Daily, Home, home_view
from bot.slack.home.prompts import prompts, suggest
from bot.slack.policy import Rules
from bot.slack.quiz.form import sheet_of
from bot.slack.requests.people import Person, person, refusal
from bot.slack.requests.question_log import Records
from bot.slack.sending.replies import FAILURES
from bot.storage import StoreError

DAYS = 30  # that the report goes back
_LISTS = ("segments", "takeaways", "terms")
_UNKNOWN = Person(zone=None, is_admin=False, is_member=False)

log = logging.getLogger(__name__)


def handle_home_opened(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    rules: Rules,
) -> None:
    """Suggest what to ask when the pane opens; show a person's Home."""
    if event.get("tab") == "home":
        show_home(event, client, context, answerer, records, rules)
    elif event.get("tab") == "messages":
        suggest(client, event["channel"], prompts(answerer, records.clock().date()))


def show_home(
    event: Mapping[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    rules: Rules,
) -> None:
    """Publish the Home of the person whose id is the event's `user`."""
    who = _looked_up(client, context)
    home = Home(
        introduction=as_text(answerer.ask("help")).partition("\n\n")[0],
        lists=tuple(a for one in _LISTS if isinstance(a := answerer.ask(one), Answer)),
        quiz=len(sheet_of(answerer)) > 1,
        retention_days=rules.retention_days,
        daily=_daily(context, records, is_admin=_is_admin(who)),
        hindrance=None if who is _UNKNOWN else refusal(who, rules.daily_by),
        days=min(DAYS, rules.retention_days),
        is_admin=_is_admin(who),
        report=_report(context, records, rules) if _is_admin(who) else None,
    )
    client.views_publish(user_id=event["user"], view=home_view(home))


def _looked_up(client: WebClient, context: BoltContext) -> Person:
    """Who opens it; without Slack's word on that, nobody in particular."""
    try:
        return person(client, context)
    except FAILURES as error:
        log.warning("Home is shown without knowing for whom: %s", type(error).__name__)
        return _UNKNOWN


def _is_admin(who: Person) -> bool:
    """Whether they look after this workspace: an admin of another one is a guest here."""
    return who.is_admin and who.is_member


def _daily(context: BoltContext, records: Records, *, is_admin: bool) -> Daily | None:
    """The daily takeaways that a person has set up; None where the store is away.

    Those of others may go to channels that the person must not know of. Admins get their number.
    """
    try:
        found = records.store.subscriptions.of_team(context.team_id or "")
    except StoreError as error:
        log.warning("Home is shown without daily takeaways: %s", error)
        return None
    own = tuple(one for one in found if context.user_id and one.made_by == context.user_id)
    others = sum(one.due_at is not None for one in found if one not in own)
    return Daily(own, others if is_admin else 0)


def _report(context: BoltContext, records: Records, rules: Rules) -> Report | None:
    """What was asked in this workspace; None where the store is away.

    A report without a workspace would be one of all.
    """
    if not context.team_id:
        return None
    since = records.clock() - timedelta(days=min(DAYS, rules.retention_days))
    try:
        return build(records.store, since, context.team_id)
    except StoreError as error:
        log.warning("Home is shown without its report: %s", error)
        return None
