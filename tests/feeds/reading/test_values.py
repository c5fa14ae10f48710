"""Dates, durations, numbers, languages, words and addresses as feeds write them."""

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.episodes.metadata import Metadata, read_metadata
from bot.feeds.reading import values

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 05 Nov 2026 12:00:00 GMT",
        "05 Nov 2026 14:00:00 +0200",
        "Thu, 5 Nov 2026 07:00:00 EST",
        " Thu, 05 Nov 2026 12:00 -0000\n",
        "2026-11-05T12:00:00Z",
        "2026-11-05T14:00:00.000+02:00",
        "2026-11-05 12:00:00",
    ],
)
def test_a_time_is_one_in_utc(written: str) -> None:
    assert values.moment(written) == NOON


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2026-13-05", "Thu, 99 Nov 2026 12:00:00 GMT", "0001-01-01T00:00:00+23:59",
     "Thu, 05 Nov 2026 12:00:00 +9999999999", "9" * 5_000],
)  # fmt: skip
def test_what_is_no_time_is_none(written: str) -> None:
    assert values.moment(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), (" 007 ", 7), ("12.0", 12), ("0", 0), ("12.5", None), ("-1", None), ("x", None),
     ("9" * 5_000, None), ("١٢", 12), ("²", None)],
)  # fmt: skip
def test_a_number_is_whole_and_of_no_great_length(written: str, number: int | None) -> None:
    assert values.number(written) == number


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN_us", "en-US"),
        ("zh-Hant-tw", "zh-Hant-TW"),
        ("", None),
        ("english!", None),
    ],
)
def test_a_language_is_a_tag(written: str, tag: str | None) -> None:
    assert values.language(written) == tag


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/a", "https://example.org/a"),
        ("b c", "https://example.org/shows/b%20c"),
        ("https://e.org/\u202ea\u200eb\n", "https://e.org/a%E2%80%8Eb"),
        ("https://user:secret@e.org:8443/a?b#c", "https://e.org:8443/a?b#c"),
        ("HTTP://e.org/a", "http://e.org/a"),
        ("//e.org/a", "https://e.org/a"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
        (" \n", None),
        ("?b", "https://example.org/shows/one?b"),
        ("https:///a", "https://example.org/a"),
        ("https://[::1", None),
        ("https://e.org:99999/", None),
        ("mailto:a@e.org", None),
        ("https://e.org/" + "a" * 2_000, None),
    ],
)
def test_an_address_of_a_page_is_whole_and_leads_to_the_web(
    written: str, address: str | None
) -> None:
    assert values.web_address(written, "https://example.org/shows/one?key=secret#a") == address


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
ADDRESSES = st.builds("https://e.org/{}".format, ANYTHING) | ANYTHING


@example(title="", guid="", link="https://e.org/\uf900", tag="")
@given(title=ANYTHING, guid=ANYTHING, link=ADDRESSES, tag=ANYTHING)
def test_whatever_is_taken_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, title: str, guid: str, link: str, tag: str
) -> None:
    entries: dict[str, str | None] = {
        "title": values.words(title, 40),
        "show": values.guid(guid),
        "link": values.web_address(link, "https://example.org/"),
        "language": values.language(tag),
    }
    known: dict[str, Any] = {key: value for key, value in entries.items() if value}
    path = tmp_path_factory.getbasetemp() / "episode.yaml"
    path.write_text(yaml.safe_dump(known, allow_unicode=True), "utf-8")
    assert read_metadata(path) == Metadata(**known)


@given(ANYTHING)
def test_words_are_one_line_and_nothing_in_them_acts(text: str) -> None:
    found = values.words(text, 40)
    assert len(found) <= 40
    assert found == " ".join(found.split())
    assert not set(found) & {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\x7f"}
