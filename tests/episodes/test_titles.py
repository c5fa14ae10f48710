"""Segment headings as people read them."""

import pytest

from bot.episodes import Episode
from bot.episodes.titles import display_title, display_titles

BODY = (
    "We open with a Q&A. RAG is ours, and the iPhone works.\n"
    "In Berlin we eat. Cost is a factor, and cost matters. An LLM helps.\n"
    "Well, I don't think that GitHub is eBay. She said: Actually, GPT-4 is slow."
)


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("SEGMENT 12: COST IN BERLIN (8 minutes)", "Cost in Berlin"),
        ("segment 3 - the cost (~5 min)", "the cost"),
        ("SEGMENT 3", "Segment 3"),
        ("INTRO", "Intro"),
    ],
)
def test_number_minutes_and_capitals_go(heading: str, shown: str) -> None:
    assert display_title(heading, BODY) == shown


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("ACTUALLY BUILDING RAG", "Actually building RAG"),
        ("LLMS AND GITHUB", "LLMs and GitHub"),
        ("LLMs AND EBAY", "LLMs and eBay"),
        ("IPHONE APPS", "iPhone apps"),
        ("Q&A ON GPT-4", "Q&A on GPT-4"),
        ("WHAT I THINK. DON'T EAT!", "What I think. Don't eat!"),
    ],
)
def test_acronyms_and_names_are_spelled_as_the_body_writes_them(heading: str, shown: str) -> None:
    assert display_title(heading, BODY) == shown


@pytest.mark.parametrize("heading", ["How It Works", "AI and RAG", "未来について", "2024", ""])
def test_a_heading_that_is_not_in_capitals_stays(heading: str) -> None:
    assert display_title(heading, BODY) == heading


def test_an_acronym_that_the_body_lacks_keeps_its_capitals() -> None:
    assert display_title("GDPR: THE LAW", BODY) == "GDPR: the law"


def test_a_name_written_in_decomposed_letters_is_the_same_name() -> None:
    assert display_title("ÜBER ZÜRICH".replace("Ü", "U\u0308"), "Wir in Zürich.") == "Über Zürich"


def test_the_segments_of_the_episode(episode: Episode) -> None:
    assert list(display_titles(episode).values())[:4] == [
        "Intro",
        "How LLMs actually work",
        "Capabilities and limitations",
        "How to actually build with LLMs",
    ]
