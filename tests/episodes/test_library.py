"""A knowledge folder, one episode's folder, and a transcript alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.episodes import Library, check, load
from tests.episodes.shelf import KNOWLEDGE, METADATA, TRANSCRIPT, Shelf, edited


def test_episodes_come_by_number(shelf: Shelf) -> None:
    shelf.put("a-later-one")
    library = load(shelf.folder)
    assert [episode.slug for episode in library.episodes] == ["a-later-one", "sound"]
    assert library.faults == ()


def test_of_two_episodes_with_one_number_the_first_stays(shelf: Shelf) -> None:
    shelf.put("episode-02")
    shelf.put("episode-02-again")
    library = load(shelf.folder)
    assert [episode.slug for episode in library.episodes] == ["episode-02", "sound"]
    assert shelf.told(library) == [
        "episode-02-again/transcript.md:1: "
        "is episode 2, as episode-02/transcript.md is; it is left out"
    ]


def test_files_and_hidden_folders_are_no_episodes(shelf: Shelf) -> None:
    (shelf.folder / "thesaurus.yaml").write_text("a: b")
    (shelf.folder / ".git").mkdir()
    assert load(shelf.folder).faults == ()


@pytest.mark.parametrize("target", ["nowhere", "loop"])
def test_a_link_that_leads_nowhere_is_a_fault(shelf: Shelf, target: str) -> None:
    (shelf.folder / "loop").symlink_to(target)
    library = load(shelf.folder)
    assert len(library.episodes) == 1
    assert [fault.split(":")[0] for fault in shelf.told(library)] == [
        "loop/transcript.md",
        "loop/episode.yaml",
    ]


def test_an_empty_episode_folder_lacks_both_files(shelf: Shelf) -> None:
    shelf.put("episode-02", transcript=None, metadata=None)
    assert shelf.told(load(shelf.folder)) == [
        "episode-02/transcript.md:1: cannot be read: No such file or directory",
        "episode-02/episode.yaml:1: cannot be read: No such file or directory",
    ]


@pytest.mark.parametrize("read", [load, check])
def test_a_knowledge_folder_without_episodes_says_what_belongs_there(
    tmp_path: Path, read: Callable[[Path], Library]
) -> None:
    assert [str(fault) for fault in read(tmp_path).faults] == [
        f"{tmp_path}: holds no episode: a folder with transcript.md and episode.yaml"
    ]


def test_a_knowledge_folder_that_is_missing_or_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, what in (("missing", "No such file or directory"), ("file", "Not a directory")):
        path = tmp_path / name
        assert list(map(str, load(path).faults)) == [f"{path}: cannot be read: {what}"]


def test_check_reads_a_knowledge_folder(shelf: Shelf) -> None:
    assert check(shelf.folder) == load(shelf.folder)


def test_check_reads_an_episode_folder() -> None:
    assert check(KNOWLEDGE / "episode-02") == load(KNOWLEDGE)


def test_check_reads_a_transcript_with_the_metadata_beside_it(shelf: Shelf) -> None:
    path = shelf.put("episode-02", metadata=edited("number: 2", "number: 4", METADATA))
    assert shelf.told(check(path / "transcript.md")) == [
        "episode-02/transcript.md:1: the number is 2 here and 4 in episode.yaml"
    ]


def test_check_reads_a_transcript_that_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "any-name.md"
    path.write_bytes(TRANSCRIPT)
    (episode,) = check(path).episodes
    assert (len(episode.turns), episode.show, episode.terms[0].names) == (
        142,
        "",
        ("LLM", "Large Language Model"),
    )


def test_check_tells_a_transcript_without_hosts_once(tmp_path: Path) -> None:
    path = tmp_path / "any-name.md"
    path.write_bytes(TRANSCRIPT.replace(b"**Hosts:**", b"**Guests:**", 1))
    assert [fault.what for fault in check(path).faults] == [
        "`**Hosts:**` is missing above the first segment",
        "stands above the first segment, where title, subtitle, Duration and Hosts belong",
    ]


@pytest.mark.parametrize("name", ["missing", "x" * 300])
def test_check_of_what_is_not_there_is_a_fault(tmp_path: Path, name: str) -> None:
    (fault,) = check(tmp_path / name).faults
    assert fault.what.startswith("cannot be read: ")
