"""Pages in a real browser: what is marked, what is in view, what is asked of the network.

With `FUZZ` in the environment (`make fuzz`) there are 100 quotes, and axe sees every page on a
phone and on a desk, light and dark; without it there are a few.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.answers import Answerer, Quote, ready
from bot.episodes import load
from bot.episodes.sentences import sentences
from bot.links import Links
from tests.web.pages.conftest import served, site_of
from tests.web.pages.talks import Said, talk, write

pytestmark = pytest.mark.slow

PICTURES = Path(__file__).parents[2] / "pictures"
HOUSE = Path(__file__).parents[3] / "knowledge" / "episode-02"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
NODE = shutil.which("node") or ""
THOROUGH = "FUZZ" in os.environ
QUOTES = 100 if THOROUGH else 16
PHONE, DESK = 390, 1280
TALKS = {"bread": talk(1), "tea": talk(2), "soup": talk(3), "salt": talk(4)}
Visit = dict[str, Any]


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """The four talks, and the episode that ships."""
    folder = write(tmp_path_factory.mktemp("browser") / "knowledge")
    shutil.copytree(HOUSE, folder / HOUSE.name)
    return ready(load(folder), folder)


@pytest.fixture(scope="module")
def chromium() -> str:
    """The path of the browser; CI fails where something is missing, elsewhere it is skipped."""
    missing = {
        "node": not NODE,
        "chromium": CHROMIUM is None,
        "`npm ci` in tests/pictures": not (PICTURES / "node_modules" / "axe-core").is_dir(),
    }
    if what := ", ".join(name for name, is_missing in missing.items() if is_missing):
        if os.environ.get("BOT_TESTS_NEED_CHROMIUM") == "1":
            pytest.fail(f"missing: {what}")
        pytest.skip(f"missing: {what}")
    return CHROMIUM or ""


def browse(chromium: str, *visits: Visit) -> list[dict[str, Any]]:
    """What stands on each page that is visited."""
    asked = [{"dark": False, "width": DESK, **visit} for visit in visits]
    done = subprocess.run(
        [NODE, PICTURES / "browse.mjs"],
        input=json.dumps(asked),
        env=os.environ | {"CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def random_quotes(answerer: Answerer, number: int) -> Iterator[Quote]:
    """Runs of one to three sentences, from each of the talks in turn."""
    random = Random(7)  # noqa: S311 - no secret
    library = answerer.library
    for at in range(number):
        slug = list(TALKS)[at % len(TALKS)]
        episode = library.episodes[cast("int", library.place(slug))]
        turn = random.choice(episode.turns)
        said = sentences(episode.text, random.choice(turn.paragraphs))
        first = random.randrange(len(said))
        last = min(first + random.randrange(3), len(said) - 1)
        quote = answerer.quote(slug, episode.digest, said[first].start, said[last].end)
        assert quote is not None
        yield quote


def cue(quote: Quote) -> tuple[float, float]:
    """When what a quote begins with is said, by what the transcript was made from."""
    said = TALKS[quote.episode]
    number = int(quote.text.split("& item ", 1)[1].split(".", 1)[0])
    counted = 0
    for one in said:
        if counted + len(one.sentences) >= number:
            return _of_sentence(one, number - counted - 1, quote.episode)
        counted += len(one.sentences)
    raise AssertionError(quote.text)


def _of_sentence(one: Said, place: int, slug: str) -> tuple[float, float]:
    """Cues are sentences in WebVTT, elsewhere turns, of which two formats know whole seconds."""
    if slug != "tea":
        return (int(one.start) if slug in {"bread", "salt"} else one.start), one.end
    step = (one.end - one.start) / len(one.sentences)
    return one.start + place * step, one.start + (place + 1) * step


def begins(address: str) -> float:
    """The second at which a recording is to begin."""
    parts = urlsplit(address)
    told = parse_qs(parts.query).get("t") or parse_qs(parts.fragment)["t"]
    return float(told[0].partition(",")[0].removesuffix("s"))


def folded(words: str) -> str:
    return " ".join(words.split())


def test_each_quote_is_marked_and_in_view_and_heard_where_it_is_said(
    chromium: str, answerer: Answerer
) -> None:
    quotes = list(random_quotes(answerer, QUOTES))
    with served(lambda root: _signed_site(answerer, root)) as root:
        links = Links(root, "signed", ["key"])
        visits = [
            {
                "name": str(at),
                "address": links.to(quote),
                "dark": at % 3 == 0,
                "width": PHONE if at % 2 else DESK,
            }
            for at, quote in enumerate(quotes)
        ]
        seen = browse(chromium, *visits)
    assert len(seen) == QUOTES
    for quote, visit, page in zip(quotes, visits, seen, strict=True):
        about = f"{quote.episode} {quote.start}-{quote.end} {visit}"
        assert page["status"] == 200, about
        assert folded(page["marked"]) == quote.text, about
        assert page["inView"], about
        assert page["contentsInView"], about
        start, end = cue(quote)
        assert start - 0.002 <= begins(page["heard"]) < end, about
        assert page["said"] == [], about
        assert page["cookies"] == 0, about
        assert page["wider"] <= 0, about
        assert [urlsplit(one).netloc for one in page["asked"] if not one.startswith("data:")] == [
            urlsplit(root).netloc
        ], about


def _signed_site(answerer: Answerer, root: str) -> Any:
    return _site(answerer, Links(root, "signed", ["key"]))


def _site(answerer: Answerer, links: Links) -> Any:
    with site_of(answerer, links) as site:
        return site


def _every_page(answerer: Answerer) -> dict[str, str]:
    """The paths of a page of each kind."""
    inside = Links("", "public")
    quote = next(random_quotes(answerer, 1))
    moved = inside.quote("tea", "0" * 12, 3, 9, next(_of(answerer, "tea")).text)
    gone = inside.quote("tea", "0" * 12, 3, 9, "Nobody said this.")
    return {
        "library": "/",
        "search": "/search",
        "found": "/search?q=why+do+models+hallucinate",
        "listed": "/search?q=takeaways",
        "declined": "/search?q=who+won+the+cup+in+1974",
        "glossary": "/glossary",
        "markdown": inside.to(quote) or "",
        "webvtt": "/e/tea",
        "json": "/e/soup",
        "html": "/e/salt",
        "house": "/e/episode-02",
        "moved": moved or "",
        "gone": gone or "",
        "missing": "/nothing",
        "none": "/e/none",
        "bad": "/e/tea?at=5-2",
    }


def _of(answerer: Answerer, slug: str) -> Iterator[Quote]:
    return (one for one in random_quotes(answerer, 40) if one.episode == slug)


def test_axe_finds_nothing_on_any_page(chromium: str, answerer: Answerer) -> None:
    pages = _every_page(answerer)
    looks = [{"dark": dark, "width": width} for dark in (False, True) for width in (DESK, PHONE)]
    with (
        served(lambda root: _site(answerer, Links(root, "public"))) as root,
        served(lambda root: _signed_site(answerer, root)) as closed,
    ):
        addresses = {name: root + path for name, path in pages.items()}
        addresses["refused"] = f"{closed}/e/tea"
        visits = [
            {"name": name, "address": address, "axe": True, **look}
            for at, (name, address) in enumerate(addresses.items())
            for look in (looks if THOROUGH else looks[3 * (at % 2) :][:1])
        ]
        seen = browse(chromium, *visits)
    assert len(seen) == len(visits)
    for visit, page in zip(visits, seen, strict=True):
        assert page["violations"] == [], visit
        assert page["rules"] > 10, visit  # so many looked, and were content
        assert page["wider"] <= 0, visit
        assert page["heading"].strip(), visit
        refused = "the server responded with a status of"
        assert [one for one in page["said"] if refused not in one] == [], visit
        hosts = {urlsplit(one).netloc for one in page["asked"] if not one.startswith("data:")}
        assert hosts == {urlsplit(cast("str", visit["address"])).netloc}, visit
        light = [sum(map(int, _rgb(color))) for color in page["colors"]]
        assert (light[0] > light[1]) is visit["dark"], visit


def _rgb(color: str) -> list[str]:
    return color.removeprefix("rgb(").removesuffix(")").split(",")


def test_a_note_about_a_changed_transcript_is_in_view(chromium: str, answerer: Answerer) -> None:
    pages = _every_page(answerer)
    with served(lambda root: _site(answerer, Links(root, "public"))) as root:
        moved, gone = browse(
            chromium,
            {"name": "moved", "address": root + pages["moved"], "width": PHONE},
            {"name": "gone", "address": root + pages["gone"], "width": PHONE},
        )
    assert moved["inView"]
    assert moved["noteInView"]
    assert folded(moved["marked"]) == next(_of(answerer, "tea")).text
    assert gone["noteInView"]
    assert gone["marked"] == ""


def test_a_keyboard_skips_to_the_text_and_paper_has_no_lists(
    chromium: str, answerer: Answerer
) -> None:
    with served(lambda root: _site(answerer, Links(root, "public"))) as root:
        first, printed = browse(
            chromium,
            {"name": "keyboard", "address": f"{root}/e/tea", "keys": ["Tab"]},
            {"name": "print", "address": f"{root}/e/tea", "print": True},
        )
    assert first["focused"] == "Skip to the text"
    assert "Glossary" in first["shown"]
    assert "Glossary" not in printed["shown"]
    assert "On tea" in printed["shown"]
