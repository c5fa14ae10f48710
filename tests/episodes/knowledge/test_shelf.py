"""What was read is kept, found again, and never trusted where it is not what was kept."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.episodes import Episode, Library, load
from bot.episodes.knowledge import shelf
from bot.episodes.knowledge.reading import read_episode
from bot.episodes.source import Source
from bot.errors import Fault
from tests.episodes.shelf import KNOWLEDGE

TALK = "Ada: Hello, and welcome.\n\nBo: Hi there.\n\nAda: {}, then.\n\nBo: Well.\n"
BROKEN = "Ada: Hello.\0\n"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder of two episodes."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for name in ("bread", "salt"):
        (folder / f"{name}.txt").write_text(TALK.format(name), "utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the episodes that are read, one after another."""
    slugs: list[str] = []

    def counted(source: Source) -> tuple[Episode, tuple[Fault, ...]]:
        slugs.append(source.slug)
        return read_episode(source)

    monkeypatch.setattr("bot.episodes.knowledge.reading.read_episode", counted)
    return slugs


def contents(library: Library) -> list[str]:
    return [episode.text for episode in library.episodes]


def files(cache: Path) -> list[Path]:
    """The files of episodes, which are the longer ones, and the one of entries."""
    return sorted((cache / "episodes").iterdir())


def test_a_second_load_reads_nothing_again(knowledge: Path, cache: Path, read: list[str]) -> None:
    first = load(knowledge, cache)
    assert read == ["bread", "salt"]
    second = load(knowledge, cache)
    assert list(second.episodes) == list(first.episodes)
    assert second.entries == first.entries
    assert read == ["bread", "salt"]


def test_every_part_of_an_episode_is_kept(cache: Path, read: list[str]) -> None:
    (fresh,) = load(KNOWLEDGE, cache).episodes
    (kept,) = load(KNOWLEDGE, cache).episodes
    assert read == ["episode-02"]
    assert kept == fresh
    assert kept is not fresh


def test_warnings_are_kept(knowledge: Path, cache: Path, read: list[str]) -> None:
    vtt = "WEBVTT\n\n00:05.000 --> 00:06.000\n<v Ada>Hello.\n\n00:01.000 --> 00:02.000\nWelcome.\n"
    (knowledge / "bread.txt").write_text(vtt, "utf-8")
    first, second = load(knowledge, cache), load(knowledge, cache)
    assert [fault.path for fault in first.warnings] == [str(knowledge / "bread.txt")]
    assert second.warnings == first.warnings
    assert read == ["bread", "salt"]


def test_only_what_changed_is_read_again(knowledge: Path, cache: Path, read: list[str]) -> None:
    load(knowledge, cache)
    (knowledge / "salt.txt").write_text(TALK.format("Pepper"), "utf-8")
    library = load(knowledge, cache)
    assert read == ["bread", "salt", "salt"]
    assert "Pepper" in contents(library)[1]
    assert library.entries[1].digest == library.episodes[1].digest


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "gone"])
def test_a_damaged_file_is_rebuilt(
    knowledge: Path, cache: Path, read: list[str], damage: str
) -> None:
    fresh = contents(load(knowledge, cache))
    for path in files(cache):
        raw = path.read_bytes()
        if damage == "gone":
            path.unlink()
        elif damage == "changed":
            path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        else:
            path.write_bytes(raw[: len(raw) // 2 if damage == "cut" else 0])
    assert contents(load(knowledge, cache)) == fresh
    assert sorted(read) == ["bread", "bread", "salt", "salt"]
    assert contents(load(knowledge, cache)) == fresh
    assert len(read) == 4


def test_a_damaged_episode_is_read_when_it_is_looked_at(
    knowledge: Path, cache: Path, read: list[str]
) -> None:
    library = load(knowledge, cache)
    fresh = contents(library)
    (cache / "episodes" / library.entries[0].key).write_bytes(b"damaged")
    again = load(knowledge, cache)
    assert read == ["bread", "salt"]
    assert contents(again) == fresh
    assert read == ["bread", "salt", "bread"]


def test_another_edition_is_ignored(
    knowledge: Path, cache: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = contents(load(knowledge, cache))
    monkeypatch.setattr(shelf, "EDITION", "episode 0")
    assert contents(load(knowledge, cache)) == fresh
    assert read == ["bread", "salt", "bread", "salt"]


@pytest.mark.parametrize("where", [lambda folder: folder, lambda folder: folder / "episodes"])
def test_where_nothing_can_be_kept_one_warning_says_so(
    knowledge: Path,
    cache: Path,
    caplog: pytest.LogCaptureFixture,
    where: Callable[[Path], Path],
) -> None:
    where(cache).parent.mkdir(exist_ok=True)
    where(cache).write_text("a file in place of the folder")
    fresh = contents(load(knowledge))
    with caplog.at_level(logging.WARNING):
        library = load(knowledge, cache)
    assert contents(library) == fresh
    assert library.faults == ()
    (record,) = caplog.records
    assert record.getMessage().startswith(f"Nothing is kept in {cache}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_none(
    knowledge: Path, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.mkdir(mode=0o500)
    assert contents(load(knowledge, cache)) == contents(load(knowledge))
    assert len(caplog.records) == 1


def test_without_a_folder_nothing_is_read_twice(knowledge: Path, read: list[str]) -> None:
    library = load(knowledge)
    assert contents(library) == contents(library)
    assert read == ["bread", "salt"]


def test_a_broken_new_edition_keeps_the_old_one_and_says_so(
    knowledge: Path, cache: Path, read: list[str]
) -> None:
    fresh = contents(load(knowledge, cache))
    path = knowledge / "salt.txt"
    path.write_text(BROKEN, "utf-8")
    for _ in range(2):  # a restart keeps it too
        library = load(knowledge, cache)
        assert contents(library) == fresh
        what, kept = library.faults
        assert str(what).startswith(f"{path}:1: ")
        assert str(kept) == f"{path}: cannot be read; the edition before it answers"
    path.write_text(TALK.format("Pepper"), "utf-8")
    library = load(knowledge, cache)
    assert library.faults == ()
    assert "Pepper" in contents(library)[1]
    assert read == ["bread", "salt", "salt", "salt", "salt"]


def test_a_broken_first_edition_is_a_fault_alone(knowledge: Path, cache: Path) -> None:
    (knowledge / "salt.txt").write_text(BROKEN, "utf-8")
    library = load(knowledge, cache)
    assert [one.slug for one in library.entries] == ["bread"]
    assert len(library.faults) == 1


def test_a_deleted_episode_goes_and_is_not_kept_for_its_name(knowledge: Path, cache: Path) -> None:
    load(knowledge, cache)
    path = knowledge / "salt.txt"
    path.unlink()
    assert [one.slug for one in load(knowledge, cache).entries] == ["bread"]
    path.write_text(BROKEN, "utf-8")
    assert [one.slug for one in load(knowledge, cache).entries] == ["bread"]


def test_no_episode_is_taken_from_another_knowledge_folder(
    knowledge: Path, cache: Path, tmp_path: Path
) -> None:
    load(knowledge, cache)
    other = tmp_path / "other"
    other.mkdir()
    (other / "salt.txt").write_text(BROKEN, "utf-8")
    library = load(other, cache)
    assert library.entries == ()
    assert len(library.faults) == 1


def test_no_half_written_file_is_left(knowledge: Path, cache: Path) -> None:
    keys = [one.key for one in load(knowledge, cache).entries]
    assert [path.name for path in files(cache)] == sorted([*keys, "entries"])


def test_an_episode_that_is_handed_over_is_taken_once(
    knowledge: Path, cache: Path, read: list[str]
) -> None:
    source = Source("bread", "bread.txt", knowledge / "bread.txt")
    episode, _ = read_episode(source)
    shelf.Shelf(cache).hand_over(source, episode)
    assert episode in load(knowledge, cache).episodes
    assert read == ["salt"]
    assert shelf.Shelf(cache).take_over(shelf.key_of(source)) is None


def test_an_episode_that_was_handed_over_for_another_text_is_read(
    knowledge: Path, cache: Path, read: list[str]
) -> None:
    source = Source("bread", "bread.txt", knowledge / "bread.txt")
    shelf.Shelf(cache).hand_over(source, read_episode(source)[0])
    source.path.write_text(TALK.format("butter"), "utf-8")
    assert "butter" in contents(load(knowledge, cache))[0]
    assert read == ["bread", "salt"]
