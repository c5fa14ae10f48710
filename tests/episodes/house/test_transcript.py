"""What the parser finds in the real transcript, and that it leaves nothing over."""

import hashlib
from collections import Counter
from itertools import pairwise

from bot.episodes import Episode, Host
from tests.episodes.shelf import TRANSCRIPT, markup


def test_the_transcript_is_the_edition_that_was_published() -> None:
    digest = "69f0ca61e56f099a1af0189a400f9b736a9a04c6e6cfded4cc1719e85aa29af4"
    assert hashlib.sha256(TRANSCRIPT).hexdigest() == digest


def test_the_header_names_the_episode(episode: Episode) -> None:
    assert episode.label == "Episode 2: Large Language Models Deep Dive"
    assert episode.show == "Tech Leadership Unpacked"
    assert [episode.words(span) for span in episode.titles] == [
        "Episode 2: Large Language Models Deep Dive",
        '"LLMs Demystified - What Every Product Leader Needs to Know"',
    ]
    assert episode.duration
    assert episode.words(episode.duration) == "~60 minutes"


def test_the_source_is_the_path_below_the_knowledge_folder(episode: Episode) -> None:
    assert (episode.slug, episode.source) == ("episode-02", "episode-02/transcript.md")
    assert episode.text.encode() == TRANSCRIPT
    assert hashlib.sha256(TRANSCRIPT).hexdigest().startswith(episode.digest)


def test_the_hosts_have_their_roles(episode: Episode) -> None:
    assert episode.hosts == (
        Host("Alex Chen", "Technical Expert"),
        Host("Sam Rivera", "Product Leadership Perspective"),
    )
    assert episode.hosts_line
    assert episode.words(episode.hosts_line) == " & ".join(
        f"{host.name} ({host.role})" for host in episode.hosts
    )


def test_the_segments_have_their_planned_minutes(episode: Episode) -> None:
    assert [(segment.title, segment.minutes) for segment in episode.segments] == [
        ("INTRO", None),
        ("SEGMENT 1: HOW LLMs ACTUALLY WORK", 15),
        ("SEGMENT 2: CAPABILITIES AND LIMITATIONS", 12),
        ("SEGMENT 3: HOW TO ACTUALLY BUILD WITH LLMs", 15),
        ("SEGMENT 4: EVALUATING AND CHOOSING LLMs", 10),
        ("SEGMENT 5: RESPONSIBLE LLM DEPLOYMENT", 8),
        ("SEGMENT 6: THE FUTURE OF LLMs", 7),
        ("SEGMENT 7: PRACTICAL TAKEAWAYS", 5),
    ]
    assert [episode.words(segment.span) for segment in episode.segments] == [
        segment.title + (f" ({segment.minutes} minutes)" if segment.minutes else "")
        for segment in episode.segments
    ]


def test_every_turn_has_its_speaker_and_segment(episode: Episode) -> None:
    assert Counter(turn.speaker for turn in episode.turns) == {"Alex Chen": 76, "Sam Rivera": 66}
    by_segment = Counter(turn.segment for turn in episode.turns)
    assert list(by_segment.items()) == list(enumerate([6, 25, 26, 29, 19, 14, 15, 8]))
    for turn in episode.turns:
        assert turn.speaker
        assert turn.label
        assert turn.speaker.split()[0].upper() == episode.words(turn.label)


def test_a_turn_runs_over_its_paragraphs(episode: Episode) -> None:
    lengths = Counter(len(turn.paragraphs) for turn in episode.turns)
    assert lengths == {1: 134, 2: 5, 3: 1, 4: 1, 8: 1}
    walk = next(turn for turn in episode.turns if len(turn.paragraphs) == 2)
    assert [episode.words(span).split(maxsplit=1)[0] for span in walk.paragraphs] == [
        "Let",
        "First,",
    ]


def test_a_speaker_may_have_two_turns_in_a_row(episode: Episode) -> None:
    openings = [
        episode.words(second.paragraphs[0])
        for first, second in pairwise(episode.turns)
        if first.speaker == second.speaker
    ]
    assert len(openings) == 10
    assert openings[0].startswith("Now here's where transformers come in")


def test_a_bold_phrase_is_no_label(episode: Episode) -> None:
    capabilities = [turn for turn in episode.turns if turn.segment == 2][1]
    assert [episode.words(span) for span in capabilities.paragraphs[:2]] == [
        "Absolutely. Let me be honest about both sides.",
        "What LLMs are genuinely good at:",
    ]


def test_stage_directions_belong_to_no_turn(episode: Episode) -> None:
    directions = [episode.words(span) for span in episode.directions]
    assert directions == ["[THEME MUSIC FADES]", "[OUTRO MUSIC]"]
    said = " ".join(episode.words(span) for turn in episode.turns for span in turn.paragraphs)
    assert "MUSIC" not in said


def test_the_eight_takeaways_are_paragraphs_of_one_turn(episode: Episode) -> None:
    assert [takeaway.number for takeaway in episode.takeaways] == list(range(1, 9))
    turn = next(turn for turn in episode.turns if len(turn.paragraphs) == 8)
    assert tuple(takeaway.span for takeaway in episode.takeaways) == turn.paragraphs
    assert {(takeaway.speaker, takeaway.segment) for takeaway in episode.takeaways} == {
        ("Alex Chen", 7)
    }
    assert episode.words(episode.takeaways[-1].span) == (
        "8. Plan for change. This technology evolves monthly. "
        "Build abstractions that let you swap models without rebuilding your app."
    )


def test_the_reference_sheet_has_thirteen_terms(episode: Episode) -> None:
    assert [term.name for term in episode.terms] == [
        "LLM",
        "Tokenization",
        "Embeddings",
        "Transformer",
        "Attention",
        "Pre-training",
        "Fine-tuning",
        "Prompt Engineering",
        "RAG",
        "Hallucination",
        "Context Window",
        "AI Agent",
        "Multimodal",
    ]
    assert episode.sheet
    assert episode.words(episode.sheet) == "Key Concepts Reference Sheet"


def test_a_term_has_its_long_form_then_its_aliases(episode: Episode) -> None:
    rag = next(term for term in episode.terms if term.name == "RAG")
    assert rag.names == (
        "RAG",
        "Retrieval Augmented Generation",
        "retrieval augmentation",
        "retrieval-augmented generation",
        "grounded generation",
    )
    assert episode.words(rag.cell) == "RAG (Retrieval Augmented Generation)"
    assert episode.words(rag.definition) == "Combining retrieved documents with generation"


def test_the_closing_line_tells_what_comes_next(episode: Episode) -> None:
    assert episode.closing
    assert episode.words(episode.closing) == (
        'Next Episode: "Software Engineering Excellence - '
        'Building and Scaling World-Class Engineering Teams"'
    )


def test_what_was_read_and_known_markup_are_the_whole_file(episode: Episode) -> None:
    assert markup(episode) == {
        "",
        "---",
        "# ",
        "## ",
        "### ",
        "**Duration:** ",
        "**Hosts:** ",
        "**:** ",
        "**:**",
        "****",
        "| Term | Definition |",
        "|------|-----------|",
        "|  |  |",
        "**",
    }
