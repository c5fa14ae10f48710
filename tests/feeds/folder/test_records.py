"""`episode.yaml` as it is written, and what it tells of itself."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.episodes.metadata import Fetched, read_metadata
from bot.feeds.folder.records import Digests, metadata, read_record
from tests.feeds.samples import AT, FEED, VTT, item

ITEM = item("1", "Bread", number=12)
DIGESTS = Digests("a" * 64, "b" * 64)


def written(folder: Path, days: int = 0, title: str = "Bread") -> Path:
    """Write the metadata of an item."""
    path = folder / "episode.yaml"
    at = AT + timedelta(days=days)
    said = metadata(replace(ITEM, title=title), FEED, VTT, DIGESTS, at, house=False)
    path.write_text(said, "utf-8")
    return path


def test_it_says_where_the_transcript_is_from_without_the_key(tmp_path: Path) -> None:
    found = read_metadata(written(tmp_path)).fetched
    assert found == Fetched(
        "https://example.org/1.vtt", "2026-11-26T21:00:00Z", "1", DIGESTS.transcript
    )


def test_it_tells_whether_it_is_as_it_was_written(tmp_path: Path) -> None:
    path = written(tmp_path)
    record = read_record(path)
    assert record
    assert (record.guid, record.digests, record.sealed) == ("1", DIGESTS, True)
    for old, new in (("Bread", "Butter"), ("show:", "speakers: {A: Ada}\nshow:"), ("\n", "\r\n")):
        text = path.read_bytes().decode()
        path.write_bytes(text.replace(old, new).encode())
        edited = read_record(path)
        assert edited
        assert (edited.guid, edited.sealed) == ("1", False)
        path.write_bytes(text.encode())
    path.write_text(path.read_text("utf-8") + "aliases: {Bread: [loaf]}\n", "utf-8")
    added = read_record(path)
    assert added
    assert not added.sealed


def test_when_it_was_fetched_makes_no_other_of_it(tmp_path: Path) -> None:
    first, later, other = (
        found.said
        for days, title in ((0, "Bread"), (1, "Bread"), (0, "at: Bread"))
        if (found := read_record(written(tmp_path, days, title)))
    )
    assert first == later != other


def test_what_is_broken_elsewhere_still_says_its_guid(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("number:", "nubmer:"), "utf-8")
    record = read_record(path)
    assert record
    assert record.guid == "1"


def test_what_is_no_metadata_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "episode.yaml"
    assert read_record(path) is None
    path.write_bytes(b"\xff\xfe\x00")
    assert read_record(path) is None
    path.write_text("fetched: *anchor\n", "utf-8")
    assert read_record(path) is None
    path.unlink()
    path.mkdir()
    assert read_record(path) is None
