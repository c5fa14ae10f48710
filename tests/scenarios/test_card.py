"""*More* below an answer: the next quotes in place, or to one person alone."""

import json
from typing import Any

import pytest

from bot.answers import Answerer
from bot.slack.answer.buttons import MORE
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, Workspace

RAG = "define RAG"


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a message, by what they say."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return {one["text"]["text"]: one for row in rows for one in row["elements"]}


def quotes(message: dict[str, Any]) -> list[str]:
    """The words of each quote in a message."""
    return [
        "".join(element["text"] for element in part["elements"])
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
    ]


def private(workspace: Workspace, text: str) -> dict[str, Any]:
    """The answer to `/llm text`."""
    workspace.command(text)
    workspace.settle()
    body: dict[str, Any] = workspace.slack.wait_for("response_url")[-1].body
    return body


def public(workspace: Workspace, text: str, **fields: Any) -> dict[str, Any]:
    """The answer to a mention."""
    workspace.mention(f"@llm {text}", **fields)
    workspace.settle()
    body: dict[str, Any] = workspace.slack.wait_for("chat.postMessage")[-1].body
    return body


def pressed(workspace: Workspace, button: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What Slack gets when a button is pressed."""
    before = len(workspace.slack.calls)
    assert workspace.press(button, **fields).status == 200
    workspace.settle()
    [call] = [c for c in workspace.slack.calls[before:] if c.method != "auth.test"]
    return call.body


@pytest.mark.parametrize("question", [RAG, "how much does it cost to train?"])
def test_a_private_card_has_all_buttons_and_says_where_and_who(
    workspace: Workspace, question: str
) -> None:
    card = private(workspace, question)
    assert list(buttons(card)) == ["More", "In context", "Share to channel", "Share elsewhere…"]
    shown = [b["elements"][0]["text"] for b in card["blocks"] if b["type"] == "context"]
    assert any(
        credit.startswith("Alex Chen, Technical Expert · SEGMENT") and " · turn " in credit
        for credit in shown
    )
    assert card["blocks"][-1]["type"] == "context_actions"


def test_a_public_card_shares_elsewhere_alone(workspace: Workspace) -> None:
    card = public(workspace, RAG)
    assert list(buttons(card)) == ["More", "In context", "Share elsewhere…"]


@pytest.mark.parametrize("text", ["takeaways", "terms", "segments"])
def test_a_list_is_only_shared(workspace: Workspace, text: str) -> None:
    assert list(buttons(private(workspace, text))) == ["Share to channel", "Share elsewhere…"]


def test_more_goes_on_in_place_page_after_page_and_back(workspace: Workspace) -> None:
    first = private(workspace, RAG)
    seen, card = [quotes(first)], first
    while (more := buttons(card).get("More")) is not None:
        card = pressed(workspace, more)
        assert card["response_type"] == "ephemeral"
        assert card["replace_original"] is True
        assert card["text"].startswith("The next best quotes:")
        seen.append(quotes(card))
    everything = [quote for page in seen for quote in page]
    assert len(seen) > 1
    assert len(set(everything)) == len(everything)
    back = pressed(workspace, buttons(card)["Back to the best"])
    assert (quotes(back), back["text"]) == (quotes(first), first["text"])


def test_every_page_is_shared_as_it_stands(workspace: Workspace) -> None:
    card = pressed(workspace, buttons(private(workspace, RAG))["More"])
    workspace.press(buttons(card)["Share to channel"])
    workspace.settle()
    shared = workspace.slack.wait_for("response_url", 3)[2].body
    assert shared["response_type"] == "in_channel"
    assert quotes(shared) == quotes(card)


def test_more_of_a_public_answer_is_shown_to_one_person_in_its_thread(workspace: Workspace) -> None:
    card = public(workspace, RAG)
    held = {"type": "message", "channel_id": CHANNEL, "message_ts": "2.1", "thread_ts": "1.1"}
    more = pressed(workspace, buttons(card)["More"], container=held | {"is_ephemeral": False})
    assert (more["response_type"], more["replace_original"]) == ("ephemeral", False)
    assert more["thread_ts"] == "1.1"
    assert not set(quotes(more)) & set(quotes(card))


def test_more_of_a_follow_up_is_read_with_its_thread(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(CHANNEL, "<@U0000000BOT> why do models hallucinate?", user="U0000ALEXA")
    card = public(workspace, "how do you prevent that?", thread_ts=root)
    value = json.loads(buttons(card)["More"]["value"])
    assert value[2:] == ["how do you prevent that?", ["why do models hallucinate?"]]
    more = pressed(workspace, buttons(card)["More"])
    assert quotes(more)
    assert not set(quotes(more)) & set(quotes(card))


def test_thumbs_below_more_judge_the_same_answer(workspace: Workspace) -> None:
    first = private(workspace, RAG)
    card = pressed(workspace, buttons(first)["More"])
    [ids, others] = [
        json.loads(one["blocks"][-1]["elements"][0]["positive_button"]["value"])[0]
        for one in (first, card)
    ]
    assert ids == others


@pytest.mark.parametrize(
    "value",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '["a",1]',
        '["a",-1,"define RAG",[]]',
        '["a",11,"define RAG",[]]',
        '["a",10,"define RAG",[]]',
        '["a",1,"what is the best bread?",[]]',
        '["a",1,"takeaways",[]]',
        '["a",1,7,[]]',
        '["a",1,"define RAG",[7]]',
        '["a",1,"define RAG",[],"more"]',
        '["' + "a" * 76 + '",1,"define RAG",[]]',
        '["a",1,"<!channel> \\ud800",[]]',
        "x" * 2_001,
    ],
)
def test_a_forged_value_shows_nothing(workspace: Workspace, value: str) -> None:
    said = pressed(workspace, {"action_id": MORE, "value": value})
    assert said["response_type"] == "ephemeral"
    assert said["replace_original"] is False
    assert said["text"].startswith("There is no more to this answer")


def test_a_question_that_no_button_has_room_for_has_no_more(workspace: Workspace) -> None:
    padded = f"why do models hallucinate {'really ' * 300}?"
    assert "More" not in buttons(private(workspace, padded))


def test_a_shared_card_holds_no_word_of_the_command(
    workspace: Workspace, answerer: Answerer
) -> None:
    card = private(workspace, "why do models hallucinate, bananas?")
    assert answerer.ask("why do models hallucinate, bananas?")
    workspace.press(buttons(card)["Share to channel"])
    workspace.settle()
    shared = workspace.slack.wait_for("response_url", 2)[1].body
    assert "bananas" not in json.dumps(shared)
    assert list(buttons(shared)) == ["In context", "Share elsewhere…"]
