import ast
import re
from pathlib import Path
from typing import TypeGuard

import pytest
import yaml
from slack_sdk import WebClient

from bot.answers import Answer, NoAnswer, Quote
from bot.errors import SettingError
from bot.slack import LISTENERS, manifest
from bot.slack.asking.workflow_step import outputs_of
from bot.slack.help import SUBCOMMANDS

PAGES = "https://bot.example.com"
MANIFEST = yaml.safe_load(manifest())
OF_LINKS = ("link_shared", "links:read", "links:write", "unfurl_domains")
LINKED = yaml.safe_load(manifest(pages=PAGES, search=True))  # with all that the bot can use
BOT = Path(__file__).parents[2] / "bot"
WITHOUT_THE_BOTS_TOKEN = {"api_call", "oauth_v2_access"}


def names(kind: str) -> set[str]:
    return {listener.name for listener in LISTENERS if listener.kind == kind}


def test_every_subscribed_event_has_a_listener_and_the_other_way_round() -> None:
    subscribed = LINKED["settings"]["event_subscriptions"]["bot_events"]
    steps = {"function_executed"} if names("function") else set()
    assert {event.partition(".")[0] for event in subscribed} == names("event") | steps


def test_every_command_has_a_listener_and_the_other_way_round() -> None:
    commands = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert commands == names("command")


def test_every_shortcut_has_a_listener_and_the_other_way_round() -> None:
    shortcuts = MANIFEST["features"]["shortcuts"]
    assert {shortcut["callback_id"] for shortcut in shortcuts} == names("shortcut")
    # Slack refuses longer ones: https://docs.slack.dev/reference/app-manifest
    assert all(len(shortcut["name"]) <= 24 for shortcut in shortcuts)
    assert {shortcut["type"] for shortcut in shortcuts} == {"global", "message"}


def test_every_workflow_step_has_a_listener_and_what_slack_wants_of_it() -> None:
    assert set(MANIFEST["functions"]) == names("function")
    assert MANIFEST["settings"]["org_deploy_enabled"] is True
    assert MANIFEST["settings"]["function_runtime"] == "remote"
    for step in MANIFEST["functions"].values():
        for name, parameter in (step["input_parameters"] | step["output_parameters"]).items():
            assert parameter["name"] == name
            assert parameter["type"] in {"boolean", "string", "slack#/types/channel_id"}
            assert {"title", "description", "is_required"} < set(parameter)


def test_the_step_gives_what_the_manifest_says() -> None:
    quote = Quote("a", None, None, "S", "e", "E", "e/t.md", 0, 1, "0" * 12)
    declared = MANIFEST["functions"]["ask_episode"]["output_parameters"]
    assert set(outputs_of(Answer("q", "quote", "", (quote,)))) == set(declared)
    required = {name for name, output in declared.items() if output["is_required"]}
    assert set(outputs_of(NoAnswer("q", "unknown", "No."))) == required


def test_the_usage_hint_names_what_help_lists() -> None:
    [command] = MANIFEST["features"]["slash_commands"]
    assert command["usage_hint"] == " | ".join(SUBCOMMANDS)
    assert len(command["usage_hint"]) <= 1_000


def test_interactivity_is_on_for_the_buttons() -> None:
    assert names("action")
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True


HISTORY = {"channels:history", "groups:history", "im:history", "mpim:history"}
# What Slack's documentation of each says that it takes; a thread or a history takes the scope of
# the kind of channel that it is in.
EVENT_SCOPES = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "user_change": {"users:read"},
    "function_executed": set(),
    "link_shared": {"links:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "tokens_revoked": set(),
}
METHOD_SCOPES = {
    "agents_sessions_setStatus": {"chat:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "assistant_threads_setTitle": {"assistant:write"},
    "auth_test": set(),
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_unfurl": {"links:write"},
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_join": {"channels:join"},
    "conversations_replies": HISTORY,
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
FEATURE_SCOPES = {"slash_commands": {"commands"}, "shortcuts": {"commands"}}


def methods_called() -> set[str]:
    """The methods of Slack's Web API that anything below `bot/` calls with the bot's token."""
    trees = (ast.parse(path.read_text("utf-8")) for path in BOT.rglob("*.py"))
    named = {node.attr for tree in trees for node in ast.walk(tree) if is_attribute(node)}
    methods = {name for name in dir(WebClient) if "_" in name and not name.startswith("_")}
    return named & methods - WITHOUT_THE_BOTS_TOKEN


def is_attribute(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute)


def test_what_each_event_and_method_takes_is_known() -> None:
    assert set(LINKED["settings"]["event_subscriptions"]["bot_events"]) == set(EVENT_SCOPES)
    assert methods_called() == set(METHOD_SCOPES)


def test_it_asks_for_the_scopes_that_its_features_use_and_no_others() -> None:
    features = {name: FEATURE_SCOPES.get(name, set()) for name in LINKED["features"]}
    used = [*EVENT_SCOPES.values(), *METHOD_SCOPES.values(), *features.values()]
    assert set(LINKED["oauth_config"]["scopes"]["bot"]) == set().union(*used)


def test_every_scope_has_a_comment_that_says_what_for() -> None:
    for scope in MANIFEST["oauth_config"]["scopes"]["bot"]:
        assert re.search(rf"^ +- {scope} # \S", manifest(), re.MULTILINE), scope


def test_the_agent_view_is_described_as_slack_wants_it() -> None:
    view = MANIFEST["features"]["agent_view"]
    assert 0 < len(view["agent_description"]) <= 300
    assert "assistant_view" not in MANIFEST["features"]


def test_people_can_write_to_the_bot() -> None:
    app_home = MANIFEST["features"]["app_home"]
    assert app_home["messages_tab_enabled"] is True
    assert app_home["messages_tab_read_only_enabled"] is False


def test_without_a_url_it_is_for_socket_mode() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert not re.search(r"^\s*(request_)?url:", manifest(), re.MULTILINE)


@pytest.mark.parametrize("url", ["https://bot.example.com", "https://bot.example.com/"])
def test_with_a_url_every_request_goes_there(url: str) -> None:
    over_http = yaml.safe_load(manifest(url))
    requests = "https://bot.example.com/slack/events"
    assert over_http["settings"]["socket_mode_enabled"] is False
    assert over_http["settings"]["event_subscriptions"]["request_url"] == requests
    assert over_http["settings"]["interactivity"]["request_url"] == requests
    assert {command["url"] for command in over_http["features"]["slash_commands"]} == {requests}
    assert over_http["oauth_config"] == LINKED["oauth_config"] | {
        "redirect_urls": ["https://bot.example.com/slack/oauth_redirect"]
    }


@pytest.mark.parametrize("step", [True, False])
def test_search_has_its_listener_and_what_slack_wants_of_it(*, step: bool) -> None:
    searched = yaml.safe_load(manifest(step=step, search=True))
    [name] = names("search")
    assert searched["features"]["search"] == {"search_function_callback_id": name}
    assert searched["functions"].keys() == {name} | (names("function") if step else set())
    parameters = {
        "query": "string",
        "user_context": "slack#/types/user_context",
        "search_results": "slack#/types/search_results",
    }
    function = searched["functions"][name]
    for key, parameter in (function["input_parameters"] | function["output_parameters"]).items():
        assert parameter["name"] == key
        assert parameter["type"] == parameters.pop(key)
        assert parameter["is_required"] is True
    assert parameters == {}
    assert list(function["output_parameters"]) == ["search_results"]
    assert searched["settings"]["org_deploy_enabled"] is True
    assert searched["settings"]["function_runtime"] == "remote"
    assert searched["settings"]["event_subscriptions"]["bot_events"].count("function_executed") == 1


def test_search_adds_nothing_but_its_own() -> None:
    searched = yaml.safe_load(manifest(search=True))
    del searched["features"]["search"], searched["functions"]["search_episodes"]
    assert searched == MANIFEST


@pytest.mark.parametrize("step", [True, False])
def test_without_being_asked_for_there_is_nothing_of_search(*, step: bool) -> None:
    assert "search" not in manifest(step=step)
    assert "search" not in manifest(PAGES, step=step)


def test_where_there_are_pages_slack_tells_of_links_to_them() -> None:
    over_socket, over_http = LINKED, yaml.safe_load(manifest("https://bot.example.com:8443/app"))
    for linked in (over_socket, over_http):
        assert linked["features"]["unfurl_domains"] == ["bot.example.com"]
    assert over_socket["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in over_socket["settings"]["event_subscriptions"]
    assert over_http["settings"]["socket_mode_enabled"] is False


def test_pages_may_be_elsewhere_or_nowhere() -> None:
    elsewhere = yaml.safe_load(manifest(PAGES, pages="https://pages.example.org"))
    assert elsewhere["features"]["unfurl_domains"] == ["pages.example.org"]
    assert not [trace for trace in OF_LINKS if trace in manifest(PAGES, pages="")]


@pytest.mark.parametrize(
    "pages",
    [None, "", "https://127.0.0.1", "https://[::1]:8443", "https://[half", "https://intranet/bot"],
)
def test_without_a_domain_there_is_nothing_of_links(pages: str | None) -> None:
    assert yaml.safe_load(manifest(pages=pages)) == MANIFEST
    assert not [trace for trace in OF_LINKS if trace in manifest(pages=pages)]


@pytest.mark.parametrize("url", [None, "https://bot.example.com"])
def test_without_the_step_nothing_is_left_of_it(url: str | None) -> None:
    whole, without = (yaml.safe_load(manifest(url, step=step)) for step in (True, False))
    assert without["settings"]["event_subscriptions"]["bot_events"] == [
        event
        for event in whole["settings"]["event_subscriptions"]["bot_events"]
        if event != "function_executed"
    ]
    assert whole.keys() - without.keys() == {"functions"}
    assert whole["settings"].keys() - without["settings"].keys() == {"function_runtime"}


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://localhost:3000", "should start with https://"),
        ("https://", "holds no host"),
        ("https://bot.example.com/?a=b", "holds a ? or a #"),
        ("https://bot example.com", "holds white space"),
        ("", "should start with https://"),
    ],
)
def test_a_url_that_slack_would_refuse_is_named(url: str, what: str) -> None:
    with pytest.raises(SettingError, match=re.escape(f"--url: {url!r} {what}")):
        manifest(url)


def test_slackbot_asks_over_http_in_signed_requests() -> None:
    url = "https://bot.example.com/"
    with_it, without = (yaml.safe_load(manifest(url, mcp=mcp)) for mcp in (True, False))
    assert with_it.pop("mcp_servers") == {
        "podcast": {"url": "https://bot.example.com/mcp", "auth_type": "slack_identity_auth"}
    }
    with_it["oauth_config"]["scopes"]["bot"].remove("mcp:connect")
    assert with_it == without


def test_slackbot_cannot_ask_over_socket_mode() -> None:
    with pytest.raises(SettingError, match="--mcp: needs --url"):
        manifest(mcp=True)
