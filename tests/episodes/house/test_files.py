"""Files that are no text, are cut short, or are encoded another way."""

import os

import pytest

from bot.episodes import Episode, load
from tests.episodes.shelf import TRANSCRIPT, Shelf, edited, lines, markup, spans

TEXT = TRANSCRIPT.decode()
LAST = len(TRANSCRIPT) - 1


@pytest.mark.parametrize(
    ("transcript", "line", "what"),
    [
        (b"", 1, "is empty"),
        (b" \r\n\t\n", 1, "is empty"),
        (b"\xef\xbb\xbf", 1, "is empty"),
        (edited("no PhD required", "no PhD\0 required"), 31, "NUL"),
        (TEXT.encode("utf-16"), 1, "is not UTF-8; it looks like utf_16: say `encoding: utf_16`"),
        (TEXT.encode("utf-16-le"), 1, "is not UTF-8; it looks like utf_16_le: say `encoding"),
        (TRANSCRIPT[:5000] + b"\xe2\x80", 71, "is not saved as UTF-8: byte 0xe2"),
        (TRANSCRIPT[:5000].replace(b"\n", b"\r") + b"\xff", 71, "is not saved as UTF-8"),
        (TRANSCRIPT[:5000] + b"\0" * 5000, 71, "is not plain text: a NUL character"),
    ],
)
def test_a_file_that_is_no_text_is_one_fault(
    shelf: Shelf, transcript: bytes, line: int, what: str
) -> None:
    (fault,) = shelf.faults(transcript)
    assert fault.startswith(f"episode-02/transcript.md:{line}: ")
    assert what in fault


HEADING = 97  # a cut above which only title and subtitle are left: nobody says anything there


@pytest.mark.parametrize("cut", [*range(0, LAST, 97), *range(LAST - 110, LAST)])
def test_a_file_cut_short_is_a_fault(shelf: Shelf, cut: int) -> None:
    faults = shelf.faults(TRANSCRIPT[:cut])
    if cut == HEADING:
        assert [fault.split(":")[0] for fault in faults] == ["episode-02/transcript.md"]
    else:
        assert any("cut short" in fault or "is empty" in fault for fault in faults)


def test_only_the_last_newline_may_be_lost(shelf: Shelf) -> None:
    assert shelf.faults(TRANSCRIPT.removesuffix(b"\n")) == []


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines_change_offsets_alone(shelf: Shelf, episode: Episode, newline: str) -> None:
    other = shelf.episode(TRANSCRIPT.replace(b"\n", newline.encode()))
    assert [other.words(span) for span in spans(other)] == [
        episode.words(span) for span in spans(episode)
    ]
    assert markup(other) == markup(episode)
    for ours, theirs in zip(spans(episode), spans(other), strict=True):
        above = episode.text.count("\n", 0, ours.start)
        assert theirs.start == ours.start + above * (len(newline) - 1)
    assert [turn.speaker for turn in other.turns] == [turn.speaker for turn in episode.turns]
    assert [term.names for term in other.terms] == [term.names for term in episode.terms]


def test_a_byte_order_mark_shifts_offsets_by_one(shelf: Shelf, episode: Episode) -> None:
    other = shelf.episode(b"\xef\xbb\xbf" + TRANSCRIPT)
    assert other.text[0] == "\ufeff"
    assert [(span.start - 1, span.end - 1) for span in spans(other)] == [
        (span.start, span.end) for span in spans(episode)
    ]


def test_a_directory_in_place_of_the_file_is_a_fault(shelf: Shelf) -> None:
    (shelf.put("episode-02", transcript=None) / "transcript.md").mkdir()
    assert shelf.told(load(shelf.folder)) == ["episode-02: holds no transcript"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_a_fault(shelf: Shelf) -> None:
    (shelf.put("episode-02") / "transcript.md").chmod(0)
    assert shelf.told(load(shelf.folder)) == lines((1, "cannot be read: Permission denied"))


def test_a_link_to_itself_is_a_fault(shelf: Shelf) -> None:
    link = shelf.put("episode-02", transcript=None) / "transcript.md"
    link.symlink_to(link)
    (fault,) = shelf.told(load(shelf.folder))
    assert fault.startswith("episode-02/transcript.md:1: cannot be read: ")
