"""The index of a library of 1,000 episodes, put together from the postings of each.

Episodes are runs of the words of real transcripts, in windows of 40; one word in twenty is a new
one, so that no window repeats and the vocabulary grows. That makes 250,000 windows, 8 million
postings and half a million terms.
"""

from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from time import thread_time

import pytest

from bot.search import Index, Postings, tokens
from tests.benchmarks.collection import TRANSCRIPTS, paragraphs, questions
from tests.benchmarks.timing import p50, serve

pytestmark = pytest.mark.skipif(
    not TRANSCRIPTS.is_dir(), reason=f"needs podcast transcripts in {TRANSCRIPTS}"
)
EPISODES, WINDOWS, WORDS = 1_000, 250, 40
MOST_MERGING, MOST_READING, MOST_OPENING = 1.0, 1.0, 0.35  # seconds
MOST_SCORES = 1.5  # milliseconds
OF_ALL = 0.25  # one episode's scores, of the time that all take
MOST_OWN = 40  # megabytes, with those of Python and NumPy
ONE = WINDOWS * EPISODES // 2  # where an episode in the middle starts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the postings of each episode, and questions of at most ten words."""
    folder = tmp_path_factory.mktemp("library")
    said = list(chain.from_iterable(map(tokens, paragraphs())))
    random = Random(1)  # noqa: S311 - no secret
    for episode in range(EPISODES):
        _postings(said, episode, random).save(folder / f"{episode}.postings")
    asked = [question for question in questions(1_000) if len(question.split()) <= 10]
    (folder / "questions").write_text("\n".join(filter(tokens, asked)), "utf-8")
    return folder


def _postings(said: list[str], episode: int, random: Random) -> Postings:
    size = WINDOWS * WORDS
    start = random.randrange(len(said) - size)
    run = said[start : start + size]
    for place in random.sample(range(size), size // 20):
        run[place] += f"{episode}x{place}"
    return Postings.of([run[at : at + WORDS] for at in range(0, size, WORDS)])


@cache
def library(folder: Path) -> Index:
    """The index of all parts; its times are of a processor, since machines are shared."""
    start = thread_time()
    parts = [Postings.read(folder / f"{episode}.postings") for episode in range(EPISODES)]
    read = thread_time()
    index = Index.merged(parts)
    merged = thread_time()
    size = sum(part.docs.size for part in parts)
    print(f"\n  {size:,} postings: read in {read - start:.2f} s, merged in {merged - read:.2f} s")
    assert read - start <= MOST_READING
    assert merged - read <= MOST_MERGING
    index.save(folder)
    return index


def test_a_library_is_put_together_within_a_second(folder: Path) -> None:
    assert len(library(folder).scores("model")) == EPISODES * WINDOWS


def test_an_ordinary_question_is_scored_in_a_millisecond(folder: Path) -> None:
    index = library(folder)
    asked = (folder / "questions").read_text("utf-8").splitlines()
    every = p50(index.scores, asked, rounds=3)
    one = p50(lambda question: index.scores(question, ONE, ONE + WINDOWS), asked, rounds=3)
    print(
        f"  scores of {len(asked)} questions: {every * 1e6:.0f} µs, {one * 1e6:.0f} of an episode"
    )
    assert every * 1000 <= MOST_SCORES
    assert one <= OF_ALL * every


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc for memory")
def test_a_library_opens_at_once_and_stays_in_its_file(folder: Path) -> None:
    library(folder)
    scores = "index.scores(question)"
    opened, peak, own = serve("from bot.search import Index", "Index.open(folder)", scores, folder)
    size = (folder / "index.bm25").stat().st_size / 1e6
    print(f"  open: {opened * 1e3:.0f} ms for {size:.0f} MB")
    print(f"  memory: {own / 1024:.0f} MB of its own, {peak / 1024:.0f} with what is mapped")
    assert opened <= MOST_OPENING
    assert own / 1024 <= MOST_OWN
