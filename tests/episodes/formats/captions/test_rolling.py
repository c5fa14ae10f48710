"""Captions that show each line again above the next say it once."""

from itertools import pairwise

from bot.episodes.formats import read
from tests.episodes.formats.samples import words

LINES = (
    "hello everyone and welcome to the show",
    "today we talk about databases",
    "and and what an index is",
    "we have a guest with us",
    "she wrote a book about it",
)


def clock(seconds: float) -> str:
    return f"00:00:{seconds:06.3f}"


def rolling() -> str:
    """Write captions as YouTube makes them: a line grows word by word, stays, and moves up."""
    cues, above = [], " "
    for at, line in enumerate(LINES):
        first, *rest = line.split()
        start = at * 2.0
        timed = first + "".join(f"<{clock(start + 0.5)}><c> {word}</c>" for word in rest)
        cues += [
            f"{clock(start)} --> {clock(start + 1.9)} align:start position:0%\n{above}\n{timed}\n",
            f"{clock(start + 1.9)} --> {clock(start + 2)} align:start position:0%\n{line}\n \n",
        ]
        above = line
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(cues)


def test_each_line_is_said_once() -> None:
    transcript = read(rolling().encode(), "a.vtt")
    assert words(transcript) == " ".join(LINES).split()
    assert transcript.said.language == "en"


def test_a_line_is_shown_until_its_last_repeat_ends() -> None:
    rows = read(rolling().encode(), "a.vtt").rows
    assert [(row.start, row.end) for row in rows][:2] == [(0, 2000), (2000, 4000)]


def test_two_lines_that_move_up_are_said_once() -> None:
    pairs = [*pairwise(LINES)]
    text = "WEBVTT\n\n" + "\n".join(
        f"{clock(at)} --> {clock(at + 1)}\n{first}\n{second}\n"
        for at, (first, second) in enumerate(pairs)
    )
    assert words(read(text.encode(), "a.vtt")) == " ".join(LINES).split()


def test_a_line_that_grows_is_said_once() -> None:
    spoken = LINES[0].split()
    text = "WEBVTT\n\n" + "\n".join(
        f"{clock(at)} --> {clock(at + 1)}\n{' '.join(spoken[: at + 1])}\n"
        for at in range(len(spoken))
    )
    assert words(read(text.encode(), "a.vtt")) == spoken


def test_words_that_are_highlighted_one_by_one_are_said_once() -> None:
    spoken = LINES[0].split()
    text = "WEBVTT\n\n" + "\n".join(
        f"{clock(at)} --> {clock(at + 1)}\n"
        + " ".join(f"<u>{word}</u>" if place == at else word for place, word in enumerate(spoken))
        + "\n"
        for at in range(len(spoken))
    )
    assert words(read(text.encode(), "a.vtt")) == spoken


def test_people_who_repeat_each_other_do_so() -> None:
    said = ["Yes.", "Yes.", "I think so.", "Really?", "It is late.", "Yes.", "It is late."]
    text = "WEBVTT\n\n" + "\n".join(
        f"{clock(at)} --> {clock(at + 1)}\n{line}\n" for at, line in enumerate(said)
    )
    assert words(read(text.encode(), "a.vtt")) == " ".join(said).split()
