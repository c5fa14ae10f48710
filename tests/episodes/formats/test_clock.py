"""Which of a file's times can be true, however many there are."""

from time import process_time

from bot.episodes.formats.clock import plausible
from bot.episodes.formats.model import Cue


def test_the_longest_run_that_never_falls_is_kept() -> None:
    cues = [Cue("word", start=start) for start in (5, 1, 2, 9, 3, 3, 4)]
    settled, (warning,) = plausible(cues, "a")
    assert [cue.start for cue in settled] == [None, 1, 2, None, 3, 3, 4]
    assert warning.what == "2 times run backwards or past 25 hours: left out"


def test_many_falling_times_take_no_longer_than_their_number_needs() -> None:
    count = 50_000
    for falling in (
        range(count, 0, -1),
        [(at % 200) * 900 - at // 200 + 9999 for at in range(count)],
    ):
        began = process_time()
        plausible([Cue("word", start=start) for start in falling], "a")
        assert process_time() - began < 10
