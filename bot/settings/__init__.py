"""The environment, read once and checked; whatever is wrong is named, and how to get it right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import msgspec

from bot.settings.values import value
from bot.settings.where import WHERE, setting_error

__all__ = ["Settings", "setting_error"]

_ROOT = Path(__file__).parents[2]
_KNOWLEDGE, _CACHE = _ROOT / "knowledge", _ROOT / ".cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says; the key of each field is its name in capitals.

    `log_level` None leaves the choice to the command, `workers` is how many requests a process
    answers at once, `web_concurrency` how many processes `web` runs. `slack_timeout` and
    `model_timeout` are in seconds, `daily_grace` and `feed_minutes` in minutes, and `model_budget`
    in tokens a day. Secrets are not shown when settings are printed.
    """

    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_client_id: str | None = None
    slack_client_secret: str | None = field(default=None, repr=False)
    slack_api_url: str = "https://slack.com/api/"
    slack_timeout: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    database_url: str = field(default="sqlite:///bot.sqlite3", repr=False)
    token_keys: str | None = field(default=None, repr=False)
    retention_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 90
    daily_by: Literal["anyone", "admins"] = "anyone"
    daily_grace: Annotated[int, msgspec.Meta(ge=1, le=1_439)] = 120
    feed_minutes: Annotated[int, msgspec.Meta(ge=1, le=1_440)] = 60
    human_channel: str | None = None
    rate_limit: str = "20/minute"
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] = 3000
    public_url: str | None = None
    pages: Literal["signed", "public", "off"] = "signed"
    web_concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    metrics_token: str | None = field(default=None, repr=False)
    model_url: str | None = None
    model_name: str | None = None
    model_key: str | None = field(default=None, repr=False)
    model_timeout: Annotated[int, msgspec.Meta(ge=1, le=30)] = 3
    model_when: Literal["unsure", "always", "off"] = "unsure"
    model_budget: Annotated[int, msgspec.Meta(ge=1_000, le=10**12)] = 500_000
    mcp_token: str | None = field(default=None, repr=False)
    knowledge_dir: Path = _KNOWLEDGE
    cache_dir: Path = _CACHE
    log_level: str | None = None
    workers: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings in an environment; an empty value counts as none.

        Credentials are checked by `secret`, so that nothing fails for one that it does not need.
        Raises SettingError for the first other key that is wrong.
        """
        values: dict[str, Any] = {}
        for known in fields(cls):
            key = known.name.upper()
            if given := environ.get(key, "").strip():
                wanted = cls.__annotations__[known.name]
                values[known.name] = given if key in WHERE else value(key, given, wanted)
        return cls(**values)

    @property
    def has_pages(self) -> bool:
        """Whether episodes may be read on pages, by anybody."""
        return self.pages != "off"

    @property
    def link_keys(self) -> tuple[str, ...]:
        """The keys that addresses of pages are signed with, newest first; perhaps none."""
        return self.keys or tuple(filter(None, [self.slack_signing_secret]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that secrets are encrypted with, newest first."""
        return tuple(filter(None, map(str.strip, (self.token_keys or "").split(","))))

    def secret(self, key: str) -> str:
        """Return the value of a credential; raises SettingError if it is missing or malformed.

        No message repeats it.
        """
        given: str | None = getattr(self, key.lower())
        if given is None:
            raise setting_error(key, "is set neither in the environment nor in .env")
        return str(value(key, given, str))
