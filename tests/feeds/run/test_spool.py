"""What was fetched and not kept yet."""

import os
import time
from pathlib import Path

from bot.feeds.run.spool import FOLDER, Spool

URL = "https://example.com/1.vtt?key=secret"


def test_what_was_laid_down_is_there_for_another_process(tmp_path: Path) -> None:
    Spool(tmp_path).put(URL, b"WEBVTT")
    assert Spool(tmp_path).get(URL) == b"WEBVTT"
    assert Spool(tmp_path).get("https://example.com/2.vtt") is None
    assert "secret" not in " ".join(path.name for path in (tmp_path / FOLDER).iterdir())
    Spool(tmp_path).drop(URL)
    assert Spool(tmp_path).get(URL) is None


def test_a_file_that_broke_off_is_none(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(URL, b"WEBVTT\n\nwhole")
    [file] = (tmp_path / FOLDER).iterdir()
    for size in (0, 10, 40):
        file.write_bytes(file.read_bytes()[:size])
        assert spool.get(URL) is None


def test_only_what_is_old_is_tidied_away(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(URL, b"WEBVTT")
    spool.tidy()
    assert spool.get(URL) == b"WEBVTT"
    [file] = (tmp_path / FOLDER).iterdir()
    ended, anybodys = (tmp_path / FOLDER / name for name in ("0a.part", "letter.txt"))
    before = time.time() - 2 * 24 * 3600
    for path in (file, ended, anybodys):
        path.touch()
        os.utime(path, (before, before))
    spool.tidy()
    assert list((tmp_path / FOLDER).iterdir()) == [anybodys]
    Spool(tmp_path / "nowhere").tidy()
