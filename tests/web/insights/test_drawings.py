"""The drawings stay inside their frames, say the numbers, and carry nothing but words."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.reports import Chapter, Day, Part, Quoting
from bot.reports.timeline import PARTS
from bot.web.insights.drawings import bar, of_show, over_time, timeline
from tests.fakes.hostile import hostile_texts
from tests.storage.samples import TODAY

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))


def days(*counts: tuple[int, int]) -> list[Day]:
    return [Day(TODAY + timedelta(at), *one) for at, one in enumerate(counts)]


def rectangles(drawing: Any) -> list[dict[str, float]]:
    """Where each stands: across in percent, down in pixels."""
    return [
        {name: float(str(one.get(name)).rstrip("%")) for name in ("x", "width", "y", "height")}
        for one in drawing.iter(f"{SVG}rect")
    ]


def quoted(*answers: int, chapters: tuple[Chapter, ...] = ()) -> Quoting:
    parts = tuple(Part(1_000 * at, 1_000 * at + 1_000, count) for at, count in enumerate(answers))
    return Quoting(max(answers), 120_000, parts, chapters, ())


@given(st.lists(COUNTS, min_size=1, max_size=90))
def test_bars_stand_in_their_frame_one_beside_the_other(counts: list[tuple[int, int]]) -> None:
    drawing = etree.fromstring(over_time(days(*counts), "days"))
    drawn = rectangles(drawing)
    assert len(drawn) == sum((one > 0) + (other > 0) for one, other in counts)
    height = float(str(drawing.get("height")))
    for one in drawn:
        assert 0 <= one["x"] <= one["x"] + one["width"] <= 100.01
        assert 0 <= one["y"] <= one["y"] + one["height"] <= height
        assert one["height"] >= 1


def test_bars_are_as_high_as_what_they_count() -> None:
    drawing = etree.fromstring(over_time(days((10, 0), (40, 0), (0, 20)), "days"))
    ten, forty, twenty = (one["height"] for one in rectangles(drawing))
    assert forty == pytest.approx(4 * ten)
    assert twenty == pytest.approx(2 * ten)


def test_each_day_says_its_numbers_to_whoever_points_at_it() -> None:
    drawing = etree.fromstring(over_time(days((1_200, 3), (0, 0)), "days"))
    [title] = [one.text for group in drawing.iter(f"{SVG}g") for one in group.iter(f"{SVG}title")]
    assert title == "24 November: 1,200 answered, 3 declined"


@given(COUNTS, st.integers(0, 20_000))
def test_a_bar_is_as_long_as_its_share_of_the_longest(counts: tuple[int, int], more: int) -> None:
    most = sum(counts) + more
    drawn = rectangles(
        etree.fromstring(bar(zip(("answered", "declined"), counts, strict=True), most))
    )
    widths = [one["width"] for one in drawn]
    expected = [100 * count / max(1, most) for count in counts]
    assert widths == pytest.approx(expected, abs=0.01)
    assert drawn[1]["x"] == pytest.approx(widths[0], abs=0.01)


def test_a_show_is_drawn_on_the_scale_of_all() -> None:
    [half] = rectangles(etree.fromstring(of_show(days((5, 0)), 10)))
    [whole] = rectangles(etree.fromstring(of_show(days((10, 0)), 10)))
    assert whole["height"] == pytest.approx(2 * half["height"], abs=0.2)


def test_a_place_says_its_time_and_how_often_it_was_quoted() -> None:
    counts = [0] * PARTS
    counts[61] = 7
    drawing = etree.fromstring(timeline(quoted(*counts), [], "quoted"))
    assert len(rectangles(drawing)) == PARTS
    [told] = [one.text for cell in drawing.iter(f"{SVG}rect") for one in cell]
    assert told == "1:01–1:02: 7 answers"


def test_a_chapter_has_its_number_where_there_is_room_for_it() -> None:
    begins = (0.0, 0.01, 0.5, 0.99)
    chapters = tuple(Chapter(f"c{at}", begin, None, 0) for at, begin in enumerate(begins))
    drawing = etree.fromstring(
        timeline(quoted(*[1] * PARTS, chapters=chapters), ["a", "b", "c", "d"], "quoted")
    )
    groups = list(drawing.iter(f"{SVG}g"))
    assert [one.findtext(f"{SVG}text") for one in groups] == ["2", "3"]
    assert [one.findtext(f"{SVG}title") for one in groups] == ["b", "c"]
    assert len(list(drawing.iter(f"{SVG}line"))) == len(chapters)


@given(hostile_texts())
def test_whatever_a_chapter_is_called_is_words(name: str) -> None:
    chapters = (Chapter("a", 0.0, None, 0), Chapter("b", 0.5, None, 0))
    drawn = timeline(quoted(*[1] * PARTS, chapters=chapters), [name, name], "quoted")
    assert drawn.count("<script") == drawn.count("<!") == 0
    parser = etree.HTMLParser(recover=False, huge_tree=False)
    whole = f"<html><body>{drawn}</body></html>".encode("utf-8", "replace").replace(b"\0", b"")
    tree = etree.fromstring(whole, parser)
    known = {"html", "body", "svg", "title", "desc", "rect", "line", "g", "text"}
    assert {one.tag for one in tree.iter()} <= known
