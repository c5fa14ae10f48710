"""What any podcast's transcripts come to: real ones beside the project, and damaged and huge ones.

    make bench, or: pytest tests/benchmarks/test_formats.py --override-ini addopts="" -s

Times are of a processor, since machines are shared; memory is a process's own peak.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from time import thread_time

import pytest

from bot.answers import Quote
from bot.answers.quoting.quotes import MOST_WORDS, Quotes
from bot.episodes import Episode, Library, Span, check, plain
from bot.episodes.formats.model import Cue
from bot.search.passages import Kind, Passage, passages
from tests.benchmarks.collection import TRANSCRIPTS
from tests.benchmarks.hostile import HUGE, damaged
from tests.benchmarks.spoken_words import spoken_words
from tests.benchmarks.talk import talk
from tests.episodes.formats import samples, writing

ROOT, PODCASTS = Path(__file__).parents[2], TRANSCRIPTS.parent
REAL = pytest.mark.skipif(not PODCASTS.is_dir(), reason=f"needs podcast transcripts in {PODCASTS}")
FILES, SECONDS = 158, 5
LEAST_WORDS, MOST_ROLLING = 0.99, 1.02
QUOTES, DAMAGED, SEED = 500, 2_000, 11
MOST_SECONDS, MOST_MEGABYTES = 2, 300
SMALL = [
    Cue(f"Thanks, and here is tea & bread number {at}; it is hot.", name, start=at, end=at + 1)
    for at, name in enumerate(("Ada", "Ben") * 20)
]
_CHECK = """
import sys
from pathlib import Path
from time import process_time
from bot.episodes import check
library = check(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text("utf-8").split()
print(process_time(), int(status[status.index("VmHWM:") + 1]) / 1024)
print(*(fault.what for fault in library.faults), sep="\\n")
"""
_CLOCK = re.compile(r"(?:(\d+):)?(\d+)[:.](\d+)[.,](\d+)|(\d+)\.(\d+)")


def row(what: str, *figures: str) -> None:
    """Print a row of the table."""
    print(f"\n  {what:<24}" + "".join(f"{figure:>24}" for figure in figures), end="")


@cache
def real() -> Library:
    return check(PODCASTS)


@REAL
def test_every_file_is_read_or_rightly_refused_in_two_lines() -> None:
    files = [path for path in PODCASTS.glob("*/*") if path.name != "LICENSE"]
    script = "from bot.__main__ import app; app()"
    command = [sys.executable, "-X", "utf8", "-c", script, "check", str(PODCASTS)]
    before = _spent()
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    spent = _spent() - before
    told, refused = done.stdout.splitlines(), done.stderr.splitlines()
    row("check", f"{len(files)} files", f"{len(refused)} refused", f"{spent:.2f} s")
    assert len(files) == FILES
    assert len(refused) == sum("_index" in path.name for path in files)
    assert all("_index" in line and "is no transcript" in line for line in refused)
    assert len(told) <= 2 * (FILES - len(refused))
    assert spent < SECONDS


@REAL
def test_the_words_of_every_file_can_be_quoted() -> None:
    shares = {
        episode.source: _quotable(episode) / spoken_words(PODCASTS / episode.source)
        for episode in real().episodes
    }
    worst = min(shares, key=lambda name: shares[name])
    row("words", f"{len(shares)} files", f"{shares[worst]:.3f} to {max(shares.values()):.3f}")
    assert shares[worst] >= LEAST_WORDS, worst
    assert max(shares.values()) <= MOST_ROLLING


@REAL
def test_rolling_captions_are_said_once(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(writing.rolling(talk()), "utf-8")
    (episode,) = check(path).episodes
    ratio = len(_said(episode)) / len(_words(talk()))
    row("rolling captions", f"{len(talk())} cues", f"{ratio:.3f}")
    assert LEAST_WORDS <= ratio <= MOST_ROLLING


@REAL
def test_one_talk_is_the_same_words_in_every_format(tmp_path: Path) -> None:
    expected = _words(talk())
    for form in writing.FORMS:
        path = tmp_path / form.__name__
        path.write_text(form(talk()), "utf-8")
        (episode,) = check(path).episodes
        assert _said(episode) == expected, form.__name__
    row("the same talk", f"{len(writing.FORMS)} forms", f"{len(expected)} words", "1.000")


@REAL
def test_random_quotes_are_the_text_at_its_time(tmp_path: Path) -> None:
    for form in writing.FORMS:
        (tmp_path / form.__name__).write_text(form(talk()), "utf-8")
    for folder in (PODCASTS, tmp_path):
        library = real() if folder is PODCASTS else check(folder)
        assert folder is PODCASTS or len(library.episodes) == len(writing.FORMS)
        quotes = Quotes(library, cache(lambda at, found=library: passages(found.episodes[at])))
        for name in sorted({episode.format for episode in library.episodes}):
            episodes = [one for one in library.episodes if one.format == name]
            timed = sum(_checked(quotes, folder, episode) for episode in _some(episodes))
            row(f"quotes, {name}", f"{len(episodes)} files", f"{QUOTES} right", f"{timed} timed")


def _some(episodes: Sequence[Episode]) -> list[Episode]:
    return Random(SEED).choices(episodes, k=QUOTES)  # noqa: S311 - no secret


_RANDOM = Random(SEED)  # noqa: S311 - no secret


def _checked(quotes: Quotes, folder: Path, episode: Episode) -> bool:
    """Check a random quote of an episode; return whether it has a time."""
    passage = _RANDOM.choice(passages(episode))
    quote = quotes.window(passage, *_run(passage))
    written = episode.text[quote.start : quote.end]
    assert quote.text == (plain(written) if episode.marked else " ".join(written.split()))
    assert quotes.again(quote.episode, quote.digest, quote.start, quote.end) == quote
    rows = [one for one in episode.timeline if one.start < quote.end and quote.start < one.end]
    assert quote.line == rows[0].line
    assert (quote.since, quote.until) == (_second(rows[0].since), _second(rows[-1].until))
    if quote.since is not None and episode.format in ("WebVTT", "SubRip"):
        _check_cue(quote, (folder / episode.source).read_text("utf-8-sig"))
    if episode.format in ("JSON", "Podcasting 2.0 JSON", "Whisper's JSON"):
        _check_segment(quote, (folder / episode.source).read_text("utf-8-sig"))
    return quote.since is not None


def _check_cue(quote: Quote, text: str) -> None:
    """Check that the line of the file that a quote names begins at its time, with its words."""
    lines = text.splitlines()
    assert quote.line is not None
    clock, _, below = lines[quote.line - 1].partition("-->")
    found = _CLOCK.fullmatch(clock.strip())
    assert found, clock
    hours, minutes, seconds, fraction, alone, rest = (int(part or 0) for part in found.groups())
    assert (
        quote.since == (hours * 60 + minutes) * 60 + seconds + fraction / 1000 + alone + rest / 1000
    )
    assert quote.text.split()[0] in plain(" ".join([below, *lines[quote.line : quote.line + 4]]))


def _check_segment(quote: Quote, text: str) -> None:
    """Check that the segment that a quote names begins at its time."""
    value = json.loads(text)
    assert quote.line is not None
    segment = (value if isinstance(value, list) else value["segments"])[quote.line - 1]
    start = float(segment.get("startTime", segment.get("start")))
    assert quote.since in (None, round(start, 3), start / 1000)


def _run(passage: Passage) -> tuple[int, int]:
    """Return the first and last of some sentences on end that are not too long to quote."""
    first = last = _RANDOM.randrange(len(passage.sentences))
    while last + 1 < len(passage.sentences) and _RANDOM.random() < 0.5:
        span = Span(passage.sentences[first].start, passage.sentences[last + 1].end)
        if len(passage.episode.words(span).split()) > MOST_WORDS:
            break
        last += 1
    return first, last


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    random = Random(SEED)  # noqa: S311 - no secret
    whole = [text.encode() for text in samples.ALL.values()]
    whole += [form(SMALL).encode() for form in writing.FORMS]
    path, refused, slowest = tmp_path / "a", 0, 0.0
    for _ in range(DAMAGED):
        path.write_bytes(damaged(random, whole))
        start = thread_time()
        library = check(path)
        slowest = max(slowest, thread_time() - start)
        assert len(library.episodes) + bool(library.faults) == 1
        assert all("\n" not in str(fault) for fault in library.faults)
        refused += bool(library.faults)
    row("damaged", f"{DAMAGED} files", f"{refused} refused", f"at most {slowest:.2f} s")
    assert slowest < MOST_SECONDS


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc for memory")
@pytest.mark.parametrize("name", HUGE)
def test_what_is_too_much_ends_soon_and_small(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(HUGE[name](), "utf-8")
    command = [sys.executable, "-c", _CHECK, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures, *faults = done.stdout.splitlines()
    seconds, megabytes = map(float, figures.split())
    row(name, f"{seconds:.2f} s", f"{megabytes:.0f} MB", "  " + (faults[0] or "read"))
    assert len(faults) == 1
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES


def _words(cues: Sequence[Cue]) -> list[str]:
    return [word for cue in cues for word in cue.words.split()]


def _said(episode: Episode) -> list[str]:
    found = (one.span for one in passages(episode) if one.kind is not Kind.TERM)
    return [word for span in found for word in episode.text[span.start : span.end].split()]


def _quotable(episode: Episode) -> int:
    return sum(1 for word in _said(episode) if re.search(r"\w", word))


def _spent() -> float:
    """Return the seconds of a processor that ended children have taken."""
    times = os.times()
    return times.children_user + times.children_system


def _second(time: int | None) -> float | None:
    return None if time is None else time / 1000
