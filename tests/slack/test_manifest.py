import re

import pytest
import yaml

from bot.answers import Answer, NoAnswer, Quote
from bot.errors import SettingError
from bot.slack import LISTENERS, manifest
from bot.slack.help import SUBCOMMANDS
from bot.slack.workflow import outputs_of

MANIFEST = yaml.safe_load(manifest())


def names(kind: str) -> set[str]:
    return {listener.name for listener in LISTENERS if listener.kind == kind}


def test_every_subscribed_event_has_a_listener_and_the_other_way_round() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
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


# What each scope is for, by Slack's documentation of the event, method or feature.
SCOPES = {
    "app_mentions:read": "app_mention",
    "im:history": "message.im",
    "chat:write": "chat.postMessage",
    "commands": "slash commands",
    "channels:history": "conversations.replies in public channels",
    "groups:history": "conversations.replies in private channels",
    "channels:join": "conversations.join",
    "users:read": "users.info",
}


def test_it_asks_for_the_scopes_that_its_features_use_and_no_others() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES)


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
    assert over_http["oauth_config"] == MANIFEST["oauth_config"]


def test_a_url_that_slack_would_refuse_is_named() -> None:
    with pytest.raises(SettingError, match="http://localhost"):
        manifest("http://localhost:3000")
