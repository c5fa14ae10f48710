"""The labels that open a turn."""

import unicodedata

import pytest

from bot.episodes import Episode, load
from tests.episodes.shelf import METADATA, TRANSCRIPT, Shelf, edited, lines


@pytest.mark.parametrize(
    "label",
    ["**Sam:** Why", "**SAM RIVERA:** Why", "** SAM:** Why", "**SAM:**Why", "**SAM:**\nWhy"],
)
def test_a_label_may_be_written_like_this(shelf: Shelf, episode: Episode, label: str) -> None:
    other = shelf.episode(edited("**SAM:** Why", label))
    assert [turn.speaker for turn in other.turns] == [turn.speaker for turn in episode.turns]


def test_hosts_with_one_first_name_need_their_full_names(shelf: Shelf) -> None:
    transcript = TRANSCRIPT.replace(b"Sam Rivera (", b"Alex Rivera (").replace(
        b"**SAM:**", b"**ALEX RIVERA:**"
    )
    metadata = METADATA.replace(b"Sam Rivera", b"Alex Rivera")
    assert shelf.faults(transcript.replace(b"**ALEX:**", b"**ALEX CHEN:**"), metadata) == []
    faults = shelf.faults(transcript, metadata)
    assert len(faults) == 76
    assert faults[0] == lines((15, "ALEX names none of the hosts (Alex Chen, Alex Rivera)"))[0]


@pytest.mark.parametrize("decomposed", ["transcript", "metadata", "both"])
def test_names_are_the_same_in_either_form_of_unicode(shelf: Shelf, decomposed: str) -> None:
    transcript = (
        TRANSCRIPT.decode()
        .replace("Sam Rivera (", "Zoé Rivera (")
        .replace("**SAM:**", "**ZOÉ:**")
        .replace("# Episode 2: Large Language Models", "# Episode 2: Für Größe")
        .replace("| Attention |", "| Café |")
        .replace("(Technical Expert)", "(Doyen für KI)")
    )
    metadata = (
        METADATA.decode()
        .replace("Sam Rivera", "Zoé Rivera")
        .replace("Large Language Models Deep", "Für Größe Deep")
        .replace("  Attention:", "  Café:")
        .replace("Technical Expert", "Doyen für KI")
    )
    if decomposed != "metadata":
        transcript = unicodedata.normalize("NFD", transcript)
    if decomposed != "transcript":
        metadata = unicodedata.normalize("NFD", metadata)
    assert shelf.faults(transcript.encode(), metadata.encode()) == []
    other = load(shelf.folder).episodes[0]
    assert {turn.speaker for turn in other.turns} == {"Alex Chen", "Zoé Rivera"}
    assert other.terms[4].names[:2] == ("Café", "attention mechanism")
    assert other.words(other.terms[4].definition) in other.text


def test_a_stray_label_is_seen_in_either_form_of_unicode(shelf: Shelf) -> None:
    transcript = TRANSCRIPT.decode().replace("Sam Rivera (", "Zoé Rivera (")
    transcript = transcript.replace("**SAM:**", "**ZOÉ:**").replace("**ZOÉ:** Why", "ZOÉ: Why")
    metadata = METADATA.decode().replace("Sam Rivera", "Zoé Rivera")
    told = shelf.faults(unicodedata.normalize("NFD", transcript).encode(), metadata.encode())
    assert any("looks like a turn" in fault for fault in told)
