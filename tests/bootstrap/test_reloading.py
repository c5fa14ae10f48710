"""The knowledge folder is followed: what comes, changes, breaks and goes, and what is not read."""

import gc
import logging
import os
import shutil
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import enumerate as threads

import pytest

from bot.bootstrap.reloading import RETRY, STILL, Watcher, following
from bot.bootstrap.reloading import watched as watched_by
from bot.episodes import Library, load
from bot.errors import BotError
from bot.settings import Settings
from tests.bootstrap.conftest import Watched
from tests.bootstrap.kinds import Dropped

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the watcher has logged, and nobody else."""
    return [one.getMessage() for one in caplog.records if one.name == "bot"]


def test_what_stays_as_it_was_is_not_read_again(watched: Watched) -> None:
    for _ in range(3):
        watched.looks()
    assert watched.read == []


def test_a_file_that_is_dropped_answers_once_it_stands_still(
    watched: Watched, second: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    second.write("Quadby")
    watched.after(STILL)
    assert watched.read == []
    watched.after(STILL)
    assert watched.says(second, "Quadby")
    assert said(caplog) == ["The knowledge folder has changed: vundle-voices came"]
    watched.looks()
    assert len(watched.read) == 1


def test_what_this_process_has_written_is_read_at_once(watched: Watched, second: Dropped) -> None:
    second.write("Quadby")
    watched.watcher.hasten()
    watched.after(0.0)
    assert watched.says(second, "Quadby")


def test_a_look_that_is_hastened_is_not_waited_for(watched: Watched, second: Dropped) -> None:
    with following(watched.watcher, interval=600):
        second.write("Quadby")
        watched.watcher.hasten()
        until = time.monotonic() + 30
        while second.slug not in watched.slugs:
            assert time.monotonic() < until, "nobody looks"
            time.sleep(0.01)


def test_a_file_that_grows_is_left_alone(watched: Watched, second: Dropped) -> None:
    whole = second.write("Quadby").text
    for size in range(10, len(whole), len(whole) // 4):
        second.put(whole[:size])
        watched.after(STILL)
    assert watched.read == []
    second.write("Quadby")
    watched.looks()
    assert watched.says(second, "Quadby")


def test_a_file_that_changes_answers_in_its_new_words(
    watched: Watched, first: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    first.write("Fennigar")
    watched.looks()
    assert watched.says(first, "Fennigar")
    assert not watched.says(first, "Tevrin")
    assert said(caplog) == ["The knowledge folder has changed: quimper-plain changed"]


def test_a_file_of_the_same_size_with_a_new_time_is_read(watched: Watched, first: Dropped) -> None:
    first.write("Nivret")
    os.utime(first.path, (1, 1))
    watched.looks()
    assert watched.says(first, "Nivret")


def test_a_file_that_goes_is_quoted_no_more(
    watched: Watched, second: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    second.write("Quadby")
    watched.looks()
    second.remove()
    watched.looks()
    assert watched.slugs == {"quimper-plain"}
    assert said(caplog)[-1] == "The knowledge folder has changed: vundle-voices went"


def test_many_changes_are_one_line(
    watched: Watched, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(7):
        Dropped(folder, "plain.txt", f"engine{number}").write("Quadby")
    Dropped(folder, "plain.txt", "quimper").write("Fennigar")
    watched.looks()
    [line] = said(caplog)
    assert "engine4-plain and 2 more came; quimper-plain changed" in line


def test_a_broken_edition_leaves_the_one_before_and_is_told(
    watched: Watched, first: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    first.put("%PDF-1.7")
    watched.looks()
    assert watched.says(first, "Tevrin")
    assert [fault.path for fault in watched.answering.library.faults] == [str(first.path)] * 2
    assert "is PDF" in caplog.text


@pytest.mark.parametrize("name", ["README.md", ".draft.vtt", "talk.mp3", "plain.txt~"])
def test_what_is_no_transcript_is_not_looked_at(watched: Watched, folder: Path, name: str) -> None:
    (folder / name).write_text("words", "utf-8")
    watched.looks()
    assert watched.read == []


def test_a_link_that_leads_nowhere_is_told_and_hinders_nothing(
    watched: Watched, folder: Path, second: Dropped
) -> None:
    (folder / "link.vtt").symlink_to("nowhere.vtt")
    second.write("Quadby")
    watched.looks()
    assert watched.says(second, "Quadby")
    assert "link.vtt" in str(watched.answering.library.faults[0])


def test_what_lies_in_an_episodes_folder_counts(watched: Watched, folder: Path) -> None:
    file = Dropped(folder, "folder/page.html", "meepo")
    file.write("Osprell")
    watched.looks()
    (file.path.parent / "episode.yaml").write_text("title: The boat\n", "utf-8")
    watched.looks()
    assert "The boat" in {one.title for one in watched.answering.entries}


def test_house_words_are_followed_too(
    watched: Watched, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = folder / "thesaurus.yaml"
    words.write_text("flummox: [flummox, evening boat]\n", "utf-8")
    watched.looks()
    topic = watched.answering.topic("what about the flummox?")
    assert topic
    assert "evening boat" in topic.ranked[0].text
    assert said(caplog) == ["The knowledge folder has changed: no episode came, changed or went"]


def test_broken_house_words_leave_all_as_it_was(
    watched: Watched, folder: Path, second: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    words = folder / "thesaurus.yaml"
    words.write_text("- no\n", "utf-8")
    second.write("Quadby")
    for _ in range(3):
        watched.looks()
    assert watched.slugs == {"quimper-plain"}
    [line] = said(caplog)
    assert "thesaurus.yaml" in line
    words.unlink()
    watched.looks()
    assert watched.says(second, "Quadby")


class TestWithoutTheFolder:
    def test_the_library_stays_and_it_is_said_once(
        self, watched: Watched, folder: Path, first: Dropped, caplog: pytest.LogCaptureFixture
    ) -> None:
        away = folder.rename(folder.with_name("away"))
        for _ in range(4):
            watched.looks()
        assert watched.says(first, "Tevrin")
        [line] = said(caplog)
        assert "No such file" in line
        away.rename(folder)
        watched.looks()
        assert watched.read == []

    def test_the_next_time_it_is_said_again(
        self, watched: Watched, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        for _ in range(2):
            away = folder.rename(folder.with_name("away"))
            watched.looks()
            away.rename(folder)
            watched.looks()
        assert len(said(caplog)) == 2

    def test_what_changed_meanwhile_is_read(
        self, watched: Watched, folder: Path, first: Dropped
    ) -> None:
        away = folder.rename(folder.with_name("away"))
        watched.looks()
        away.rename(folder)
        first.write("Fennigar")
        watched.looks()
        assert watched.says(first, "Fennigar")


def test_an_empty_folder_leaves_the_library_and_is_said_once(
    watched: Watched, first: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    first.remove()
    for _ in range(4):
        watched.looks()
    assert watched.says(first, "Tevrin")
    [line] = said(caplog)
    assert "no episode in it can be read" in line
    assert len(watched.read) == 1


def test_what_went_wrong_is_tried_again_after_a_while_and_said_no_more(
    watched: Watched, second: Dropped, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def fail() -> Library:
        tried.append(watched.seconds)
        raise MemoryError("none left\nand none to come")

    reading, watched.load = watched.load, fail  # type: ignore[method-assign]  # for this test
    second.write("Quadby")
    watched.looks()
    watched.after(RETRY / 2)
    assert len(tried) == 1
    watched.after(RETRY / 2)
    assert len(tried) == 2
    [line] = said(caplog)
    assert line.endswith("stays: MemoryError: none left (and 1 more)")
    watched.load = reading  # type: ignore[method-assign]  # as it was
    watched.after(RETRY)
    assert watched.says(second, "Quadby")


def test_what_changes_while_it_is_read_is_not_taken(
    watched: Watched, first: Dropped, second: Dropped
) -> None:
    reading = watched.load

    def slow() -> Library:
        library = reading()
        if len(watched.read) == 1:
            first.write("Fennigar")
        return library

    watched.load = slow  # type: ignore[method-assign]  # for this test
    second.write("Quadby")
    watched.looks()
    assert watched.slugs == {"quimper-plain"}
    watched.looks()
    assert watched.says(first, "Fennigar")
    assert watched.says(second, "Quadby")


def test_the_engine_before_is_given_back(watched: Watched, second: Dropped) -> None:
    before = weakref.ref(watched.answering.finder)
    gc.collect()
    gc.freeze()
    second.write("Quadby")
    try:
        watched.looks()
        frozen = gc.get_freeze_count()
    finally:
        gc.unfreeze()
    assert before() is None
    assert frozen > 0


def settings_of(folder: Path, tmp_path: Path) -> Settings:
    return Settings(knowledge_dir=folder, cache_dir=tmp_path / "cache")


def test_a_file_that_changes_while_the_bot_starts_is_read(
    folder: Path, tmp_path: Path, first: Dropped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*given: Path) -> Library:
        library = load(*given)
        if "Fennigar" not in first.path.read_text("utf-8"):
            first.write("Fennigar")
        return library

    with monkeypatch.context() as patched:
        patched.setattr("bot.episodes.load", slow)
        watcher = watched_by(settings_of(folder, tmp_path), fast_clock)
    assert "Tevrin" in watcher.answering.episodes[0].text
    with following(watcher, interval=0.05):
        until(lambda: "Fennigar" in watcher.answering.episodes[0].text)


def test_without_an_episode_a_bot_does_not_start(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(BotError, match="no readable episode"):
        watched_by(settings_of(folder, tmp_path))


def test_it_is_followed_on_a_thread_that_ends(
    folder: Path, watched: Watched, second: Dropped
) -> None:
    fast = Watcher(watched.answering, folder, watched.load, None, fast_clock)
    with following(fast, interval=0.05):
        assert "knowledge" in {one.name for one in threads()}
        second.write("Quadby")
        until(lambda: "vundle-voices" in watched.slugs)
        second.put("%PDF-1.7")
        until(lambda: watched.answering.library.faults)
        second.remove()
        until(lambda: "vundle-voices" not in watched.slugs)
    assert "knowledge" not in {one.name for one in threads()}


def until(true: Callable[[], object]) -> None:
    """Wait for something; a minute is forever."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def fast_clock() -> float:
    """Count a hundred seconds for each."""
    return 100 * time.monotonic()
