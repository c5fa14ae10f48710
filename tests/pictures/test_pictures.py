"""The pictures show what the bot sends, whole; and those that the README names are there."""

import json
import os
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.pictures.pages import SERVED
from tests.pictures.scenes import NAMES, SCENES, scenes

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = ROOT / ".github" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
NODE = shutil.which("node") or ""
APP = {"name": "App", "bot": "bot"}
HIDDEN = {"options", "option_groups"}  # of a menu that is closed
MENUS = {"static_select", "overflow"}


@pytest.fixture(scope="module")
def node() -> str:
    """Node with what `npm ci` installs."""
    _need("node", installed=bool(NODE))
    _need("`npm ci` in tests/pictures", installed=(HERE / "node_modules").is_dir())
    return NODE


@pytest.fixture(scope="module")
def chromium() -> str:
    _need("chromium", installed=CHROMIUM is not None)
    return CHROMIUM or ""


def _need(what: str, *, installed: bool) -> None:
    """Skip where something is missing that the test needs; CI fails there."""
    if not installed and os.environ.get("BOT_TESTS_NEED_CHROMIUM") == "1":
        pytest.fail(f"{what} is missing")
    if not installed:
        pytest.skip(f"{what} is missing")


def draw(
    node: str,
    folder: Path,
    chromium: str = "",
    pages: Mapping[str, Any] = MappingProxyType({}),
    **drawn: Any,
) -> subprocess.CompletedProcess[str]:
    """Draw scenes and pages into a folder."""
    return subprocess.run(
        [node, HERE / "render.mjs", folder],
        input=json.dumps({"app": APP, "names": NAMES, "scenes": drawn, "pages": dict(pages)}),
        env=os.environ | {"CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def message(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"typed": "", "blocks": blocks, "private": False}


def section(kind: str, text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text}}


def words(part: Any) -> Iterator[str]:
    """Every word that Slack shows of some blocks, without markup."""
    if isinstance(part, list):
        for each in part:
            yield from words(each)
    elif isinstance(part, dict):
        if isinstance(text := part.get("text"), str):
            marked = part.get("type") == "mrkdwn"
            labels = re.sub(r"<(?:https?:[^<>|]*\|([^<>]*)|[^<>]*)>", r"\1", text)
            yield from re.findall(r"\w+", labels if marked else text)
        closed = HIDDEN if part.get("type") in MENUS else set()
        if part.get("type") != "feedback_buttons":  # two thumbs, whose words show on pointing
            yield from words([value for name, value in part.items() if name not in closed])


def size(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, from the head of a PNG file."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_every_scene_is_drawn_with_all_its_words(node: str, chromium: str, tmp_path: Path) -> None:
    played = scenes()["scenes"]
    done = draw(node, tmp_path, chromium, **played)
    assert done.returncode == 0, done.stderr
    shown = {line["picture"]: line["words"] for line in map(json.loads, done.stdout.splitlines())}
    assert shown.keys() == played.keys() == SCENES.keys()
    for name, scene in played.items():
        width, height = size(tmp_path / f"{name}.png")
        modal = scene.get("view", {}).get("type") == "modal"
        assert width == (780 if scene["phone"] else 1120 if modal else 1440)
        assert 200 < height < 4000, name
        blocks = scene["view"]["blocks"] if "view" in scene else scene["blocks"]
        missing = set(words(blocks)) - set(re.findall(r"\w+", shown[name]))
        assert not missing, name


def test_every_page_is_drawn_as_far_as_its_most_telling_part(
    node: str, chromium: str, tmp_path: Path
) -> None:
    served = scenes()["pages"]
    done = draw(node, tmp_path, chromium, served)
    assert done.returncode == 0, done.stderr
    shown = {line["picture"]: line["words"] for line in map(json.loads, done.stdout.splitlines())}
    assert shown.keys() == served.keys() == SERVED.keys()
    for name, page in served.items():
        width, height = size(tmp_path / f"{name}.png")
        assert width == 2 * page["width"]
        assert 600 < height < 4_000, name
    assert "Questions over time" in shown["insights"]
    assert "▶" in shown["marked-quote"]
    assert "Large Language Models Deep Dive" in shown["insights"]


def test_a_definition_fits_on_a_phone(node: str, chromium: str, tmp_path: Path) -> None:
    """390 by 475 points, which is drawn with two pixels each."""
    done = draw(node, tmp_path, chromium, phone=scenes()["scenes"]["definition-phone"])
    assert done.returncode == 0, done.stderr
    width, height = size(tmp_path / "phone.png")
    assert width == 780
    assert height <= 950


def test_plain_text_is_no_markup_and_marked_text_is(
    node: str, chromium: str, tmp_path: Path
) -> None:
    marked = "*this* <@U0000ALEXA> &amp; `that`"
    done = draw(
        node,
        tmp_path,
        chromium,
        plain=message(section("plain_text", marked)),
        mrkdwn=message(section("mrkdwn", marked)),
    )
    assert done.returncode == 0, done.stderr
    plain, mrkdwn = (json.loads(line)["words"] for line in done.stdout.splitlines())
    assert marked in plain
    assert mrkdwn.split()[-4:] == ["this", "@Alexa", "&", "that"]


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ({"type": "hologram"}, "hologram"),
        ({"type": "actions", "elements": [{"type": "dial"}]}, "dial"),
        ({"type": "input", "label": {"text": "Mood"}, "element": {"type": "moodpicker"}}, "moodp"),
        ({"type": "rich_text", "elements": [{"type": "rich_text_poem"}]}, "rich_text_poem"),
        ({"type": "actions", "elements": [{"type": "timepicker"}]}, "timepicker"),
    ],
)
def test_what_would_not_be_drawn_fails_by_its_name(
    node: str, tmp_path: Path, block: dict[str, Any], name: str
) -> None:
    done = draw(node, tmp_path, scene=message(block))
    assert done.returncode != 0
    assert name in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_pictures_kept_are_those_of_the_scenes() -> None:
    assert {path.stem for path in KEPT.glob("*.png")} == SCENES.keys() | SERVED.keys(), (
        "`make pictures`"
    )


def test_every_picture_that_the_readme_names_exists() -> None:
    named = re.findall(r"\.github/pictures/[\w./-]+", (ROOT / "README.md").read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).is_file()] == []
