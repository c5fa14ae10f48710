"""The app's manifest, as Slack wants it: https://docs.slack.dev/reference/app-manifest."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.errors import SettingError
from bot.links.root import https_root

MANIFEST = Path(__file__).parents[2] / "manifest.yaml"
REQUESTS = "/slack/events"
REDIRECT = "/slack/oauth_redirect"
ASSISTANTS = "/mcp"
# What it takes to show a pasted link to a page as its quote. Slack tells of links to domains alone
# that the manifest names: https://docs.slack.dev/messaging/unfurling-links-in-messages
LINK_SHARED, LINK_SCOPES = "link_shared", ("links:read", "links:write")
# The function that Slack's search calls, its input that says who searches, and its one output.
# https://docs.slack.dev/enterprise-search/developing-apps-with-search-features
SEARCH_EPISODES, USER_CONTEXT, SEARCH_RESULTS = "search_episodes", "user_context", "search_results"
_FUNCTION_EXECUTED = "function_executed"
# No domain is an address by numbers, or a machine's name in its own network.
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*")


def manifest(
    url: str | None = None,
    *,
    pages: str | None = None,
    step: bool = True,
    search: bool = False,
    mcp: bool = False,
) -> str:
    """Return the manifest as YAML: for Socket Mode, or for HTTP requests to the app at `url`.

    Links to pages are shown as quotes where they are pasted: those at `pages`, or else at `url`.
    With an empty `pages` there are none.
    Without the workflow `step` it suits free workspaces, and apps that any workspace may install.
    With `search` the bot gives results to Slack's own search, in an organization of its own alone.
    With `mcp` Slackbot asks the bot, over HTTP alone.
    Raises SettingError for a `url` that Slack would refuse, such as one that is not https, and for
    `mcp` without one.
    """
    text = MANIFEST.read_text(encoding="utf-8")
    if url is None and not pages and step and not (search or mcp):
        return text
    described = yaml.safe_load(text)
    if url is not None:
        _go_over_http(described, url)
    _unfurl_links(described, (url or "") if pages is None else pages)
    if not step:
        _leave_out_the_step(described)
    if search:
        _give_search_results(described)
    if mcp:
        _answer_slackbot(described, url)
    return yaml.safe_dump(described, sort_keys=False, width=100)


def _go_over_http(manifest: dict[str, Any], url: str) -> None:
    """Have Slack's requests go to `url`, and browsers come back there; Socket Mode is off."""
    try:
        base = https_root(url)
    except ValueError as wrong:
        raise SettingError("--url", f"{url!r} {wrong}.") from None
    manifest["oauth_config"]["redirect_urls"] = [base + REDIRECT]
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = base + REQUESTS
    settings["interactivity"]["request_url"] = base + REQUESTS
    for command in manifest["features"]["slash_commands"]:
        command["url"] = base + REQUESTS


def _unfurl_links(manifest: dict[str, Any], pages: str) -> None:
    """Have Slack tell of pasted links to the pages' domain, if they have one."""
    try:
        domain = urlsplit(pages).hostname or ""
    except ValueError:  # half of an IPv6 address
        domain = ""
    if not _DOMAIN.fullmatch(domain):
        return
    manifest["features"]["unfurl_domains"] = [domain]
    manifest["oauth_config"]["scopes"]["bot"].extend(LINK_SCOPES)
    manifest["settings"]["event_subscriptions"]["bot_events"].append(LINK_SHARED)


def _leave_out_the_step(manifest: dict[str, Any]) -> None:
    """Take away what the step asks of a workspace: a paid plan, and no public distribution."""
    del manifest["functions"], manifest["settings"]["function_runtime"]
    manifest["settings"]["event_subscriptions"]["bot_events"].remove(_FUNCTION_EXECUTED)


def _give_search_results(manifest: dict[str, Any]) -> None:
    """Have Slack's search call the bot."""
    manifest["features"]["search"] = {"search_function_callback_id": SEARCH_EPISODES}
    manifest.setdefault("functions", {})[SEARCH_EPISODES] = {
        "title": "Search the episodes",
        "description": "Finds quotes from the podcast, in the episodes' own words",
        "input_parameters": {
            "query": _parameter("query", "string", "Query", "What is searched for"),
            USER_CONTEXT: _parameter(
                USER_CONTEXT, "slack#/types/user_context", "Person", "Who searches"
            ),
        },
        "output_parameters": {
            SEARCH_RESULTS: _parameter(
                SEARCH_RESULTS, "slack#/types/search_results", "Results", "Quotes with their links"
            )
        },
    }
    settings = manifest["settings"]
    settings["function_runtime"] = "remote"
    events = settings["event_subscriptions"]["bot_events"]
    if _FUNCTION_EXECUTED not in events:
        events.append(_FUNCTION_EXECUTED)


def _answer_slackbot(manifest: dict[str, Any], url: str | None) -> None:
    """Have Slackbot ask the bot in requests that Slack signs, which is the auth type's meaning.

    https://docs.slack.dev/ai/slackbot-mcp-client
    """
    if url is None:
        raise SettingError("--mcp", "needs --url: Slackbot asks over HTTP, at its path /mcp.")
    manifest["oauth_config"]["scopes"]["bot"].append("mcp:connect")
    address = https_root(url) + ASSISTANTS
    manifest["mcp_servers"] = {"podcast": {"url": address, "auth_type": "slack_identity_auth"}}


def _parameter(name: str, kind: str, title: str, description: str) -> dict[str, Any]:
    """Return a parameter of a function, which is always there."""
    told = {"title": title, "description": description, "is_required": True}
    return {"name": name, "type": kind, **told}
