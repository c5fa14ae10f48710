"""The buttons below an answer or none: what they show in place, or to one person alone."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answerer
from bot.slack import Policy
from bot.slack.answer.buttons import MORE, NEAREST
from bot.slack.answer.thumbs import THUMBS
from bot.storage import Store
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, Workspace

RAG = "define RAG"
SURE = "how does fine-tuning work?"
DECLINED = "what does a Copilot seat cost?"
EVER = datetime(2026, 1, 1, tzinfo=UTC)


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


def held(channel: str, ts: str, **fields: Any) -> dict[str, Any]:
    """Where a public message's button stands, for `press`."""
    place = {"type": "message", "channel_id": channel, "message_ts": ts, "is_ephemeral": False}
    return {"container": place | fields}


def test_a_private_card_shows_one_quote_and_says_where_it_is_from(workspace: Workspace) -> None:
    card = private(workspace, SURE)
    assert list(buttons(card)) == ["2 more quotes", "In context", "Share…"]
    assert len(quotes(card)) == 1
    [credit] = [b["elements"][0]["text"] for b in card["blocks"] if b["type"] == "context"]
    assert re.fullmatch(r"Alex Chen · [A-Z][\w ]+", credit)
    assert card["blocks"][-1]["type"] == "context_actions"


def test_a_definition_is_the_sheets_row_and_one_explanation(workspace: Workspace) -> None:
    card = private(workspace, RAG)
    assert len(quotes(card)) == 2
    assert list(buttons(card)) == ["1 more quote", "In context", "Share…"]


def test_a_public_card_has_the_same_buttons(workspace: Workspace) -> None:
    assert list(buttons(public(workspace, RAG))) == list(buttons(private(workspace, RAG)))


@pytest.mark.parametrize("text", ["takeaways", "terms", "segments"])
def test_a_list_is_only_shared(workspace: Workspace, text: str) -> None:
    assert list(buttons(private(workspace, text))) == ["Share…"]


def test_more_goes_on_in_place_page_after_page_and_back(workspace: Workspace) -> None:
    first = card = private(workspace, SURE)
    seen = [quotes(first)]
    while more := next((one for label, one in buttons(card).items() if " more " in label), None):
        card = pressed(workspace, more)
        assert card["response_type"] == "ephemeral"
        assert card["replace_original"] is True
        seen.append(quotes(card))
    assert seen[1][:1] == seen[0]
    assert len(seen[1]) == 3
    later = [quote for page in seen[1:] for quote in page]
    assert len(set(later)) == len(later)
    back = pressed(workspace, buttons(card)["Back to first quotes"])
    assert (quotes(back), back["text"]) == (quotes(first), first["text"])


def test_every_page_is_shared_as_it_stands(workspace: Workspace) -> None:
    card = pressed(workspace, buttons(private(workspace, RAG))["1 more quote"])
    form = pressed(workspace, buttons(card)["Share…"])["view"]
    assert quotes(form) == quotes(card)


def test_more_of_a_public_answer_is_shown_to_one_person_in_its_thread(workspace: Workspace) -> None:
    card = public(workspace, RAG)
    place = held(CHANNEL, "2.1", thread_ts="1.1")
    more = pressed(workspace, buttons(card)["1 more quote"], **place)
    assert (more["response_type"], more["replace_original"]) == ("ephemeral", False)
    assert more["thread_ts"] == "1.1"
    assert quotes(more)
    assert not set(quotes(more)) & set(quotes(card))


def direct(workspace: Workspace, text: str) -> dict[str, Any]:
    """The answer to a direct message, as it stands in the conversation."""
    workspace.direct(text)
    workspace.settle()
    answer: dict[str, Any] = workspace.slack.channels[DIRECT]["messages"][-1]
    return answer


@pytest.mark.parametrize("text", [RAG, DECLINED])
def test_more_in_a_direct_message_changes_the_message_in_place(
    workspace: Workspace, slack: FakeSlack, text: str
) -> None:
    answer = direct(workspace, text)
    before = quotes(answer)
    more = next(iter(buttons(answer).values()))
    changed = pressed(workspace, more, **held(DIRECT, answer["ts"], thread_ts="1.1"))
    assert (changed["channel"], changed["ts"]) == (DIRECT, answer["ts"])
    assert quotes(changed)[: len(before)] == before
    assert len(quotes(changed)) > len(before)
    assert "response_url" not in {call.method for call in slack.calls}


class TestNoAnswer:
    """*Show the nearest passages* below no answer, and what to ask instead."""

    def test_the_nearest_passages_come_in_place_and_headed_as_no_answer(
        self, workspace: Workspace
    ) -> None:
        card = private(workspace, DECLINED)
        assert quotes(card) == []
        assert card["text"].startswith("The episode doesn't say.\nClosest: ")
        near = pressed(workspace, buttons(card)["Show the 2 nearest passages"])
        assert near["replace_original"] is True
        assert "which do not answer it:" in near["text"]
        assert len(quotes(near)) == 2

    def test_below_a_public_one_they_are_shown_to_one_person(self, workspace: Workspace) -> None:
        card = public(workspace, DECLINED)
        label = "Show the 2 nearest passages"
        near = pressed(workspace, buttons(card)[label], **held(CHANNEL, "2.1", thread_ts="1.1"))
        assert (near["response_type"], near["replace_original"]) == ("ephemeral", False)
        assert near["thread_ts"] == "1.1"

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "[]",
            '["a","cost?",[]]',
            '["a","cost?",[["episode-02","0",[[1,2]]]]]',
            '["a","cost?","<!channel>"]',
            "x" * 2_001,
        ],
    )
    def test_a_forged_value_shows_nothing(self, workspace: Workspace, value: str) -> None:
        said = pressed(workspace, {"action_id": NEAREST, "value": value})
        assert said["response_type"] == "ephemeral"
        assert "transcript has changed since" in said["text"]

    def test_a_term_that_is_near_is_asked_by_its_button_and_kept(
        self, workspace: Workspace, store: Store
    ) -> None:
        card = private(workspace, "define tokenizaton of doom")
        answer = pressed(workspace, buttons(card)["Tokenization"])
        assert answer["response_type"] == "ephemeral"
        assert any("text into numerical tokens" in quote for quote in quotes(answer))
        kept = [(one.surface, one.question) for one in store.questions.asked(EVER)]
        assert sorted(kept) == [
            ("button", "define Tokenization"),
            ("command", "define tokenizaton of doom"),
        ]

    def test_in_a_direct_message_it_is_answered_in_its_thread(self, workspace: Workspace) -> None:
        answer = direct(workspace, "define tokenizaton of doom")
        place = held(DIRECT, answer["ts"], thread_ts="1.1")
        said = pressed(workspace, buttons(answer)["Tokenization"], **place)
        assert (said["channel"], said["thread_ts"]) == (DIRECT, "1.1")

    def test_all_terms_are_a_button_away(self, workspace: Workspace) -> None:
        card = private(workspace, "define quantum tunneling")
        terms = pressed(workspace, buttons(card)["All terms"])
        assert "Tokenization" in terms["text"]


class TestInAModal:
    """What stands in a form's place has the same buttons, which open on top of it."""

    def view(self, workspace: Workspace, question: str) -> dict[str, Any]:
        """The answer in the place of the form."""
        workspace.shortcut("ask_the_episode")
        workspace.settle()
        form = workspace.slack.wait_for("views.open")[-1].body["view"]
        response = workspace.submit(form, question={"value": question})
        workspace.settle()
        view: dict[str, Any] = json.loads(response.body)["view"]
        return view

    @pytest.mark.parametrize(
        ("question", "label", "words"),
        [
            (SURE, "2 more quotes", "The next best quotes:"),
            (SURE, "In context", "The quote:"),
            (DECLINED, "Show the 2 nearest passages", "which do not answer it:"),
            ("define tokenizaton of doom", "Tokenization", "text into numerical tokens"),
        ],
    )
    def test_it_opens_on_top(
        self, workspace: Workspace, question: str, label: str, words: str
    ) -> None:
        view = self.view(workspace, question)
        workspace.press_in_view(buttons(view)[label], view)
        workspace.settle()
        [pushed] = workspace.slack.wait_for("views.push")
        assert view_faults(pushed.body["view"]) == []
        assert words in str(pushed.body["view"])


class TestPacing:
    """Every button that can be pressed often counts as a request of its person's."""

    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(rate_limit="2/minute")

    @pytest.mark.parametrize("label", ["1 more quote", "In context", "Share…"])
    def test_a_press_too_many_is_told_to_wait(self, workspace: Workspace, label: str) -> None:
        button = buttons(private(workspace, RAG))[label]
        assert "take turns" not in str(pressed(workspace, button))
        assert "take turns" in pressed(workspace, button)["text"]

    def test_so_is_one_in_a_modal(self, workspace: Workspace) -> None:
        button = buttons(private(workspace, RAG))["1 more quote"]
        pressed(workspace, button)
        workspace.press_in_view(button, {"blocks": []})
        workspace.settle()
        [pushed] = workspace.slack.wait_for("views.push")
        assert "take turns" in str(pushed.body["view"])

    def test_so_is_a_thumb(self, workspace: Workspace) -> None:
        card = private(workspace, RAG)
        up = card["blocks"][-1]["elements"][0]["positive_button"]["value"]
        thumb = {"type": "feedback_buttons", "action_id": THUMBS, "value": up}
        workspace.press(thumb)
        assert "take turns" in pressed(workspace, thumb)["text"]


def test_more_of_a_follow_up_is_read_with_its_thread(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(CHANNEL, "<@U0000000BOT> define fine-tuning", user="U0000ALEXA")
    card = public(workspace, "how does it work?", thread_ts=root)
    [button] = [one for one in buttons(card).values() if one["action_id"] == MORE]
    value = json.loads(button["value"])
    assert value[2:] == ["how does it work?", ["define fine-tuning"], "", "", False]
    more = pressed(workspace, button, **held(CHANNEL, "2.1"))
    assert quotes(more)
    assert not set(quotes(more)) & set(quotes(card))


def test_thumbs_below_more_judge_the_same_answer(workspace: Workspace) -> None:
    first = private(workspace, RAG)
    card = pressed(workspace, buttons(first)["1 more quote"])
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
        '["a",1,"define RAG",[],"an episode that is not loaded"]',
        '["a",1,"define RAG",[],"","","more"]',
        '["' + "a" * 76 + '",1,"define RAG",[]]',
        '["a",1,"<!channel> \\ud800",[]]',
        "x" * 2_001,
    ],
)
def test_a_forged_value_shows_nothing(workspace: Workspace, value: str) -> None:
    said = pressed(workspace, {"action_id": MORE, "value": value})
    assert said["response_type"] == "ephemeral"
    assert said["replace_original"] is False
    assert "transcript has changed since" in said["text"]


def test_a_question_that_no_button_has_room_for_has_no_more(workspace: Workspace) -> None:
    padded = f"why do models hallucinate {'really ' * 300}?"
    assert not any(" more " in label for label in buttons(private(workspace, padded)))


def test_a_shared_card_holds_no_word_of_the_command(
    workspace: Workspace, answerer: Answerer
) -> None:
    card = private(workspace, "how does fine-tuning work, buddy?")
    assert answerer.ask("how does fine-tuning work, buddy?")
    form = pressed(workspace, buttons(card)["Share…"])["view"]
    workspace.submit(form, channel={"selected_conversation": CHANNEL})
    workspace.settle()
    shared = workspace.slack.wait_for("response_url", 2)[1].body
    assert "buddy" not in json.dumps(shared)
    assert list(buttons(shared)) == ["In context", "Share…"]
