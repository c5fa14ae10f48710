"""When words are said, as plain text and Markdown write it."""

import pytest

from bot.episodes.formats.model import Known, Transcript
from bot.episodes.formats.prose.parse import read_prose

KNOWN = Known(people=("Ada Park", "Ben Reed"))


def read(text: str) -> Transcript:
    return read_prose(text, "a.md", KNOWN)


def times(text: str) -> list[tuple[str, int | None, int | None]]:
    rows = read(text).rows
    return [(text[row.span.start : row.span.end], row.start, row.end) for row in rows]


@pytest.mark.parametrize(
    ("mark", "start"),
    [
        ("0:34", 34_000),
        ("1:02:03", 3_723_000),
        ("00:00:04.500", 4_500),
        ("22:48.0", 1_368_000),
        ("00:27:33:12", 1_653_000),
        ("00:00:03 --> 00:00:09", 3_000),
    ],
)
@pytest.mark.parametrize("form", ["[{}] {}", "({}): {}", "\\[{}\\] {}", "\\[\\\\{}\\\\\\] {}"])
def test_a_time_is_written_in_many_ways(form: str, mark: str, start: int) -> None:
    text = f"Ada Park: Hi.\n\n{form.format(mark, 'Words.')}"
    assert times(text) == [("Hi.", None, None), ("Words.", start, None)]


def test_a_time_below_or_beside_a_label_is_of_its_turn() -> None:
    text = (
        "Ada Park: 00:00:05\n\nHi.\n\nBen Reed (0:00:08):\nHello.\n\n(0:00:20):\nMore.\nAnd more."
    )
    assert times(text) == [
        ("Hi.", 5_000, 8_000),
        ("Hello.", 8_000, 20_000),
        ("More.\nAnd more.", 20_000, None),
    ]


def test_a_mark_inside_cuts_the_paragraph() -> None:
    text = (
        "**Ada Park:** \\[00:10\\] It is lit \\[00:30\\] at dusk.\n\nWe wait. \\[01:00\\]\n\nYes."
    )
    assert times(text) == [
        ("It is lit", 10_000, 30_000),
        ("at dusk.", 30_000, 60_000),
        ("We wait.", 30_000, 60_000),
        ("Yes.", 60_000, None),
    ]


def test_lines_may_begin_with_bare_times() -> None:
    text = "0:01 Hi there.\n0:05 Hello.\n0:09 Well\nthen.\n" + "0:20 And more words.\n" * 40
    assert times(text)[:3] == [
        ("Hi there.", 1_000, 5_000),
        ("Hello.", 5_000, 9_000),
        ("Well\nthen.", 9_000, 20_000),
    ]


def test_a_time_of_day_that_was_wrapped_is_words() -> None:
    text = "Ada Park: We meet at\n10:30 in the tower, and not\n12:00 as before."
    assert [words for words, _, _ in times(text)] == [text.removeprefix("Ada Park: ")]


def test_what_a_sound_covers_stays_words() -> None:
    text = "Ada Park: It was \\[unintelligible 00:03:20.29\\] then."
    assert times(text) == [(text.removeprefix("Ada Park: "), None, None)]


@pytest.mark.parametrize("wrong", ["[0:05]", "[26:00:00]"])
def test_times_that_cannot_be_are_left_out_with_a_warning(wrong: str) -> None:
    text = f"[0:10] Ada Park: One.\n\n[0:20] Two.\n\n{wrong} Three.\n\n[0:40] Four."
    assert times(text) == [
        ("One.", 10_000, 20_000),
        ("Two.", 20_000, 40_000),
        ("Three.", 20_000, 40_000),
        ("Four.", 40_000, None),
    ]
    (warning,) = read(text).warnings
    assert warning.line == 5


def test_far_from_any_time_none_is_known() -> None:
    paragraph = "We wait for ships to come in. " * 20
    rows = times("[0:10] Ada Park: One.\n\n" + f"{paragraph}\n\n" * 40)
    assert rows[1][1:] == (10_000, None)
    assert rows[-1][1:] == (None, None)


def test_times_without_labels_make_a_transcript_from_the_first_on() -> None:
    text = "Notes of ours.\n\n" + "".join(
        f"[00:00:{second:02}] The lamp is lit at dusk.\n\n" for second in range(20)
    )
    found = read(text)
    assert [speech.speaker for speech in found.speeches] == [None]
    assert [row.start for row in found.rows] == [second * 1000 for second in range(20)]
