"""What the text of each key stands for, or why it stands for nothing."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import msgspec

from bot.ip_addresses import names_inside
from bot.links.root import https_root
from bot.settings.where import setting_error

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


def value(key: str, given: str, wanted: Any) -> Any:
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
