"""A knowledge folder, one episode's folder, and a transcript alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.episodes import Library, check, load
from bot.episodes.formats import is_house_markdown
from tests.episodes.shelf import KNOWLEDGE, METADATA, TRANSCRIPT, Shelf, edited


def test_episodes_come_by_number(shelf: Shelf) -> None:
    shelf.put("a-later-one")
    library = load(shelf.folder)
    assert [episode.slug for episode in library.episodes] == ["a-later-one", "sound"]
    assert library.faults == ()


def test_two_episodes_with_one_number_both_stay(shelf: Shelf) -> None:
    shelf.put("episode-02-again")
    shelf.put("episode-02")
    library = load(shelf.folder)
    assert [(one.slug, one.number) for one in library.entries] == [
        ("episode-02", 2),
        ("episode-02-again", 2),
        ("sound", 3),
    ]
    assert library.faults == ()


def test_a_date_goes_before_a_number_and_none_before_any(shelf: Shelf) -> None:
    for slug, number, date in (("new", 1, "2024-02-01"), ("old", 9, "2024-01-31")):
        (shelf.folder / slug).mkdir()
        (shelf.folder / slug / "talk.txt").write_text("Ada: Hello.\n\nBo: Hi.\n\nAda: Bye.\n")
        (shelf.folder / slug / "episode.yaml").write_text(f"number: {number}\ndate: {date}\n")
    library = load(shelf.folder)
    assert shelf.told(library) == []
    assert [one.slug for one in library.entries] == ["sound", "old", "new"]


def test_files_and_hidden_folders_are_no_episodes(shelf: Shelf) -> None:
    (shelf.folder / "thesaurus.yaml").write_text("a: b")
    (shelf.folder / ".git").mkdir()
    assert load(shelf.folder).faults == ()


@pytest.mark.parametrize("target", ["nowhere", "loop"])
def test_a_link_that_leads_nowhere_is_a_fault(shelf: Shelf, target: str) -> None:
    (shelf.folder / "loop").symlink_to(target)
    library = load(shelf.folder)
    assert len(library.episodes) == 1
    (fault,) = shelf.told(library)
    assert fault.startswith("loop:1: cannot be read: ")


@pytest.mark.parametrize("metadata", [None, METADATA])
def test_an_episode_folder_without_a_transcript_is_a_fault(
    shelf: Shelf, metadata: bytes | None
) -> None:
    shelf.put("episode-02", transcript=None, metadata=metadata)
    assert shelf.told(load(shelf.folder)) == ["episode-02: holds no transcript"]


@pytest.mark.parametrize("read", [load, check])
def test_a_knowledge_folder_without_episodes_says_what_belongs_there(
    tmp_path: Path, read: Callable[[Path], Library]
) -> None:
    assert [str(fault) for fault in read(tmp_path).faults] == [
        f"{tmp_path}: holds no episode: a transcript, or a folder with one"
    ]


def test_a_knowledge_folder_that_is_missing_or_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, what in (("missing", "No such file or directory"), ("file", "Not a directory")):
        path = tmp_path / name
        assert list(map(str, load(path).faults)) == [f"{path}: cannot be read: {what}"]


def test_check_reads_a_knowledge_folder(shelf: Shelf) -> None:
    shelf.put("broken", transcript=b"\xff")
    checked, loaded = check(shelf.folder), load(shelf.folder)
    assert checked.entries == loaded.entries
    assert checked.faults == loaded.faults
    assert list(checked.episodes) == list(loaded.episodes)
    assert len(checked.faults) == len(checked.entries) == 1


def test_check_reads_an_episode_folder() -> None:
    checked, loaded = check(KNOWLEDGE / "episode-02"), load(KNOWLEDGE)
    assert checked.entries == loaded.entries
    assert checked.faults == ()
    assert list(checked.episodes) == list(loaded.episodes)


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


HOUSE = [
    "# Anything\n\n### SEGMENT 1: TEA\n",
    "### INTRO (5 minutes)\n\n**ADA:** Hello.\n",
    "Words.\r\r### INTRO (1 minute)\r",
    "\ufeff# Episode 12: Title\n\n**Hosts:** Ada (Baker) & Bo (Miller)\n",
    '# Episode 12: Title\r\n## "More"\r\n\r\n**Duration:** ~60 minutes\r\n',
    "## Key Concepts Reference Sheet\n\n| Term | Definition |\n",
    "## Reference Sheet",
]
OTHER = [
    "# Episode 12: Title\n\n**Ada:** Hello.\n\n**Bo:** Hi.\n",
    "# Episode 12: Title\n\n### Links\n\nWords.\n",
    "**Duration:** an hour\n\n**Hosts:** Ada and Bo\n\n**Ada:** Hello.\n",
    "# Episode: Title\n\n**Hosts:** Ada\n",
    "We read `### SEGMENT 1: TEA` and ## Reference Sheet aloud.\n",
    "### SEGMENTS\n\n### Tea (about 5 minutes in)\n\n## Reference Sheets\n",
    "#### SEGMENT 1: TEA\n\n### Tea (five minutes)\n",
    "",
]


@pytest.mark.parametrize("text", HOUSE)
def test_what_no_other_transcript_has_marks_one_of_the_house(text: str) -> None:
    assert is_house_markdown(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_markdown_is_none_of_the_house(text: str) -> None:
    assert not is_house_markdown(text)


def test_markdown_that_merely_begins_as_an_episode_is_read_as_prose(tmp_path: Path) -> None:
    turns = "**Ada:** Hello, and welcome.\n\n**Bo:** Hi there.\n\n**Ada:** Bread?\n\n**Bo:** Yes.\n"
    (tmp_path / "bread.md").write_text(f"# Episode 12: Bread\n\n{turns}", "utf-8")
    library = load(tmp_path)
    assert library.faults == ()
    (bread,) = library.episodes
    assert [turn.speaker for turn in bread.turns] == ["Ada", "Bo", "Ada", "Bo"]
    assert all(
        "Episode 12" not in bread.words(span) for one in bread.turns for span in one.paragraphs
    )
