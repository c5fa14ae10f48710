"""Twenty files, one of each kind, come, change, break and go while people ask."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from bot.answers import Answer, Quote
from bot.episodes import Episode, check
from tests.bootstrap.conftest import Watched
from tests.bootstrap.kinds import KINDS, REFUSED, Dropped

pytestmark = pytest.mark.slow

THREADS, STEPS = 8, 9
ENGINES = (
    "zorblat quompex vundle fraxil meepo drangle sploot herzog wibbet cromlin yaffle plunket "
    "gizmir tarnoc bleeven oskarn ruppel whistan jubrick lomtey"
).split()
MAKERS = "Marloxa Tevrin Quadby Fennigar Osprell Dulcimo Hartwig Zandora Krombach".split()


class Editions:
    """Every edition that was ever sound, by its digest, as somebody else has read it."""

    def __init__(self, *known: Episode) -> None:
        self._texts = {one.digest: one.text for one in known}

    def add(self, episode: Episode) -> None:
        self._texts[episode.digest] = episode.text

    def fault(self, quote: Quote) -> str | None:
        """Return what is wrong with a quote; None for a right one."""
        text = self._texts.get(quote.digest)
        if text is None:
            return f"of no edition: {quote}"
        # A quote shows a line break inside a paragraph as a blank.
        if text[quote.start : quote.end].replace("\n", " ") != quote.text:
            return f"stands elsewhere: {quote}"
        return self.fault(quote.context) if quote.context else None


class Asking:
    """People who ask without an end, each on a thread; `faults` are what they must not see."""

    def __init__(self, watched: Watched, files: list[Dropped], editions: Editions) -> None:
        self._answering, self._files, self._editions = watched.answering, files, editions
        self._stop, self._lock = Event(), Lock()
        self.faults: list[str] = []
        self.counts = Counter[str]()

    @contextmanager
    def beside(self) -> Iterator[None]:
        threads = [Thread(target=self._run, args=(seed,)) for seed in range(THREADS)]
        for one in threads:
            one.start()
        try:
            yield
        finally:
            self._stop.set()
            for one in threads:
                one.join()

    def _run(self, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - not for secrets
        while not self._stop.wait(0.005):
            try:
                self._ask(rng.choice(self._files).question)
            except Exception as error:  # noqa: BLE001 - any is one too many
                self.faults.append(repr(error))

    def _ask(self, question: str) -> None:
        answer = self._answering.ask(question)
        quotes = answer.quotes if isinstance(answer, Answer) else ()
        found = list(filter(None, map(self._editions.fault, quotes)))
        again = [self._again(one) for one in quotes]
        with self._lock:
            self.faults += found
            self.counts.update(asked=1, quotes=len(quotes), again=sum(again))

    def _again(self, quote: Quote) -> bool:
        """Press a button below a quote: it is shown again, or its edition has gone."""
        again = self._answering.quote(quote.episode, quote.digest, quote.start, quote.end)
        if again is not None:
            assert (again.text, again.digest) == (quote.text, quote.digest)
            self._answering.excerpt(again)
        return again is not None


class Script:
    """What is done to each file in turn: dropped, changed, broken, removed, and so on.

    `sound` is what each says in the last edition that could be read; None for one that is gone.
    """

    def __init__(self, files: list[Dropped], editions: Editions) -> None:
        self._files, self._editions = files, editions
        self.sound: dict[Dropped, str | None] = dict.fromkeys(files)
        self.broken: set[Path] = set()

    def step(self, number: int) -> None:
        for at, file in enumerate(self._files):
            (self._write, self._write, self._break, self._remove)[(number + at) % 4](file, number)

    def _write(self, file: Dropped, number: int) -> None:
        self._editions.add(file.write(MAKERS[number]))
        self.sound[file] = MAKERS[number]
        self.broken.discard(file.path)

    def _break(self, file: Dropped, number: int) -> None:
        file.put(REFUSED[(number + len(file.kind)) % len(REFUSED)])
        assert check(file.path).faults
        self.broken.add(file.path)

    def _remove(self, file: Dropped, _number: int) -> None:
        file.remove()
        self.sound[file] = None
        self.broken.discard(file.path)


@pytest.fixture
def files(folder: Path) -> list[Dropped]:
    return [Dropped(folder, kind, engine) for kind, engine in zip(KINDS, ENGINES, strict=True)]


def test_no_quote_is_ever_wrong_and_each_change_is_seen(
    watched: Watched, files: list[Dropped]
) -> None:
    editions = Editions(*watched.answering.episodes)
    script, asking = Script(files, editions), Asking(watched, files, editions)
    with asking.beside():
        for number in range(STEPS):
            script.step(number)
            watched.looks()
            there = {file: maker for file, maker in script.sound.items() if maker}
            assert watched.slugs == {"quimper-plain", *(file.slug for file in there)}
            assert [
                file.kind for file, maker in there.items() if not watched.says(file, maker)
            ] == []
            assert {Path(one.path) for one in watched.answering.library.faults} == script.broken
    assert asking.faults == []
    assert len(watched.read) == STEPS
    assert all(asking.counts[what] for what in ("asked", "quotes", "again"))
