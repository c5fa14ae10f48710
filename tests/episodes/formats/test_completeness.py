"""One talk, written in every format, gives the same words: nothing is lost, nothing said twice."""

import random

import pytest

from bot.episodes.formats import Transcript, read
from bot.episodes.formats.model import Cue
from tests.episodes.formats.samples import cut, words
from tests.episodes.formats.writing import FORMS, plain_text

RANDOM = random.Random(11)  # noqa: S311 - any talk will do, if it is the same one each time
SYLLABLES = "ba be ko lu ma ni po ra se ti".split()


def sentence() -> str:
    said = ["".join(RANDOM.choices(SYLLABLES, k=RANDOM.randint(1, 3))) for _ in range(9)]
    return " ".join(said).capitalize() + "."


TALK = [
    Cue(sentence(), name, start=4000 * at, end=4000 * at + 4000)
    for at, name in enumerate(["Ada Park", "Ben Ode"] * 30)
]
SAID = " ".join(cue.words for cue in TALK).split()


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def transcript(request: pytest.FixtureRequest) -> Transcript:
    return read(request.param(TALK).encode(), "talk")


def test_every_word_is_said_once(transcript: Transcript) -> None:
    assert words(transcript) == SAID


def test_the_text_holds_the_words_and_the_names_alone(transcript: Transcript) -> None:
    names = [f"{speech.speaker}: " for speech in transcript.speeches if speech.speaker]
    count = len(SAID) + sum(len(name.split()) for name in names)
    assert len(transcript.text.split()) == count


def test_a_row_is_the_words_of_its_time(transcript: Transcript) -> None:
    said = [word for row in transcript.rows for word in cut(transcript, row.span).split()]
    assert said == SAID
    if transcript.text == plain_text(TALK):  # which holds no times
        return
    starts = [cue.start for cue in TALK for _ in cue.words.split()]
    at = 0
    for row in transcript.rows:
        assert row.start == starts[at]
        at += len(cut(transcript, row.span).split())
