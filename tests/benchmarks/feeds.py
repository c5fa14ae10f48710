"""How long a podcast takes from its server to an answer.

    python -m tests.benchmarks.feeds [--episodes 350] [--among 1000]

350 transcripts of an hour are served on the loopback, fetched, kept, read and indexed, until one of
them answers: at most 60 s. Then, in a library of 1,000, a new episode comes out while the bot runs:
at most 5 s from the request for its transcript to its first answer, 2 s of them for the index.
The episodes are made of real turns, as `tests.benchmarks.library` makes them.
"""

import argparse
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bot.answers import Answer, Answerer, ready
from bot.bootstrap.reloading import Watcher, following
from bot.episodes import Library, load
from bot.episodes.knowledge.look import look
from bot.storage import Store
from tests.benchmarks.collection import TRANSCRIPTS
from tests.benchmarks.library import Maker, turns_of
from tests.fakes.podcast import NOW, Podcast, clock
from tests.fakes.web_host import WebHost
from tests.feeds.listener import HOUR, Listener

CUE = 10, 4  # words and seconds
NEW = 5_000  # the number of the episode that comes out
FIRST, SECOND = "Quimper", "Vundle"  # of which one episode alone speaks
_LABEL = re.compile(r"\*\*([^*:]+):\*\* ")


def captions(episode: str, about: str = "") -> bytes:
    """Return an episode of `Maker`'s as WebVTT, with a sentence about a lighthouse in its midst."""
    lines, speaker, at = ["WEBVTT\n"], "Somebody", 0
    paragraphs = list(filter(None, episode.split("\n")))
    if about:
        paragraphs.insert(len(paragraphs) // 2, f"The lighthouse of {about} is made of granite.")
    for paragraph in paragraphs:
        if label := _LABEL.match(paragraph):
            speaker = label[1]
        words = re.sub(r"[*_<>&]", "", paragraph[label.end() if label else 0 :]).split()
        for start in range(0, len(words), CUE[0]):
            said = " ".join(words[start : start + CUE[0]])
            lines.append(f"{clock(at)} --> {clock(at + CUE[1])}\n<v {speaker}>{said}\n")
            at += CUE[1]
    return "\n".join(lines).encode()


class Clock:
    """Says how long each step took, in seconds of the wall and of this process."""

    def __init__(self) -> None:
        self.began = self._wall, self._cpu = time.monotonic(), time.process_time()

    def step(self, what: str) -> None:
        wall, cpu = time.monotonic(), time.process_time()
        print(f"  {what:24} {wall - self._wall:7.2f} s, {cpu - self._cpu:7.2f} s of the processor")
        self._wall, self._cpu = wall, cpu

    @property
    def whole(self) -> float:
        return time.monotonic() - self.began[0]


def answers(answering: Answerer, about: str, slug: str) -> bool:
    """Return whether an episode's own question is answered from it."""
    said = answering.ask(f"What is the lighthouse of {about} made of?")
    return isinstance(said, Answer) and any(one.episode == slug for one in said.quotes)


def whole(listener: Listener, cache: Path, numbers: Iterable[int], maker: Maker) -> None:
    """Measure a podcast from its server to an answer."""
    podcast = listener.podcast
    for number in numbers:
        podcast.words[f"/{number}.vtt"] = captions(maker.episode(), FIRST if number == 1 else "")
    podcast.add_all(numbers)
    clock = Clock()
    print(*listener.follow(), sep="\n")
    clock.step("fetched and kept")
    library = load(listener.folder, cache)
    clock.step("read")
    answering = ready(library, listener.folder, cache)
    clock.step("indexed")
    assert answers(answering, FIRST, str(listener.row(1).slug))
    clock.step("first answer")
    print(f"  {'in all':24} {clock.whole:7.2f} s (bar: 60)")


def one_more(listener: Listener, cache: Path, among: int, maker: Maker) -> None:
    """Measure a new episode of a running bot, from the request for it to its first answer."""
    for number in range(len(list(listener.folder.iterdir())), among):
        (listener.folder / f"made-{number:04}.md").write_text(maker.episode(), "utf-8")
    seen = look(listener.folder)
    answering = ready(load(listener.folder, cache), listener.folder, cache)
    answers(answering, FIRST, "")  # loads the reader
    read: list[tuple[float, float]] = []

    def again() -> Library:
        began = time.monotonic(), time.process_time()
        library = load(listener.folder, cache)
        read.append((time.monotonic() - began[0], time.process_time() - began[1]))
        return library

    watcher = Watcher(answering, listener.folder, again, seen)
    listener.podcast.words[f"/{NEW}.vtt"] = captions(maker.episode(), SECOND)
    listener.podcast.add(NEW, published=NOW)
    listener.changed = watcher.hasten
    with following(watcher):
        time.sleep(5)  # as it would: at any time between two looks
        began = time.monotonic()
        listener.after(2 * HOUR)
        print(f"{len(answering.entries):,} episodes, and one more")
        print(f"  {'fetched and kept':24} {time.monotonic() - began:7.2f} s")
        slug = str(listener.row(NEW).slug)
        while answering.library.place(slug) is None:
            time.sleep(0.01)
        print(f"  {'seen, read and indexed':24} {time.monotonic() - began:7.2f} s")
        for wall, cpu in read:
            print(f"    {'read':22} {wall:7.2f} s, {cpu:7.2f} s of the processor")
        assert answers(answering, SECOND, slug)
        print(f"  {'first answer':24} {time.monotonic() - began:7.2f} s (bar: 5)")


def main() -> None:
    """Measure both, in a folder that goes with it."""
    parser = argparse.ArgumentParser(description="Measure following a podcast.")
    parser.add_argument("--episodes", type=int, default=350)
    parser.add_argument("--among", type=int, default=1_000)
    asked = parser.parse_args()
    sources = [turns for path in sorted(TRANSCRIPTS.glob("*.md")) if (turns := turns_of(path))]
    if not sources:
        sys.exit(f"There are no podcast transcripts in {TRANSCRIPTS}: nothing to make episodes of.")
    maker = Maker(1, sources)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, WebHost() as host:
        folder, cache = Path(place, "knowledge"), Path(place, "cache")
        folder.mkdir()
        store = Store.open(f"sqlite:///{place}/bot.sqlite3")
        listener = Listener(store, folder, Podcast(host), cache=cache)
        print(f"{asked.episodes} episodes of an hour")
        whole(listener, cache, range(1, asked.episodes + 1), maker)
        if asked.among:
            one_more(listener, cache, asked.among, maker)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # the encoder is still at the new episode, and is not waited for
