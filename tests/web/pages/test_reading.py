"""What an episode's page shows of its times and parts."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.episodes import Episode, Span, load
from bot.web.pages.model import Reading
from bot.web.pages.reading import reading

AUDIO = "https://audio.example/a.mp3"


def captions(folder: Path, *cues: tuple[int, str, str], audio: str = "") -> Episode:
    """An episode of cues: the second each begins at, who says it, and what; five seconds each."""
    (folder / "talk").mkdir()
    timed = (
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000 --> "
        f"{(at + 5) // 3600:02}:{(at + 5) // 60 % 60:02}:{(at + 5) % 60:02}.000\n<v {who}>{what}"
        for at, who, what in cues
    )
    (folder / "talk" / "t.vtt").write_text("\n\n".join(("WEBVTT", *timed)) + "\n", "utf-8")
    told = f"audio: {audio}\n" if audio else "title: Talk\n"
    (folder / "talk" / "episode.yaml").write_text(told, "utf-8")
    library = load(folder)
    assert not library.faults
    return library.episodes[0]


def told(page: Reading) -> list[tuple[str | None, str]]:
    return [
        (turn.speaker, turn.heard.time if turn.heard else "")
        for part in page.parts
        for turn in part.turns
    ]


def test_turns_carry_who_and_when_and_lead_to_the_recording(tmp_path: Path) -> None:
    episode = captions(
        tmp_path, (5, "Ada", "It is late."), (754, "Ben", "So it is."), (3723, "Ada", "Yes."),
        audio=AUDIO,
    )  # fmt: skip
    page = reading(episode, {})
    assert told(page) == [("Ada", "0:05"), ("Ben", "12:34"), ("Ada", "1:02:03")]
    turn = page.parts[0].turns[1]
    assert turn.heard is not None
    assert turn.heard.address == f"{AUDIO}#t=754,759"
    assert page.is_timed


def test_without_a_recording_times_lead_nowhere(tmp_path: Path) -> None:
    page = reading(captions(tmp_path, (5, "Ada", "It is late."), (9, "Ben", "So it is.")), {})
    assert told(page) == [("Ada", "0:05"), ("Ben", "0:09")]
    assert page.parts[0].turns[0].heard == (5.0, None)


def test_without_chapters_the_list_has_a_place_every_ten_minutes(tmp_path: Path) -> None:
    cues = [(at, "Ada" if at % 60 else "Ben", f"It is {at} now.") for at in range(0, 3_000, 30)]
    page = reading(captions(tmp_path, *cues), {})
    assert [entry.words for entry in page.contents] == ["0:00", "10:00", "20:00", "30:00", "40:00"]
    names = [turn.name for part in page.parts for turn in part.turns]
    assert {entry.name for entry in page.contents} <= set(names)


def test_a_list_of_one_place_is_left_out(tmp_path: Path) -> None:
    page = reading(captions(tmp_path, (0, "Ada", "It is late."), (599, "Ben", "So it is.")), {})
    assert page.contents == ()


def test_a_list_of_two_places_is_shown(tmp_path: Path) -> None:
    page = reading(captions(tmp_path, (0, "Ada", "It is late."), (600, "Ben", "So it is.")), {})
    assert [entry.words for entry in page.contents] == ["0:00", "10:00"]


def test_a_long_turn_shows_the_time_now_and_then(tmp_path: Path) -> None:
    long = "It goes on and on and on, as some things do, and nobody knows when it will end. "
    cues = [(at, "Ada", f"{long * 4}It is {at} now.") for at in range(0, 1_500, 20)]
    page = reading(captions(tmp_path, *cues), {})
    [turn] = page.parts[0].turns
    times = [one.heard.since for one in turn.paragraphs if one.heard]
    assert len(times) > 5
    assert all(later - earlier >= 60 for earlier, later in pairwise(times))
    assert page.contents[0].words == "0:00"
    assert len(page.contents) == 3


@pytest.mark.parametrize(("said", "since"), [("It is late.", 5.0), ("So it is.", 754.0)])
def test_the_mark_carries_the_time_of_the_quote(tmp_path: Path, said: str, since: float) -> None:
    episode = captions(tmp_path, (5, "Ada", "It is late."), (754, "Ben", "So it is."), audio=AUDIO)
    start = episode.text.index(said)
    page = reading(episode, {}, Span(start, start + len(said)))
    quoted = [one.quoted for part in page.parts for turn in part.turns for one in turn.paragraphs]
    assert [one.since for one in quoted if one] == [since]
