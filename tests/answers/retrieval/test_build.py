"""What was built is opened again, and never trusted where it is not what was built."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from bot.answers.encoder.encoder import Encoder
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.retrieval.build import Builder
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.encodings import Encodings
from bot.answers.retrieval.part import Part
from bot.answers.retrieval.search import Search
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Episode, Library, load

PLAIN = Thesaurus({})
HOUSE = Thesaurus({"residency": ["flummox", "data residency"]})
VECTORS = WordVectors()
QUESTIONS = ("why do models hallucinate?", "how long does sourdough ferment?", "flummox", "")


@pytest.fixture(scope="module")
def two(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two episodes that are kept."""
    return load(shelf, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the episodes whose parts are built, one after another."""
    slugs: list[str] = []
    of = Part.of

    def counted(episode: Episode, thesaurus: Thesaurus, vectors: WordVectors) -> Part:
        slugs.append(episode.slug)
        return of(episode, thesaurus, vectors)

    monkeypatch.setattr(Part, "of", counted)
    return slugs


def collection(
    library: Library,
    cache: Path | None,
    thesaurus: Thesaurus = PLAIN,
    vectors: WordVectors = VECTORS,
) -> Collection:
    return Builder(thesaurus, vectors, cache).collection(library)


def scores(
    found: Collection, question: str, thesaurus: Thesaurus = PLAIN, vectors: WordVectors = VECTORS
) -> list[float]:
    encodings = Encodings(found, Encoder(Path("none")), None)
    search = Search(found, thesaurus, vectors, encodings)
    scored: list[float] = search.scores(question, question).tolist()
    return scored


def same(first: Collection, second: Collection, thesaurus: Thesaurus = PLAIN) -> bool:
    """Whether two collections hold the same, and score it alike to the bit."""
    episodes = range(len(first.library.entries))
    windows = [
        [(one.number, one.text, one.asked) for one in map(found.window, range(len(found)))]
        for found in (first, second)
    ]
    return (
        windows[0] == windows[1]
        and list(first.words) == list(second.words)
        and [first.lists_of(at) for at in episodes] == [second.lists_of(at) for at in episodes]
        and all(
            scores(first, one, thesaurus) == scores(second, one, thesaurus) for one in QUESTIONS
        )
    )


def files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_an_opened_collection_is_the_fresh_one(
    two: Library, tmp_path: Path, built: list[str]
) -> None:
    fresh = collection(two, None)
    stored = collection(two, tmp_path)
    assert built == ["episode-02", "episode-03"] * 2
    opened = collection(two, tmp_path)
    assert len(built) == 4
    assert same(fresh, stored)
    assert same(fresh, opened)
    assert len(opened) > 100
    assert any(opened.lists_of(at) for at in (0, 1))


def test_what_is_opened_is_mapped(two: Library, tmp_path: Path) -> None:
    collection(two, tmp_path)
    opened = collection(two, tmp_path)
    assert not opened.meanings.flags.owndata
    assert not opened.meanings.flags.writeable


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "gone"])
def test_damaged_files_are_rebuilt(
    two: Library, tmp_path: Path, built: list[str], damage: str
) -> None:
    fresh = collection(two, tmp_path)
    there = files(tmp_path)
    assert len(there) == 4
    for path in there:
        raw = path.read_bytes()
        path.unlink()  # whoever has it mapped keeps its pages
        if damage == "changed":
            path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        elif damage != "gone":
            path.write_bytes(raw[: len(raw) // 2 if damage == "cut" else 0])
    assert same(collection(two, tmp_path), fresh)
    assert built == ["episode-02", "episode-03"] * 2
    assert same(collection(two, tmp_path), fresh)
    assert len(built) == 4


@pytest.mark.parametrize("at", range(4))
def test_one_damaged_file_is_enough_to_be_noticed(two: Library, tmp_path: Path, at: int) -> None:
    fresh = collection(two, tmp_path)
    path = files(tmp_path)[at]
    path.unlink()
    path.write_bytes(b"damaged")
    assert same(collection(two, tmp_path), fresh)


def test_a_changed_episode_is_rebuilt_alone(
    shelf: Path, two: Library, tmp_path: Path, built: list[str]
) -> None:
    collection(two, tmp_path / "cache")
    knowledge = tmp_path / "knowledge"
    for path in shelf.glob("*/*"):
        (knowledge / path.parent.name).mkdir(parents=True, exist_ok=True)
        raw = path.read_bytes().replace(b"Cups lie", b"Cups fib")
        (knowledge / path.parent.name / path.name).write_bytes(raw)
    changed = load(knowledge, tmp_path / "cache")
    found = collection(changed, tmp_path / "cache")
    assert built == ["episode-02", "episode-03", "episode-03"]
    assert "fib" in found.words
    assert same(found, collection(changed, None))


def test_another_thesaurus_builds_anew(two: Library, tmp_path: Path, built: list[str]) -> None:
    plain = collection(two, tmp_path)
    house = collection(two, tmp_path, HOUSE)
    assert len(built) == 4
    assert same(house, collection(two, None, HOUSE), HOUSE)
    assert scores(house, "flummox", HOUSE) != scores(plain, "flummox", HOUSE)
    assert same(collection(two, tmp_path), plain)


def test_other_vectors_build_anew(two: Library, tmp_path: Path) -> None:
    none = WordVectors(Path("none.npy"))
    assert collection(two, tmp_path).meanings.shape[1] > 0
    assert collection(two, tmp_path, vectors=none).meanings.shape[1] == 0
    assert collection(two, tmp_path).meanings.shape[1] > 0


def test_an_episode_more_or_less_shows_and_costs_itself_alone(
    two: Library, tmp_path: Path, built: list[str]
) -> None:
    one = Library(two.episodes[:1], entries=two.entries[:1])
    alone = collection(one, tmp_path)
    assert same(alone, collection(one, None))
    whole = collection(two, tmp_path)
    assert built == ["episode-02", "episode-02", "episode-03"]
    assert "levain" in whole.words
    assert "levain" not in collection(one, tmp_path).words
    assert len(built) == 3


def test_two_builders_at_once_do_not_harm_each_other(two: Library, tmp_path: Path) -> None:
    fresh = collection(two, None)
    started = Barrier(4)

    def run(_: int) -> Collection:
        builder = Builder(PLAIN, VECTORS, tmp_path)
        started.wait()
        return builder.collection(two)

    with ThreadPoolExecutor(4) as executor:
        found = list(executor.map(run, range(4)))
    assert all(same(one, fresh) for one in found)
    assert same(collection(two, tmp_path), fresh)
    assert len(files(tmp_path)) == 4  # none is left half written


def test_where_nothing_can_be_kept_it_works_and_is_said(
    two: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("a file in place of the folder")
    with caplog.at_level(logging.WARNING):
        found = collection(two, tmp_path)
    assert same(found, collection(two, None))
    assert str(tmp_path / "index") in caplog.text


def test_a_library_that_was_read_from_nowhere_is_not_kept(two: Library, tmp_path: Path) -> None:
    found = collection(Library(list(two.episodes)), tmp_path)
    assert same(found, collection(two, None))
    assert files(tmp_path) == []


def test_an_empty_library_has_nothing_to_score(tmp_path: Path) -> None:
    for found in (collection(Library(()), None), collection(Library(()), tmp_path)):
        assert len(found) == 0
        assert scores(found, "why") == []


def test_older_collections_and_parts_of_gone_episodes_are_deleted(
    two: Library, tmp_path: Path
) -> None:
    collection(two, tmp_path)
    index, parts = tmp_path / "index", tmp_path / "index" / "parts"
    for number in range(8):
        (index / f"old-{number}").mkdir()
        (index / f"old-{number}" / "collection").touch()
        os.utime(index / f"old-{number}", (number, number))
    (parts / "gone").touch()
    os.utime(parts / "gone", (0, 0))
    (parts / "new").touch()
    one = Library(two.episodes[:1], entries=two.entries[:1])
    collection(one, tmp_path)
    assert len([path for path in index.iterdir() if path != parts]) == 4
    assert not (parts / "gone").exists()
    assert (parts / "new").exists()
    assert np.isfinite(scores(collection(two, tmp_path), "why")).all()
