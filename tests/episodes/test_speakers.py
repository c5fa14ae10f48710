"""The labels that open a turn."""

import pytest

from bot.episodes import Episode
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
