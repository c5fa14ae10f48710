"""The environment, read once and checked; whatever is wrong is named, and how to get it right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from urllib.parse import urlsplit

import msgspec

from bot.errors import SettingError
from bot.ip_addresses import names_inside
from bot.links.root import https_root

_KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
_CACHE = Path(__file__).parents[1] / ".cache"
_QUOTES = tuple("\"'`“”‘’")
# https://docs.slack.dev/authentication/tokens
_TOKENS = {
    "xoxb-": "a bot token",
    "xapp-": "an app-level token",
    "xoxp-": "a user token",
    "xoxe.xoxp-": "a token for configuring apps",
    "xoxe-": "a refresh token",
}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_APP_CREDENTIALS = (
    "It is found at https://api.slack.com/apps under your app, Basic Information, App Credentials."
)
# The credentials, and where each is found.
_WHERE = {
    "SLACK_BOT_TOKEN": (
        "It starts with xoxb- and is found at https://api.slack.com/apps under your app, "
        "OAuth & Permissions, Bot User OAuth Token (install the app first)."
    ),
    "SLACK_APP_TOKEN": (
        "It starts with xapp- and is made at https://api.slack.com/apps under your app, "
        "Basic Information, App-Level Tokens, with the scope connections:write."
    ),
    "SLACK_SIGNING_SECRET": _APP_CREDENTIALS,
    "SLACK_CLIENT_ID": _APP_CREDENTIALS,
    "SLACK_CLIENT_SECRET": _APP_CREDENTIALS,
    "TOKEN_KEYS": (
        "It is one or more keys, the newest first, with commas between them; the README's "
        "operations page says how to make one."
    ),
    "PUBLIC_URL": "It is the https address at which browsers and Slack reach the app.",
    "MODEL_URL": (
        "It is the address of an OpenAI-compatible endpoint, such as https://api.example.com/v1; "
        "http is for one in a network of your own, such as http://localhost:11434/v1."
    ),
    "MODEL_NAME": "It is the name by which the endpoint at MODEL_URL knows the model.",
    "MODEL_KEY": "It is the key that the endpoint at MODEL_URL gave you.",
    "METRICS_TOKEN": "It is any long random text; who reads /metrics sends it as a bearer token.",
    "MCP_TOKEN": "It is any long random text; an assistant sends it to /mcp as a bearer token.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says; the key of each field is its name in capitals.

    `log_level` None leaves the choice to the command, `workers` is how many requests a process
    answers at once, `web_concurrency` how many processes `web` runs. `slack_timeout` and
    `model_timeout` are in seconds, `daily_grace` and `feed_minutes` in minutes, and `model_budget`
    in tokens a day. Secrets are not shown when settings are
    printed.
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
                values[known.name] = given if key in _WHERE else _value(key, given, wanted)
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
        value: str | None = getattr(self, key.lower())
        if value is None:
            raise setting_error(key, "is set neither in the environment nor in .env")
        return str(_value(key, value, str))


def _value(key: str, given: str, wanted: Any) -> Any:
    """Return what a key's text stands for; raises SettingError if it stands for nothing."""
    # Docker's --env-file and hosts' panels keep the quotes that a shell takes away.
    if given.startswith(_QUOTES) and given.endswith(_QUOTES):
        raise setting_error(key, "has quotes around it; take them away")
    try:
        if key in _CHECKS:
            return _CHECKS[key](given)
        return msgspec.convert(given, wanted, strict=False)
    except msgspec.ValidationError:
        raise setting_error(key, f"should be {_described(wanted)}") from None
    except ValueError as wrong:
        raise setting_error(key, str(wrong)) from None


def _described(wanted: Any) -> str:
    """Return a number within limits, or one of a few words, as a person would say it."""
    if limits := getattr(wanted, "__metadata__", None):
        return f"a whole number from {limits[0].ge} to {limits[0].le}"
    return " or ".join(get_args(wanted))


def _token(prefix: str, token: str) -> str:
    """Check a token: the two look alike and are easily swapped, or copied in part."""
    if re.fullmatch(rf"{prefix}[\w-]+", token, re.ASCII):
        return token
    if token.startswith("xoxe.xoxb-"):
        raise ValueError(
            "holds a rotating bot token, which ends after 12 hours; the bot does not rotate "
            "tokens, and Slack cannot turn that off. Create the app anew from the manifest, which "
            "leaves it off"
        )
    kind = next((kind for begins, kind in _TOKENS.items() if token.startswith(begins)), None)
    if kind in {None, _TOKENS[prefix]}:
        raise ValueError("is not a whole token of Slack's")
    raise ValueError(f"holds {kind}, which belongs elsewhere")


def _url(url: str) -> str:
    if not re.match(r"https?://\w", url):
        raise ValueError("should start with https://, or be left out for Slack's own")
    return url.rstrip("/") + "/"


def _database_url(url: str) -> str:
    """Hosts hand out the short form, which names no driver."""
    if not re.match(r"(?:sqlite|postgres(?:ql)?)(?:\+\w+)?://", url):
        raise ValueError("should start with sqlite:/// or postgresql://")
    if re.match(r"[^/]*//[^/?]*@[^/?]*@", url):  # what stands behind the first is logged as a host
        raise ValueError("holds an @ in its name or password; write it as %40")
    return re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", url)


def _token_keys(keys: str) -> str:
    if not keys.strip(", "):
        raise ValueError("holds no key")
    return keys


def _bearer(token: str) -> str:
    if not re.fullmatch(r"[!-~]{16,}", token):
        raise ValueError(
            "should be at least 16 letters, digits and signs of ASCII, without a space"
        )
    return token


def _channel(channel: str) -> str:
    if not re.fullmatch(r"(?:T[A-Z0-9]{2,}/)?[CG][A-Z0-9]{2,}", channel):
        raise ValueError(
            "should be a channel's id, such as C0123456789, or with many workspaces T0123456789/"
            "C0123456789; Slack shows it at the end of the channel's details"
        )
    return channel


def _rate(rate: str) -> str:
    if not re.fullmatch(r"off|[1-9]\d{0,3}/(?:second|minute|hour|day)", rate):
        raise ValueError("should be a number per time, such as 20/minute, or off")
    return rate


def _folder(path: str) -> Path:
    folder = Path(path)
    if not folder.is_dir():
        raise ValueError(f"is no folder: {folder}. It holds a folder for each episode")
    return folder


def _cache_folder(path: str) -> Path:
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise ValueError(
            f"is no folder: {folder}. What is read is kept there; it is made if need be"
        )
    return folder


def _level(level: str) -> str:
    if level.upper() not in _LEVELS:
        raise ValueError(f"is {level!r}; it can be {', '.join(map(repr, _LEVELS))}")
    return level.upper()


def _endpoint(url: str) -> str:
    """Return the address of an endpoint without a slash at its end; http is for one inside."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no address") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("is no https address")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("holds more than host and path; a key belongs in MODEL_KEY")
    if parts.scheme == "http" and not names_inside(host):
        raise ValueError("is not encrypted, and leads out of your network")
    return url.rstrip("/")


def _key(key: str) -> str:
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ValueError("holds something that no key holds")
    return key


_CHECKS: dict[str, Callable[[str], Any]] = {
    "SLACK_BOT_TOKEN": partial(_token, "xoxb-"),
    "SLACK_APP_TOKEN": partial(_token, "xapp-"),
    "SLACK_API_URL": _url,
    "PUBLIC_URL": https_root,
    "MODEL_URL": _endpoint,
    "MODEL_KEY": _key,
    "DATABASE_URL": _database_url,
    "TOKEN_KEYS": _token_keys,
    "MCP_TOKEN": _bearer,
    "HUMAN_CHANNEL": _channel,
    "RATE_LIMIT": _rate,
    "KNOWLEDGE_DIR": _folder,
    "CACHE_DIR": _cache_folder,
    "LOG_LEVEL": _level,
}


def setting_error(key: str, what: str) -> SettingError:
    """Return what is wrong with a key, and where its value is found."""
    return SettingError(key, " ".join([f"{what}.", *filter(None, [_WHERE.get(key)])]))
