"""What a file is, by what it holds; what is no transcript is refused by its name."""

import pytest

from bot.episodes.formats import Known, is_house_markdown, read
from bot.errors import UnreadableError
from tests.episodes.formats.samples import ALL, WEBVTT


def refusal(raw: bytes, known: Known | None = None) -> str:
    with pytest.raises(UnreadableError) as refused:
        read(raw, "a.txt", known or Known())
    return str(refused.value)


@pytest.mark.parametrize(("name", "text"), ALL.items())
def test_each_format_is_told_by_its_content(name: str, text: str) -> None:
    assert read(text.encode(), "transcript.md").format == name


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"%PDF-1.7\n", "is PDF"),
        (b"PK\x03\x04\x14\0 word/document.xml", "is a Word document"),
        (b"PK\x03\x04\x14\0 photos/1.jpg", "is a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a Word document"),
        (b"{\\rtf1\\ansi", "is Rich Text"),
        (b"ID3\x04\0", "is audio"),
        (b"OggS\0", "is audio"),
        (b"fLaC\0", "is audio"),
        (b"RIFF\0\0\0\0WAVEfmt ", "is audio"),
        (b"\0\0\0\x20ftypM4A ", "is audio"),
        (b"\0\0\0\x20ftypisom", "is audio or video"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "is a feed (RSS)"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "is a feed (Atom)"),
        (b"<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'>", "is TTML"),
        (b"<?xml version='1.0'?><plist/>", "is XML, but no transcript"),
        (b"[Script Info]\nTitle: a", "is SubStation"),
        (b"0:00:01.000,0:00:02.000\nhello", "is SubViewer"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"one\ntwo\0three and a good deal more\n", "a.txt:2: is not plain text: a NUL character"),
    ],
)
def test_what_is_no_transcript_is_refused_by_name(raw: bytes, told: str) -> None:
    assert told in refusal(raw)


def test_another_encoding_is_guessed_and_told_by_line() -> None:
    text = WEBVTT.replace("bread", "café crème à côté, déjà goûté")
    assert refusal(text.encode("cp1252")) == (
        "a.txt:7: is not UTF-8; it looks like cp1252: say `encoding: cp1252` in episode.yaml"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told(encoding: str) -> None:
    assert "is not UTF-8; it looks like utf_16" in refusal(WEBVTT.encode(encoding))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "latin-1"])
def test_a_file_is_read_in_the_encoding_that_is_known(encoding: str) -> None:
    text = WEBVTT.replace("bread", "café")
    transcript = read(text.encode(encoding), "a.vtt", Known(encoding=encoding))
    assert "tea & café." in transcript.text


@pytest.mark.parametrize("encoding", ["nope", "base64", "idna", "ascii", "a\0b"])
def test_a_wrong_encoding_is_told(encoding: str) -> None:
    told = refusal("WEBVTT é".encode() + b"!", Known(encoding=encoding))
    assert "episode.yaml" in told


def test_the_form_of_the_house_is_known() -> None:
    assert is_house_markdown("# Episode 2: Tea\n\n### SEGMENT 1: WATER (5 minutes)\n")
    assert not is_house_markdown("# Episode 2: Tea\n\n**Ada:** Hello.\n")
