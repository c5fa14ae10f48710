"""The app's manifest, as Slack wants it: https://docs.slack.dev/reference/app-manifest."""

from pathlib import Path
from typing import Any

import yaml

from bot.errors import SettingError

MANIFEST = Path(__file__).parents[2] / "manifest.yaml"
REQUESTS = "/slack/events"


def manifest(url: str | None = None) -> str:
    """The manifest as YAML: for Socket Mode, or for HTTP requests to the app at `url`.

    Raises SettingError for a `url` that is not https, which Slack would refuse.
    """
    text = MANIFEST.read_text(encoding="utf-8")
    return (
        text
        if url is None
        else yaml.safe_dump(_over_http(yaml.safe_load(text), url), sort_keys=False)
    )


def _over_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """The manifest with Slack's requests going to `url` and Socket Mode off."""
    if not url.startswith("https://"):
        raise SettingError("--url", f"Slack sends requests to https:// alone, not to {url!r}")
    requests = url.rstrip("/") + REQUESTS
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = requests
    settings["interactivity"]["request_url"] = requests
    for command in manifest["features"]["slash_commands"]:
        command["url"] = requests
    return manifest
