"""What was fetched, as a folder that the reader of the knowledge folder reads."""

import json
import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.episodes import Library, load
from bot.episodes.knowledge.look import look
from bot.feeds.folder.keeping import KeepError, Kept, TranscriptError, delete, keep
from bot.feeds.model import Feed, Person, Transcript
from tests.episodes.formats import samples as formats
from tests.feeds.samples import (
    AT,
    FEED,
    LATER_WEBVTT,
    LOGIN,
    SUBRIP,
    VTT,
    WEBVTT,
    item,
)

ITEM = item("1", "Bread", number=12, people=(Person("Ada Park", "host"),))
CHAPTERS = json.dumps({"chapters": [{"startTime": 0, "title": "Flour"}]}).encode()
HOUSE = (Path(__file__).parents[3] / "knowledge/episode-02/transcript.md").read_bytes()


def kept(folder: Path, data: bytes = WEBVTT, last: Kept | None = None, **more: Any) -> Kept:
    """Keep an episode; `last` is what came of it the last time."""
    given: dict[str, Any] = {"chapters": None, "at": AT, "slug": last and last.slug}
    given |= {"known": last and last.digests, "item": ITEM, "feed": FEED, "transcript": VTT}
    return keep(folder, data=data, **(given | more))


def library(folder: Path) -> Library:
    """What the folder reads as, which is without a fault."""
    found = load(folder)
    assert [str(fault) for fault in found.faults] == []
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def written(path: Path, *, old: str, new: str) -> None:
    """Edit a file by hand."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_episode_is_a_folder_that_says_where_it_came_from(tmp_path: Path) -> None:
    one = replace(ITEM, link="https://example.org/bread", audio="https://example.org/1.mp3")
    done = kept(tmp_path, item=one)
    assert (done.slug, done.written, done.laid_beside) == ("kitchen-talks-12", True, None)
    assert done.path == tmp_path / "kitchen-talks-12" / "transcript.vtt"
    assert done.path.read_bytes() == WEBVTT
    lines = (done.path.parent / "episode.yaml").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "show: Kitchen Talks",
        "number: 12",
        "title: Bread",
        "date: '2026-11-26'",
        "language: en",
        "hosts:",
        "- name: Ada Park",
        "  role: host",
        "link: https://example.org/bread",
        "audio: https://example.org/1.mp3",
        "fetched:",
        "  from: https://example.org/1.vtt",
        "  at: '2026-11-26T21:00:00Z'",
        "  guid: '1'",
        f"  sha256: {sha256(WEBVTT).hexdigest()}",
    ]


def test_the_reader_of_the_folder_reads_what_was_kept(tmp_path: Path) -> None:
    kept(tmp_path, chapters=CHAPTERS)
    [episode] = library(tmp_path).episodes
    assert (episode.slug, episode.number, episode.title) == ("kitchen-talks-12", 12, "Bread")
    assert (episode.show, episode.date, episode.language) == ("Kitchen Talks", "2026-11-26", "en")
    assert [(host.name, host.role) for host in episode.hosts] == [("Ada Park", "host")]
    assert "Flour" in [segment.title for segment in episode.segments]
    assert episode.text == "Ada Park: Hello, and welcome to the show."


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("WebVTT", "vtt"),
        ("SubRip", "srt"),
        ("Podcasting 2.0 JSON", "json"),
        ("Whisper's JSON", "json"),
        ("AssemblyAI's JSON", "json"),
        ("Podcasting 2.0 HTML", "html"),
    ],
)
def test_the_ending_is_that_of_what_it_holds_whatever_the_feed_says(
    name: str, ending: str, tmp_path: Path
) -> None:
    said = Transcript("https://example.org/1.srt", "text/plain")
    done = kept(tmp_path, formats.ALL[name].encode(), transcript=said)
    assert done.path.name == f"transcript.{ending}"
    assert [one.format for one in library(tmp_path).episodes] == [name]


def test_shows_without_a_plain_name_may_call_their_episodes_alike(tmp_path: Path) -> None:
    one, other = (kept(tmp_path, feed=Feed(show)) for show in ("料理の話", "別の話"))
    assert one.slug == "podcast-12"
    assert other.slug.startswith("podcast-12-")
    assert kept(tmp_path, feed=Feed("別の話")).slug == other.slug


def test_an_episode_of_another_feed_is_left_alone_though_it_seems_the_same(tmp_path: Path) -> None:
    one = kept(tmp_path)
    other = kept(tmp_path, LATER_WEBVTT, others={one.slug})
    assert one.path.read_bytes() == WEBVTT
    assert other.path.read_bytes() == LATER_WEBVTT
    assert kept(tmp_path, LATER_WEBVTT, others={one.slug}).slug == other.slug


def test_text_and_markdown_are_kept_as_such(tmp_path: Path) -> None:
    said = Transcript("https://example.org/1", "text/plain")
    talk = b"Ada: Hello, and welcome.\n\nBo: Hi there.\n\nAda: Bread, then.\n"
    done = [
        kept(tmp_path, data, transcript=said, item=replace(ITEM, guid=data.decode()[:9]))
        for data in (talk, b"# Bread\n\n" + talk, b"---\ntitle: Bread\n---\n\n" + talk)
    ]
    assert [one.path.suffix for one in done] == [".txt", ".md", ".md"]
    assert len(library(tmp_path).episodes) == 3


def test_a_transcript_in_the_projects_own_form_speaks_for_itself(tmp_path: Path) -> None:
    said = Transcript("https://example.org/1.md", "text/markdown")
    done = kept(tmp_path, HOUSE, transcript=said)
    assert done.path.name == "transcript.md"
    [episode] = library(tmp_path).episodes
    assert (episode.number, episode.title) == (2, "Large Language Models Deep Dive")


@pytest.mark.parametrize(
    ("data", "said", "what"),
    [
        (LOGIN, VTT, "is a web page without a transcript: it has no `cite` and no `time` above "
         "its words"),
        (b"", VTT, "is empty"),
        (b" \n", VTT, "is empty"),
        (b"WEBVTT\n\n", VTT, "is WebVTT without a cue"),
        (b"%PDF-1.7 ...", VTT, "is PDF, no transcript that can be read: save its text as .txt"),
        (b"ID3\x04\x00", VTT, "is audio, no transcript that can be read: save its text as .txt"),
        (b'{"error": "log in"}', VTT, "is JSON, but no transcript: looked for words"),
        (b"<rss></rss>", VTT, "is a feed (RSS), no transcript"),
        (b"Access denied", VTT, "is no transcript: 2 words, and no turn of anybody's"),
        (b"Ada: Hello.\n\nBo: Hi there.\n\nAda: Bread, then.\n", VTT,
         "is plain text without times, where the feed says text/vtt"),
        (b"Caf\xe9 " * 400, VTT, "is not UTF-8; it looks like cp1252: say `encoding: cp1252` in "
         "episode.yaml"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_told_by_what_it_holds_and_leaves_nothing(
    data: bytes, said: Transcript, what: str, tmp_path: Path
) -> None:
    with pytest.raises(TranscriptError) as refused:
        kept(tmp_path, data, transcript=said)
    assert str(refused.value).startswith(f"https://example.org/1.vtt {what}")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_transcript_harms_none_that_is_there(tmp_path: Path) -> None:
    first = kept(tmp_path)
    before = files(tmp_path)
    with pytest.raises(TranscriptError):
        kept(tmp_path, LOGIN, first)
    assert files(tmp_path) == before


def test_chapters_that_cannot_be_read_are_left_out_and_named(tmp_path: Path) -> None:
    one = replace(ITEM, chapters="https://example.org/1.json?key=secret")
    done = kept(tmp_path, item=one, chapters=LOGIN)
    assert done.warnings == (
        "chapters are left out: https://example.org/1.json:1: is no valid JSON: invalid character",
    )
    assert not (done.path.parent / "chapters.json").exists()
    assert len(library(tmp_path).episodes) == 1


def test_what_was_read_to_be_kept_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "knowledge", tmp_path / "cache"
    kept(folder, chapters=CHAPTERS, cache=cache)
    [read] = load(folder).episodes
    with monkeypatch.context() as patch:
        patch.setattr("bot.episodes.knowledge.reading.read_episode", None)
        [handed_over] = load(folder, cache).episodes
        assert handed_over == read
        [again] = load(folder, cache).episodes
        assert again == read
    written(folder / "kitchen-talks-12" / "transcript.vtt", old="welcome", new="WELCOME")
    [edited] = load(folder, cache).episodes
    assert "WELCOME" in edited.text


def test_what_was_read_with_a_warning_is_read_again_to_tell_of_it(tmp_path: Path) -> None:
    folder, cache = tmp_path / "knowledge", tmp_path / "cache"
    backwards = WEBVTT + b"\n00:09.000 --> 00:10.000\nLate.\n\n00:05.000 --> 00:06.000\nEarly.\n"
    kept(folder, backwards, cache=cache)
    assert len(load(folder, cache).warnings) == 1


def test_the_same_again_changes_nothing_that_is_seen(tmp_path: Path) -> None:
    first = kept(tmp_path, chapters=CHAPTERS)
    before = look(tmp_path)
    again = kept(tmp_path, last=first, chapters=CHAPTERS, at=AT + timedelta(days=1))
    assert (again.written, again.path, again.digests) == (False, first.path, first.digests)
    assert look(tmp_path) == before


def test_what_changed_is_renewed(tmp_path: Path) -> None:
    first = kept(tmp_path, chapters=CHAPTERS)
    later = CHAPTERS.replace(b"Flour", b"Water")
    done = kept(
        tmp_path, LATER_WEBVTT, first, chapters=later, item=replace(ITEM, title="Fresh bread")
    )
    assert (done.slug, done.written, done.laid_beside) == (first.slug, True, None)
    assert done.path.read_bytes() == LATER_WEBVTT
    [episode] = library(tmp_path).episodes
    assert episode.title == "Fresh bread"
    assert "Water" in [segment.title for segment in episode.segments]


def test_chapters_that_were_not_fetched_this_time_stay(tmp_path: Path) -> None:
    first = kept(tmp_path, chapters=CHAPTERS)
    second = kept(tmp_path, LATER_WEBVTT, first)
    third = kept(tmp_path, LATER_WEBVTT, second, chapters=CHAPTERS.replace(b"Flour", b"Water"))
    assert third.laid_beside is None
    assert b"Water" in (third.path.parent / "chapters.json").read_bytes()


def test_another_format_takes_the_place_of_the_first(tmp_path: Path) -> None:
    done = kept(tmp_path, SUBRIP, kept(tmp_path))
    assert sorted(files(tmp_path)) == [
        "kitchen-talks-12/episode.yaml",
        "kitchen-talks-12/transcript.srt",
    ]
    assert done.path.name == "transcript.srt"
    assert [one.format for one in library(tmp_path).episodes] == ["SubRip"]


@pytest.mark.parametrize("remembered", [True, False])
def test_a_transcript_edited_by_hand_is_left_and_the_fetched_one_laid_beside(
    tmp_path: Path, *, remembered: bool
) -> None:
    first = kept(tmp_path)
    written(first.path, old="welcome", new="WELCOME")
    edited = first.path.read_bytes()
    last = first if remembered else replace(first, digests={})
    done = kept(tmp_path, SUBRIP, last)
    assert done.path == first.path
    assert first.path.read_bytes() == edited
    assert done.laid_beside == first.path.with_name("transcript.fetched.srt")
    assert done.laid_beside.read_bytes() == SUBRIP
    [episode] = library(tmp_path).episodes
    assert "WELCOME" in episode.text
    again = kept(tmp_path, SUBRIP, done)
    assert (again.written, again.laid_beside) == (False, None)
    third = kept(tmp_path, LATER_WEBVTT, again)
    assert third.laid_beside == first.path.with_name("transcript.fetched.vtt")
    assert first.path.read_bytes() == edited


def test_an_edit_by_hand_is_no_news_while_the_feed_says_the_same(tmp_path: Path) -> None:
    first = kept(tmp_path)
    written(first.path, old="welcome", new="WELCOME")
    before = files(tmp_path)
    done = kept(tmp_path, last=first, at=AT + timedelta(days=1))
    assert (done.written, done.laid_beside) == (False, None)
    assert files(tmp_path) == before


def test_what_was_laid_beside_goes_once_it_is_taken(tmp_path: Path) -> None:
    first = kept(tmp_path)
    written(first.path, old="welcome", new="WELCOME")
    second = kept(tmp_path, LATER_WEBVTT, first)
    assert second.laid_beside
    first.path.write_bytes(second.laid_beside.read_bytes())
    third = kept(tmp_path, LATER_WEBVTT, second)
    assert third.laid_beside is None
    assert not second.laid_beside.exists()


@pytest.mark.parametrize("remembered", [True, False])
def test_metadata_edited_by_hand_stays_while_the_transcript_is_renewed(
    tmp_path: Path, *, remembered: bool
) -> None:
    first = kept(tmp_path)
    path = first.path.parent / "episode.yaml"
    written(path, old="title: Bread", new="title: Our bread\nspeakers: {Ada Park: Ada Lovelace}")
    edited = path.read_bytes()
    last = first if remembered else replace(first, digests={})
    done = kept(tmp_path, LATER_WEBVTT, last)
    assert (done.written, done.laid_beside) == (True, path.with_name("episode.fetched.yaml"))
    assert path.read_bytes() == edited
    assert first.path.read_bytes() == LATER_WEBVTT
    [episode] = library(tmp_path).episodes
    assert episode.title == "Our bread"
    again = kept(tmp_path, LATER_WEBVTT, done, at=AT + timedelta(days=1))
    assert (again.written, again.laid_beside) == (False, None)
    third = kept(tmp_path, WEBVTT, replace(again, digests={}))
    assert first.path.read_bytes() == WEBVTT
    assert third.written


def test_chapters_edited_by_hand_stay(tmp_path: Path) -> None:
    first = kept(tmp_path, chapters=CHAPTERS)
    path = first.path.parent / "chapters.json"
    written(path, old="Flour", new="Our flour")
    done = kept(tmp_path, last=first, chapters=CHAPTERS.replace(b"Flour", b"Water"))
    assert done.laid_beside == path.with_name("chapters.fetched.json")
    assert b"Our flour" in path.read_bytes()
    assert len(library(tmp_path).episodes) == 1


def test_a_transcript_that_somebody_put_beside_is_not_fought(tmp_path: Path) -> None:
    first = kept(tmp_path)
    mine = first.path.with_name("mine.txt")
    mine.write_bytes(b"Ada: Hello.\n\nBo: Hi there.\n")
    done = kept(tmp_path, LATER_WEBVTT, first)
    assert done.laid_beside == first.path.with_name("transcript.fetched.vtt")
    assert mine.exists()
    assert first.path.read_bytes() == WEBVTT


def test_a_transcript_that_was_given_another_name_keeps_it(tmp_path: Path) -> None:
    first = kept(tmp_path)
    renamed = first.path.rename(first.path.with_name("bread.vtt"))
    done = kept(tmp_path, SUBRIP, first)
    assert (done.path, renamed.read_bytes()) == (renamed, SUBRIP)


@pytest.mark.parametrize("gone", ["transcript.vtt", "episode.yaml"])
def test_a_file_that_was_deleted_is_written_again(tmp_path: Path, gone: str) -> None:
    first = kept(tmp_path)
    (first.path.parent / gone).unlink()
    done = kept(tmp_path, last=first)
    assert done.written
    assert len(library(tmp_path).episodes) == 1


def test_a_folder_that_was_deleted_is_written_again(tmp_path: Path) -> None:
    first = kept(tmp_path)
    delete(tmp_path, first.slug)
    assert kept(tmp_path, last=first).path == first.path
    assert len(library(tmp_path).episodes) == 1


def test_an_episode_that_nobody_remembers_is_known_by_its_folder(tmp_path: Path) -> None:
    first = kept(tmp_path)
    again = kept(tmp_path, LATER_WEBVTT)
    assert (again.slug, again.written, again.laid_beside) == (first.slug, True, None)
    assert len(library(tmp_path).episodes) == 1


def test_an_episode_keeps_its_folder_under_a_new_guid_and_number(tmp_path: Path) -> None:
    first = kept(tmp_path)
    done = kept(tmp_path, last=first, item=replace(ITEM, guid="2", number=13))
    assert (done.slug, done.written) == (first.slug, True)
    assert [one.number for one in library(tmp_path).entries] == [13]


def test_no_folder_or_file_of_another_is_taken(tmp_path: Path) -> None:
    (tmp_path / "kitchen-talks-12").mkdir()
    (tmp_path / "kitchen-talks-12" / "notes.txt").write_text("mine", "utf-8")
    first = kept(tmp_path)
    assert first.slug.startswith("kitchen-talks-12-")
    (tmp_path / "kitchen-talks-13.vtt").write_bytes(WEBVTT)
    second = kept(tmp_path, item=replace(ITEM, number=13))
    assert second.slug.startswith("kitchen-talks-13-")
    assert kept(tmp_path, item=replace(ITEM, number=13)).slug == second.slug
    assert (tmp_path / "kitchen-talks-12" / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("slug", ["../outside", "/outside", ".hidden", "a/b", "", "linked"])
def test_no_slug_leads_out_of_the_folder(tmp_path: Path, slug: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "linked").symlink_to(outside)
    (knowledge / "kitchen-talks-12").symlink_to(outside)
    done = kept(knowledge, slug=slug)
    assert done.path.parent.parent == knowledge
    assert not done.path.parent.is_symlink()
    assert list(outside.iterdir()) == []
    with pytest.raises(KeepError, match="is no folder of an episode"):
        delete(knowledge, slug or "..")
    assert outside.exists()


def test_a_transcript_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    first = kept(tmp_path / "knowledge")
    mine = tmp_path / "mine.vtt"
    mine.write_bytes(b"WEBVTT\n\n00:01.000 --> 00:04.000\nMine.\n")
    first.path.unlink()
    first.path.symlink_to(mine)
    done = kept(tmp_path / "knowledge", LATER_WEBVTT, first)
    assert done.laid_beside == first.path.with_name("transcript.fetched.vtt")
    assert first.path.is_symlink()


def test_a_folder_is_seen_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Path) -> Path:
        seen.append((look(tmp_path), [one.slug for one in load(tmp_path).entries]))
        raise OSError(28, "No space left on device")

    seen: list[Any] = []
    kept(tmp_path, item=replace(ITEM, guid="0", number=11))
    before = look(tmp_path)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        kept(tmp_path)
    assert seen
    assert seen == [(before, ["kitchen-talks-11"])] * len(seen)
    assert look(tmp_path) == before
    assert sorted(tmp_path.iterdir()) == [tmp_path / "kitchen-talks-11"]


def test_a_name_that_another_process_takes_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(self: Path, target: Path) -> Path:
        if target.name == "kitchen-talks-12" and not calls:
            calls.append(target)
            others.append(kept(tmp_path, SUBRIP, item=replace(ITEM, guid="other")))
        moved: Path = real(self, target)
        return moved

    calls: list[Path] = []
    others: list[Kept] = []
    real = Path.rename
    monkeypatch.setattr(Path, "rename", late)
    mine = kept(tmp_path)
    assert others[0].slug == "kitchen-talks-12"
    assert mine.slug.startswith("kitchen-talks-12-")
    assert others[0].path.read_bytes() == SUBRIP
    assert mine.path.read_bytes() == WEBVTT
    assert len(library(tmp_path).episodes) == 2


def test_a_draft_that_was_left_behind_is_deleted_once_it_is_old(tmp_path: Path) -> None:
    left, fresh = (tmp_path / f".{name}.fetching" for name in "ab")
    for draft in (left, fresh):
        draft.mkdir()
        (draft / "transcript.vtt").write_bytes(WEBVTT)
    os.utime(left, (1_000, 1_000))
    kept(tmp_path)
    assert [one.name for one in sorted(tmp_path.iterdir())] == [fresh.name, "kitchen-talks-12"]
    assert len(library(tmp_path).episodes) == 1


@pytest.mark.parametrize("step", range(4))
def test_ended_while_it_is_renewed_it_goes_on_with_the_next_run(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class EndedError(BaseException):
        """The process is ended."""

    def ending(name: str) -> None:
        real = getattr(Path, name)

        def move(self: Path, target: Path) -> Path:
            if "kitchen-talks-12" in str(target):
                moves.append(target)
                if len(moves) > step:
                    raise EndedError
            moved: Path = real(self, target)
            return moved

        monkeypatch.setattr(Path, name, move)

    moves: list[Path] = []
    first = kept(tmp_path, chapters=CHAPTERS)
    later: dict[str, Any] = {"chapters": CHAPTERS.replace(b"Flour", b"Water"), "last": first}
    for name in ("rename", "replace"):
        ending(name)
    with pytest.raises(EndedError):
        kept(tmp_path, SUBRIP, **later)
    monkeypatch.undo()
    assert len(library(tmp_path).episodes) == 1
    done = kept(tmp_path, SUBRIP, **later)
    assert done.laid_beside is None
    assert sorted(files(tmp_path / first.slug)) == [
        "chapters.json",
        "episode.yaml",
        "transcript.srt",
    ]
    assert len(library(tmp_path).episodes) == 1


def test_what_was_fetched_can_be_deleted_and_what_was_edited_cannot(tmp_path: Path) -> None:
    first = kept(tmp_path, chapters=CHAPTERS)
    written(first.path.parent / "chapters.json", old="Flour", new="Our flour")
    with pytest.raises(KeepError, match=r"chapters\.json was edited by hand"):
        delete(tmp_path, first.slug)
    assert first.path.exists()
    written(first.path.parent / "chapters.json", old="Our flour", new="Flour")
    (first.path.parent / "notes").write_text("mine", "utf-8")
    with pytest.raises(KeepError, match=r"notes was edited by hand, or is from no feed"):
        delete(tmp_path, first.slug)
    (first.path.parent / "notes").unlink()
    delete(tmp_path, first.slug)
    assert list(tmp_path.iterdir()) == []
    delete(tmp_path, first.slug)


def test_an_episode_of_ones_own_is_never_deleted(tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "transcript.vtt"
    mine.parent.mkdir()
    mine.write_bytes(WEBVTT)
    (tmp_path / "file").write_bytes(WEBVTT)
    for slug in ("mine", "file"):
        with pytest.raises(KeepError):
            delete(tmp_path, slug)
    assert mine.exists()
