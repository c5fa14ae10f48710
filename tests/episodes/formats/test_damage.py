"""Whatever happens to a file, it is read or refused: nothing else, and soon."""

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.episodes.formats import Transcript, read, read_chapters
from bot.errors import UnreadableError
from tests.episodes.formats.samples import ALL, cut

PROSE = "**Ada:** Welcome to the show.\n\n**Ben:** Thanks. I brought tea.\n\n**Ada:** Good.\n" * 9
SAMPLES = [text.encode() for text in [*ALL.values(), PROSE]]
PIECES = [
    b"-->",
    b"<v ",
    b"\xff",
    b"\0",
    b'"',
    b"{",
    b"[" * 99,
    b"\n\n",
    b"99:99:99",
    b"<div>",
    b"\r",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a sample with bytes cut, doubled, swapped, or mixed with those of another."""
    raw = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
        piece = raw[start:end]
        other = draw(st.sampled_from([*SAMPLES, *PIECES]))
        middle = draw(st.sampled_from([b"", piece * 2, piece[::-1], other, piece + other[:40]]))
        raw = raw[:start] + middle + raw[end:]
    return raw


@pytest.mark.slow
@settings(max_examples=600, derandomize=True, deadline=None)
@given(damaged())
def test_a_damaged_file_is_read_or_refused(raw: bytes) -> None:
    began = process_time()
    told = refusal(lambda: check(read(raw, "a")))
    assert told is None or (told.startswith("a:") and "\n" not in told)
    assert process_time() - began < 10


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.one_of(st.binary(max_size=200), damaged()))
def test_damaged_chapters_are_read_or_refused(raw: bytes) -> None:
    told = refusal(lambda: read_chapters(raw, "a"))
    assert told is None or told.startswith("a:")


def refusal(reading: Callable[[], object]) -> str | None:
    """Return why a file is refused, None where it is read."""
    try:
        reading()
    except UnreadableError as error:
        return str(error)
    return None


def check(transcript: Transcript) -> None:
    """Check that every span lies in the text, in order, and holds words."""
    assert transcript.text.encode()
    at = 0
    for speech in transcript.speeches:
        assert speech.paragraphs
        for span in speech.paragraphs:
            assert at <= span.start < span.end <= len(transcript.text)
            at = span.end
    assert all(cut(transcript, row.span).strip() for row in transcript.rows)
