"""Addresses of pages, and who they open for."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import (
    INSIGHTS_SECONDS,
    NO_LINKS,
    PAGE_SECONDS,
    ExpiredLinkError,
    LinkError,
    Links,
    Place,
    PlaceError,
    fingerprint,
    read_place,
)

ROOT = "https://bot.example.com"
DIGEST = "0123456789ab"
SLUGS = st.text(min_size=1).filter(lambda slug: not slug.startswith("/"))


def links(*keys: str, at: float = 0, pages: Any = "signed") -> Links:
    return Links(ROOT, pages, keys, clock=lambda: 1_000_000 + at)


def query(address: str | None) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address or "").query))


def signature(address: str | None) -> str:
    return query(address)["s"]


def test_a_quotes_address_names_episode_edition_characters_and_words() -> None:
    address = links("key").quote("show/tea", DIGEST, 12, 40, "Tea is made of leaves.")
    parts = urlsplit(address or "")
    assert (parts.netloc, parts.path, parts.fragment) == (
        "bot.example.com",
        "/e/show/tea",
        "quote",
    )
    assert read_place(query(address)) == Place(
        DIGEST, 12, 40, fingerprint("Tea is made of leaves.")
    )


def test_public_pages_need_no_signature() -> None:
    shown = links(pages="public")
    assert shown.episode("tea") == f"{ROOT}/e/tea"
    shown.check_episode("tea", "")


@pytest.mark.parametrize(
    "without",
    [NO_LINKS, Links(None, "signed", ["key"]), Links(ROOT, "off", ["key"]), Links(ROOT, "signed")],
)
def test_without_an_address_a_key_or_pages_there_are_no_links(without: Links) -> None:
    assert without.episode("tea") is None
    assert without.quote("tea", DIGEST, 1, 2) is None
    assert without.insights("T1", "U1") is None


def test_insights_are_signed_even_where_pages_are_public() -> None:
    assert links(pages="public").insights("T1", "U1") is None
    address = links("key", pages="public").insights("T1", "U1")
    links("key", pages="public").check_insights("T1", "U1", signature(address))
    with pytest.raises(LinkError):
        links("key", pages="public").check_insights("T1", "U1", "")


@given(SLUGS, SLUGS)
def test_a_signature_opens_its_own_episode_and_no_other(slug: str, other: str) -> None:
    given = signature(links("key").episode(slug))
    links("key").check_episode(slug, given)
    if other != slug:
        with pytest.raises(LinkError):
            links("key").check_episode(other, given)


@given(st.text(), st.text())
def test_a_part_of_the_slug_is_no_part_of_the_signature(slug: str, tail: str) -> None:
    """What is signed for `a.b` does not open `a` with `b.` before its signature."""
    given = signature(links("key").episode(f"{slug}.{tail}"))
    with pytest.raises(LinkError):
        links("key").check_episode(slug, f"{tail}.{given}")


@given(st.text(max_size=80))
def test_what_nobody_signed_opens_nothing(told: str) -> None:
    with pytest.raises(LinkError):
        links("key").check_episode("tea", told)
    with pytest.raises(LinkError):
        links("key").check_insights("T1", "U1", told)


def test_an_episodes_signature_opens_no_insights_nor_the_other_way() -> None:
    page, insights = links("key").episode("T1 U1"), links("key").insights("T1", "U1")
    with pytest.raises(LinkError):
        links("key").check_insights("T1", "U1", signature(page))
    with pytest.raises(LinkError):
        links("key").check_episode("T1 U1", signature(insights))
    with pytest.raises(LinkError):
        links("key").check_insights("T1", "U2", signature(insights))


@pytest.mark.parametrize(("after", "opens"), [(PAGE_SECONDS, True), (PAGE_SECONDS + 1, False)])
def test_a_page_opens_until_its_link_expires(after: float, *, opens: bool) -> None:
    given = signature(links("key").episode("tea"))
    if opens:
        links("key", at=after).check_episode("tea", given)
    else:
        with pytest.raises(ExpiredLinkError):
            links("key", at=after).check_episode("tea", given)


def test_a_link_of_a_machine_whose_clock_is_ahead_opens_at_once() -> None:
    given = signature(links("key", at=5).episode("tea"))
    links("key").check_episode("tea", given)


def test_insights_open_for_an_hour() -> None:
    given = signature(links("key").insights("T1", "U1"))
    links("key", at=INSIGHTS_SECONDS).check_insights("T1", "U1", given)
    with pytest.raises(ExpiredLinkError):
        links("key", at=INSIGHTS_SECONDS + 1).check_insights("T1", "U1", given)


def test_links_survive_a_new_key_until_the_old_one_is_taken_away() -> None:
    old = signature(links("old").episode("tea"))
    links("new", "old").check_episode("tea", old)
    new = signature(links("new", "old").episode("tea"))
    links("new").check_episode("tea", new)
    with pytest.raises(LinkError):
        links("new").check_episode("tea", old)
    with pytest.raises(LinkError):
        links("old").check_episode("tea", new)


@given(SLUGS, st.integers(0, 10_000), st.integers(1, 10_000))
def test_an_address_is_read_as_it_was_made(slug: str, start: int, length: int) -> None:
    address = links("key").quote(slug, DIGEST, start, start + length, "Tea.")
    read = links("key").read_quote(address or "")
    assert read is not None
    assert read[1] == Place(DIGEST, start, start + length, fingerprint("Tea."))
    assert read[0].encode(errors="replace") == slug.encode(errors="replace")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://[",
        "https://other.example/e/tea?v=0123456789ab&at=1-2",
        f"{ROOT}/",
        f"{ROOT}/e/tea",
        f"{ROOT}/e/tea?v=0123456789ab&at=1-2",
        f"{ROOT}/e/tea?v=0123456789ab&at=1-2&s=forged.signature",
    ],
)
def test_no_other_address_leads_to_a_quote(address: str) -> None:
    assert links("key").read_quote(address) is None


def test_a_link_to_an_episode_or_an_expired_one_leads_to_no_quote() -> None:
    assert links("key").read_quote(links("key").episode("tea") or "") is None
    old = links("key").quote("tea", DIGEST, 1, 2) or ""
    assert links("key").read_quote(old)
    assert links("key", at=PAGE_SECONDS + 1).read_quote(old) is None


@pytest.mark.parametrize(
    "told",
    [
        {"v": DIGEST},
        {"at": "1-2"},
        {"v": DIGEST, "at": "2-2"},
        {"v": DIGEST, "at": "5-2"},
        {"v": DIGEST, "at": "-5-2"},
        {"v": DIGEST, "at": "1-" + "9" * 5000},
        {"v": DIGEST, "at": "١-٢"},
        {"v": "0123456789AB", "at": "1-2"},
        {"v": DIGEST + "0", "at": "1-2"},
        {"v": DIGEST, "at": "1-2", "words": "x"},
        {"words": "4-0123456789abcdef"},
    ],
)
def test_what_is_no_place_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(PlaceError):
        read_place(told)


def test_an_address_may_name_no_place() -> None:
    assert read_place({"s": "x", "utm_source": "y"}) is None
