"""A message's text, which screen readers and notifications get, says what its blocks say."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Answer, Answerer
from bot.episodes import load
from bot.links import Links
from bot.slack.answer.buttons import Nearest
from bot.slack.answer.kept import AnsweredBefore
from bot.slack.answer.message import (
    answer_message,
    help_message,
    nearest_message,
    page_message,
    shared_message,
)
from bot.slack.answer.pages import page_of
from bot.slack.blocks.message import Message, notice, paragraphs, with_note
from bot.slack.blocks.ways import Way, Ways
from bot.slack.daily.message import daily_message
from bot.slack.handoff.blocks import answered_message, closed_message, question_message
from bot.slack.privacy.forget import privacy_message
from bot.slack.requests.rate_limit import limit_message
from bot.storage import Handover, KeptAnswer

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LINK = "https://example.slack.com/archives/C1/p1"
ADDRESS = re.compile(r"https?://[^<>|]+\|")  # of a link, whose words are said
WAYS = Ways(Links("https://pages.example.com", "public"))
QUESTIONS = (
    "define RAG",
    "why do models hallucinate?",
    "takeaways",
    "takeaway 4",
    "takeaway 40",
    "segments",
    "segment 3",
    "terms",
    "hosts",
    "how long is it?",
    "define quantum tunneling",
    "what does a Copilot seat cost?",
    "hi",
    "help",
)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(load(Path(__file__).parents[2] / "knowledge"))


def in_blocks(node: Any) -> Iterator[str]:
    """Yield every text that blocks show, but for what stands on buttons."""
    if isinstance(node, list):
        for child in node:
            yield from in_blocks(child)
    elif isinstance(node, dict) and node.get("type") not in {"actions", "context_actions"}:
        if isinstance(node.get("text"), str):
            yield node["text"]
        yield str(node.get("user_id", ""))
        yield str(node.get("channel_id", ""))
        for child in node.values():
            yield from in_blocks(child)


def words(text: str) -> list[str]:
    """The words of a text; what Slack writes before a list's items is none of theirs."""
    unlisted = re.sub(r"^(?:\d+\.|•) ", "", html.unescape(text), flags=re.MULTILINE)
    return re.findall(r"\w+", unlisted)


def check(message: Message) -> None:
    texts = (ADDRESS.sub("", text) for text in in_blocks(message["blocks"]))
    shown = [word for text in texts for word in re.findall(r"\w+", text)]
    assert words(message["text"]) == shown


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_say_the_same(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    for ways in (Ways(), WAYS):
        check(answer_message(answer, "a1", human=True, ways=ways))
        if isinstance(answer, Answer):
            check(answer_message(replace(answer, chosen_by="gpt-x"), "a1", ways=ways))
            check(shared_message(answer, "U1", "a1", ways))
            for number in range(1, 4):
                if page := page_of(answer, number):
                    check(page_message(answer, page, "a1", ways=ways))
        else:
            near = Nearest("a1", question, [])
            check(nearest_message(near, answer.near, human=True, ways=ways))


def test_a_persons_earlier_answer_says_the_same() -> None:
    kept = KeptAnswer("h1", "T1", "how & why?", "Ask Sam.", "U2", NOW)
    declined = AnsweredBefore("why?", "unknown", "The episode doesn't say.", kept=kept)
    message = answer_message(declined, "a1", human=True)
    check(message)
    assert "24 November 2026" in message["text"]


def test_the_bots_own_words_say_the_same() -> None:
    for message in (
        notice("Hello & welcome"),
        with_note(notice("Hello"), "Listen:"),
        paragraphs("In {} with `/llm daily`", "and more", channel_id="C1"),
        paragraphs("In {}", channel_id="D1"),
        help_message("I am a bot.", ["define RAG"]),
        privacy_message(90),
        privacy_message(90, "gpt-x at api.example.com", hosted=True),
        limit_message(3),
    ):
        check(message)


@pytest.mark.parametrize(("channel_id", "answer"), [("C1", "Ask Sam."), (None, None)])
def test_questions_for_people_say_the_same(channel_id: str | None, answer: str | None) -> None:
    handover = Handover("h1", "T1", "how & why?", "U1", NOW, channel_id, "1.1", answer, "U2")
    for link in (LINK, None):
        check(question_message(handover, link))
        check(closed_message(handover, link))
    check(answered_message(handover))


def test_daily_posts_say_the_same(answerer: Answerer) -> None:
    for highlight in answerer.highlights:
        check(daily_message(highlight, "a1"))
        check(daily_message(highlight, "a1", way=Way("https://pages.example.com/e/a")))
