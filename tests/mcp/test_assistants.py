"""What an assistant gets, over each transport, of the bot as a process."""

import subprocess
import sys

import pytest
from mcp.shared.exceptions import MCPError

from bot.mcp.replies import NOTE
from tests.mcp.clients import ROOT, Assistant, text_of

pytestmark = pytest.mark.slow

TRANSCRIPT = "podcast://transcripts/episode-02"
EPISODE = "Episode 2: Large Language Models Deep Dive"


@pytest.fixture(scope="session")
def printed() -> str:
    """The text that quotes count, as `python -m bot text` prints it."""
    command = [sys.executable, "-m", "bot", "text", "episode-02"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()


def test_it_is_told_what_the_tools_are_and_to_quote_verbatim(assistant: Assistant) -> None:
    tools = assistant.tools()
    assert [tool.name for tool in tools] == ["ask", "define", "takeaways", "episodes", "context"]
    assert all(tool.description and tool.annotations for tool in tools)
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    assert tools[0].input_schema["required"] == ["question"]
    instructions = assistant.client.instructions or ""
    assert "word for word" in instructions
    assert "Never attribute" in instructions


def test_a_question_is_answered_by_quotes_that_stand_in_the_transcript(
    assistant: Assistant, printed: str
) -> None:
    result = assistant.call("ask", question="Why do models hallucinate?")
    assert not result.is_error
    answer = result.structured_content
    assert (answer["answered"], answer["note"]) == (True, NOTE)
    for quote in answer["quotes"]:
        said = printed[quote["start"] : quote["end"]]
        assert " ".join(said.replace("*", "").split()) == quote["text"]
        assert quote["text"] in text_of(result)
    first = answer["quotes"][0]
    assert (first["speaker"], first["title"]) == ("Alex Chen", EPISODE)
    assert all(words in text_of(result) for words in ("Alex Chen", EPISODE, NOTE))


def test_what_the_episode_does_not_say_is_said_plainly(assistant: Assistant) -> None:
    result = assistant.call("ask", question="What does a Copilot seat cost?")
    assert not result.is_error
    answer = result.structured_content
    assert (answer["answered"], answer["quotes"], answer["reason"]) == (
        False,
        [],
        "missing_name",
    )
    assert text_of(result).startswith("The episode doesn't say.")
    assert text_of(result).endswith(NOTE)


def test_a_question_may_follow_earlier_ones_and_be_of_one_episode(assistant: Assistant) -> None:
    earlier = ["what is RAG?"]
    answer = assistant.content(
        "ask", question="who said that?", history=earlier, episode="episode-02"
    )
    assert answer["kind"] == "speaker"
    alone = assistant.content("ask", question="who said that?")
    assert (alone["answered"], alone["reason"]) == (False, "nothing_quoted")


def test_a_term_is_defined_by_the_reference_sheet(assistant: Assistant) -> None:
    answer = assistant.content("define", term="RAG")
    assert answer["kind"] == "definition"
    assert answer["quotes"][0]["text"] == "Combining retrieved documents with generation"
    unknown = assistant.content("define", term="Kubernetes")
    assert (unknown["answered"], unknown["reason"]) == (False, "unknown_term")


def test_all_takeaways_are_quotes(assistant: Assistant) -> None:
    answer = assistant.content("takeaways")
    assert [quote["text"][:2] for quote in answer["quotes"]] == [f"{at}." for at in range(1, 9)]
    assert assistant.content("takeaways", episode="episode-02") == answer


def test_the_episodes_are_listed(assistant: Assistant) -> None:
    result = assistant.call("episodes")
    assert result.structured_content["total"] == 1
    [episode] = result.structured_content["episodes"]
    assert (episode["slug"], episode["transcript"]) == ("episode-02", TRANSCRIPT)
    assert episode["show"] == "Tech Leadership Unpacked"
    assert f"episode-02: {EPISODE}" in text_of(result)


def test_the_turns_around_a_quote_are_read_page_by_page(assistant: Assistant) -> None:
    quote = assistant.content("ask", question="Why do models hallucinate?")["quotes"][0]
    place = {key: quote[key] for key in ("episode", "digest", "start", "end")}
    around = assistant.content("context", **place)
    assert [turn["speaker"] for turn in around["turns"]] == [
        "Sam Rivera",
        "Alex Chen",
        "Sam Rivera",
    ]
    assert [turn["quoted"] for turn in around["turns"]] == [False, True, False]
    assert quote["text"] in around["turns"][1]["paragraphs"][0]
    later = assistant.content("context", **place, page=1)
    assert later["first"] == around["last"] + 1
    refusal = assistant.refusal("context", **place, page=1_000)
    assert refusal == "There are no turns on page 1000 around that quote."


def test_a_transcript_is_read_as_the_text_that_quotes_count(
    assistant: Assistant, printed: str
) -> None:
    listing = assistant.resources()
    assert [one.uri for one in listing.resources] == [TRANSCRIPT]
    assert listing.next_cursor is None
    assert assistant.templates() == ["podcast://transcripts/{slug}"]
    assert assistant.read(TRANSCRIPT) == printed


@pytest.mark.parametrize(
    ("tool", "arguments", "refusal"),
    [
        ("ask", {}, "ask: Object missing required field `question`"),
        ("ask", {"question": 3}, "ask: Expected `str`, got `int` - at `$.question`"),
        ("ask", {"question": ""}, "ask: Expected `str` of length >= 1 - at `$.question`"),
        (
            "ask",
            {"question": "a" * 1_501},
            "ask: Expected `str` of length <= 1500 - at `$.question`",
        ),
        (
            "ask",
            {"question": "why?", "history": [1]},
            "ask: Expected `str`, got `int` - at `$.history[0]`",
        ),
        (
            "ask",
            {"question": "why?", "history": ["a"] * 21},
            "ask: Expected `array` of length <= 20 - at `$.history`",
        ),
        ("ask", {"question": "why?", "colour": 1}, "ask: Object contains unknown field `colour`"),
        (
            "ask",
            {"question": "why?", "episode": "episode-03"},
            "There is no episode 'episode-03'; near it: episode-02.",
        ),
        (
            "takeaways",
            {"episode": "../../etc/passwd"},
            "There is no episode '../../etc/passwd'; the newest: episode-02.",
        ),
        ("episodes", {"page": 2}, "There is no page 2: the last one is 1."),
        ("episodes", {"page": "2"}, "episodes: Expected `int`, got `str` - at `$.page`"),
        (
            "context",
            {"episode": "episode-02", "digest": "0" * 12, "start": 0, "end": 9},
            "No quote stands there. Give episode, digest, start and end as a quote has them; if "
            "the transcript has changed since, ask again.",
        ),
        (
            "context",
            {"episode": "episode-02", "digest": "x", "start": 0, "end": 9},
            "context: Expected `str` matching regex '^[0-9a-f]{12}$' - at `$.digest`",
        ),
    ],
)
def test_wrong_arguments_are_named(
    assistant: Assistant, tool: str, arguments: dict[str, object], refusal: str
) -> None:
    assert assistant.refusal(tool, **arguments) == refusal


def test_an_unknown_tool_is_refused_with_those_that_there_are(assistant: Assistant) -> None:
    with pytest.raises(
        MCPError, match="There is no tool 'sing'; there are: ask, define, takeaways"
    ):
        assistant.call("sing")


@pytest.mark.parametrize(
    ("uri", "refusal"),
    [
        ("podcast://transcripts/episode-03", "There is no episode 'episode-03'; near it"),
        ("podcast://transcripts/..%2F..%2Fetc%2Fpasswd", "There is no episode '../../etc/passwd'"),
        ("podcast://transcripts/%ED%A0%80", "There is no episode '.ud800'"),
        ("file:///etc/passwd", "There is nothing at 'file:///etc/passwd'; transcripts are at"),
    ],
)
def test_what_is_no_transcript_is_not_read(assistant: Assistant, uri: str, refusal: str) -> None:
    with pytest.raises(MCPError, match=refusal):
        assistant.read(uri)


@pytest.mark.parametrize(
    ("cursor", "refusal"), [("x", "cursor is none of this server's"), ("9", "There is no page 9")]
)
def test_a_wrong_cursor_is_refused(assistant: Assistant, cursor: str, refusal: str) -> None:
    with pytest.raises(MCPError, match=refusal):
        assistant.resources(cursor)
