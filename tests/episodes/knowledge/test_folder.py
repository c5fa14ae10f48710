"""Which files and folders of a knowledge folder are episodes, and what is said of the rest."""

import os
from pathlib import Path

import pytest

from bot.episodes import Library, load
from bot.episodes.knowledge.folder import LARGEST, Scan
from bot.episodes.knowledge.look import look
from bot.episodes.source import Source

TALK = "Ada: Hello, and welcome.\n\nBo: Hi there.\n\nAda: Bread, then.\n"
WEBVTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>Hello, and welcome.\n"


def put(folder: Path, name: str, text: str = TALK) -> Path:
    """Write a file, and the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(folder: Path, library: Library) -> list[str]:
    """Faults, the folder's own path left out."""
    return [str(fault).replace(f"{folder}/", "") for fault in library.faults]


def slugs(folder: Path) -> list[str]:
    """The episodes of a folder that is without a fault."""
    library = load(folder)
    assert told(folder, library) == []
    assert [episode.slug for episode in library.episodes] == [one.slug for one in library.entries]
    return [one.slug for one in library.entries]


def test_files_and_folders_are_episodes_by_their_names(tmp_path: Path) -> None:
    put(tmp_path, "a-talk.vtt", WEBVTT)
    put(tmp_path, "b-talk.txt")
    put(tmp_path, "c-talk/any.md")
    library = load(tmp_path)
    assert library.faults == ()
    assert [(one.slug, one.source) for one in library.entries] == [
        ("a-talk", "a-talk.vtt"),
        ("b-talk", "b-talk.txt"),
        ("c-talk", "c-talk/any.md"),
    ]
    assert [one.format for one in library.episodes] == ["WebVTT", "plain text", "Markdown"]


def test_an_ending_counts_only_where_nothing_else_tells_files_apart(tmp_path: Path) -> None:
    for name in ("one.vtt", "one.txt", "two.txt"):
        put(tmp_path, name, WEBVTT)
    assert slugs(tmp_path) == ["one.txt", "one.vtt", "two"]


def test_a_file_named_like_a_folder_is_left_out_and_named(tmp_path: Path) -> None:
    put(tmp_path, "talk/transcript.txt")
    put(tmp_path, "talk.txt", TALK.replace("Bread", "Salt"))
    library = load(tmp_path)
    assert [one.source for one in library.entries] == ["talk/transcript.txt"]
    assert told(tmp_path, library) == [
        "talk.txt: is episode talk, as talk/transcript.txt is; left out"
    ]


def test_what_lies_beside_a_transcript_goes_with_it(tmp_path: Path) -> None:
    transcript = put(tmp_path, "talk/transcript.txt")
    metadata = put(tmp_path, "talk/episode.yaml", "title: Bread\n")
    chapters = put(tmp_path, "talk/chapters.json", "{}")
    assert Scan(tmp_path).sources == [
        Source("talk", "talk/transcript.txt", transcript, metadata, chapters)
    ]


def test_several_transcripts_in_a_folder_are_an_episode_each(tmp_path: Path) -> None:
    put(tmp_path, "show/one.txt")
    put(tmp_path, "show/two.txt")
    assert slugs(tmp_path) == ["show/one", "show/two"]


def test_several_transcripts_with_the_metadata_of_one_are_a_fault(tmp_path: Path) -> None:
    for name in ("show/one.txt", "show/two.txt", "show/episode.yaml", "talk.txt"):
        put(tmp_path, name)
    library = load(tmp_path)
    assert [one.slug for one in library.entries] == ["talk"]
    assert told(tmp_path, library) == [
        "show: holds several transcripts, and an episode.yaml for one: one.txt, two.txt"
    ]


def test_what_was_fetched_for_an_edited_file_is_passed_over_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "talk/transcript.vtt", WEBVTT)
    put(tmp_path, "talk/episode.yaml", "title: Bread\n")
    put(tmp_path, "talk/chapters.json", '{"chapters": []}')
    put(tmp_path, ".3f2a.fetching/transcript.vtt", WEBVTT)
    before = look(tmp_path)
    for name in ("transcript.fetched.srt", "episode.fetched.yaml", "chapters.fetched.json"):
        put(tmp_path, f"talk/{name}", "no episode\n")
    assert slugs(tmp_path) == ["talk"]
    assert look(tmp_path) == before


@pytest.mark.parametrize("target", ["outside.txt", "../outside.txt", "outside"])
def test_a_link_out_of_the_folder_is_not_followed_and_named(tmp_path: Path, target: str) -> None:
    put(tmp_path, "outside.txt")
    put(tmp_path, "outside/transcript.txt")
    knowledge = tmp_path / "knowledge"
    put(knowledge, "talk.txt")
    put(knowledge, "folder/transcript.txt")
    path = target if target.startswith("..") else tmp_path / target
    (knowledge / "link").symlink_to(path)
    (knowledge / "folder" / "link.txt").symlink_to(tmp_path / "outside.txt")
    library = load(knowledge)
    assert [one.slug for one in library.entries] == ["folder", "talk"]
    out = "is a link out of the knowledge folder; it is not followed"
    assert sorted(told(knowledge, library)) == [f"folder/link.txt: {out}", f"link: {out}"]


@pytest.mark.parametrize("name", ["episode.yaml", "chapters.json"])
def test_nothing_beside_a_transcript_is_read_through_a_link_out(tmp_path: Path, name: str) -> None:
    put(tmp_path, "outside", "title: Not ours\n")
    put(tmp_path, "knowledge/talk/transcript.txt")
    (tmp_path / "knowledge" / "talk" / name).symlink_to(tmp_path / "outside")
    library = load(tmp_path / "knowledge")
    assert all(one.title != "Not ours" for one in library.entries)
    assert told(tmp_path / "knowledge", library) == [
        f"talk/{name}: is a link out of the knowledge folder; it is not followed"
    ]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "talk.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "talk.txt")
    assert slugs(tmp_path) == ["again", "talk"]


def test_the_knowledge_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "there/talk.txt")
    (tmp_path / "here").symlink_to(tmp_path / "there")
    assert slugs(tmp_path / "here") == ["talk"]


def test_a_knowledge_folder_that_is_a_link_to_itself_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (fault,) = load(tmp_path / "loop").faults
    assert fault.what.startswith("cannot be read: ")


@pytest.mark.parametrize("name", ["episode.yaml", "thesaurs.yaml", "notes.yml"])
def test_a_setting_that_nobody_reads_is_named(tmp_path: Path, name: str) -> None:
    put(tmp_path, "talk.txt")
    put(tmp_path, "thesaurus.yaml", "flummox: [data residency]\n")
    put(tmp_path, name, "a: b\n")
    library = load(tmp_path)
    assert [one.slug for one in library.entries] == ["talk"]
    assert told(tmp_path, library) == [
        f"{name}: is neither an episode nor a setting; settings: thesaurus.yaml"
    ]


def test_what_people_lay_beside_transcripts_is_passed_over(tmp_path: Path) -> None:
    for folder in ("", "talk/"):
        for name in ("README.md", "LICENSE", "license.txt", "cover.jpg", "talk.MP3", ".DS_Store"):
            put(tmp_path, folder + name, "no words")
        put(tmp_path, f"{folder}talk.txt~", "no words")
    put(tmp_path, ".git/config", "no words")
    put(tmp_path, "talk/transcript.txt")
    assert slugs(tmp_path) == ["talk"]


def test_what_is_no_transcript_is_a_fault_and_hinders_no_other(tmp_path: Path) -> None:
    put(tmp_path, "talk.txt")
    put(tmp_path, "package.json", '{"name": "talk"}')
    library = load(tmp_path)
    assert [one.slug for one in library.entries] == ["talk"]
    (fault,) = told(tmp_path, library)
    assert fault.startswith("package.json:")


@pytest.mark.parametrize("text", [TALK, "# Episode 1: T\n\n### SEGMENT 1: T (5 minutes)\n\n"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, "talk.txt", text)
    os.truncate(path, LARGEST + 1)  # sparse: it takes no room
    assert told(tmp_path, load(tmp_path)) == ["talk.txt: is larger than 20 MB"]
