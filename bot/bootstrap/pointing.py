"""The language model that points, where the settings name one."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.bootstrap.extras import require

if TYPE_CHECKING:
    from bot.answers import Pointer
    from bot.pointing import Pointing
    from bot.settings import Settings
    from bot.storage import Store

log = logging.getLogger("bot")


@contextmanager
def pointing(
    settings: "Settings", kept: "Store | None" = None, model: str | None = None
) -> Iterator["Pointing | None"]:
    """Yield what asks the model at MODEL_URL, None where there is none.

    `kept` knows which workspaces let one elsewhere see their questions; without it whoever runs
    this process does. `model` is asked in place of MODEL_NAME, and whatever MODEL_WHEN says.
    Raises SettingError where a key is missing or wrong, BotError where a package is missing.
    """
    if not model and (settings.model_url is None or settings.model_when == "off"):
        yield None
        return
    url, name = settings.secret("MODEL_URL"), model or settings.secret("MODEL_NAME")
    key = settings.secret("MODEL_KEY") if settings.model_key else None
    require("openai", "MODEL_URL")
    from bot.ip_addresses import names_inside
    from bot.pointing import Pointing, Terms
    from bot.pointing.endpoint import Endpoint

    host = urlsplit(url).hostname or ""
    inside = names_inside(host)
    when: Final = "always" if settings.model_when == "always" else "unsure"
    terms = Terms(settings.model_timeout, settings.model_budget, when)
    workers = settings.workers
    endpoint = Endpoint(url, key, name, seconds=terms.seconds, inside=inside, connections=workers)
    with closing(endpoint), ThreadPoolExecutor(workers, thread_name_prefix="model") as executor:
        yield Pointing(
            endpoint,
            name,
            host,
            terms,
            executor,
            agreed=agreeing(kept, host) if kept and not inside else None,
        )


@contextmanager
def pointer(settings: "Settings", model: str | None = None) -> Iterator["Pointer | None"]:
    """Yield what points for whoever runs this process; see `pointing`."""
    with pointing(settings, model=model) as found:
        yield found.of(None) if found else None


def agreeing(kept: "Store", host: str) -> Callable[[str], bool]:
    """Return what says whether a workspace agrees; while the database is away, none does."""
    from bot.slack.requests.breaker import Breaker
    from bot.storage import StoreError

    breaker = Breaker()

    def agreed(team_id: str) -> bool:
        if breaker.is_open:
            return False
        try:
            return kept.consents.agrees(team_id, host)
        except StoreError as error:
            breaker.open()
            log.warning("No model is asked for %s: %s", team_id, error)
            return False

    return agreed
