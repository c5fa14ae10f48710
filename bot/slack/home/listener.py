"""The App Home and the agent pane, as they are opened."""

from typing import Any

from slack_bolt import BoltContext

from bot.slack.home.blocks import home_view
from bot.slack.home.gathering import gather
from bot.slack.home.prompts import prompts, suggest
from bot.slack.requests.services import Services
from bot.storage import Asker


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
    view = home_view(gather(context, services, asker))
    context.client.views_publish(user_id=user_id, view=view)
