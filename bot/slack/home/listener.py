"""The App Home: gathered for the person who opens it."""

import logging
from datetime import timedelta
from typing import Any

from slack_bolt import BoltContext

from bot.answers import Answer, as_text
from bot.reports import Report, build
from bot.slack.home.blocks import Daily, Home, home_view
from bot.slack.home.prompts import prompts, suggest
from bot.slack.quiz.form import sheet_of
from bot.slack.requests.people import Person, look_up, why_not_daily
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES
from bot.storage import Asker, StoreError

DAYS = 30  # that the report goes back
_LISTS = ("segments", "takeaways", "terms")
_UNKNOWN = Person(zone=None, is_admin=False, is_member=False)

log = logging.getLogger(__name__)


def handle_home_opened(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Suggest what to ask when the pane opens; show a person's Home."""
    if event.get("tab") == "home":
        show_home(event["user"], context, services, asker)
    elif event.get("tab") == "messages":
        today = services.clock().date()
        suggest(context.client, event["channel"], prompts(services.answerer, today))


def show_home(user_id: str, context: BoltContext, services: Services, asker: Asker | None) -> None:
    """Publish a person's Home."""
    who = _looked_up(context)
    policy, answerer = services.policy, services.answerer
    home = Home(
        introduction=as_text(answerer.ask("help")).partition("\n\n")[0],
        lists=tuple(a for one in _LISTS if isinstance(a := answerer.ask(one), Answer)),
        quiz=len(sheet_of(answerer)) > 1,
        retention_days=policy.retention_days,
        daily=_daily(services, asker, is_admin=_is_admin(who)),
        why_not_daily=None if who is _UNKNOWN else why_not_daily(who, policy.daily_by),
        days=min(DAYS, policy.retention_days),
        is_admin=_is_admin(who),
        report=_report(services, asker) if _is_admin(who) else None,
    )
    context.client.views_publish(user_id=user_id, view=home_view(home))


def _looked_up(context: BoltContext) -> Person:
    """Who opens it; without Slack's word on that, nobody in particular."""
    try:
        return look_up(context)
    except FAILURES as error:
        log.warning("Home is shown without knowing for whom: %s", type(error).__name__)
        return _UNKNOWN


def _is_admin(who: Person) -> bool:
    """Whether they look after this workspace: an admin of another one is a guest here."""
    return who.is_admin and who.is_member


def _daily(services: Services, asker: Asker | None, *, is_admin: bool) -> Daily | None:
    """The daily takeaways that a person has set up; None where the store is away.

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


def _report(services: Services, asker: Asker | None) -> Report | None:
    """What was asked in this workspace; None where the store is away.

    A report without a workspace would be one of all.
    """
    if asker is None:
        return None
    since = services.clock() - timedelta(days=min(DAYS, services.policy.retention_days))
    try:
        return build(services.store, since, asker.team_id)
    except StoreError as error:
        log.warning("Home in %s is shown without its report: %s", asker.team_id, error)
        return None
