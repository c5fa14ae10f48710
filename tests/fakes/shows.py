"""A knowledge folder of two made-up podcasts, which in part talk about the same."""

import json
from pathlib import Path

KITCHEN, GARDEN = "Kitchen Talks", "Garden Talks"

_KITCHEN = """\
WEBVTT

00:00:00.000 --> 00:00:06.000
<v Sam Rivera>Welcome to Kitchen Talks. How hot should the water be for green tea?

00:00:06.000 --> 00:00:16.000
<v Ada Park>For green tea the water should be eighty degrees hot. Boiling water burns the leaves, \
and the cup turns bitter.

00:00:16.000 --> 00:00:22.000
<v Sam Rivera>And how long do you knead a sourdough?

00:10:22.000 --> 00:10:34.000
<v Ada Park>You knead a sourdough for twelve minutes by hand. After that the dough rests for an \
hour under a towel, or it tears when you shape it.

00:10:34.000 --> 00:10:40.000
<v Sam Rivera>Why do you salt the water of pasta?

00:25:40.000 --> 00:25:52.000
<v Ada Park>Salt in the water is the only chance to season pasta from inside. Ten grams for a \
liter is what most Italian kitchens take.
"""
_GARDEN = """\
WEBVTT

00:00:00.000 --> 00:00:06.000
<v Noor Haddad>Welcome to Garden Talks. How hot should the water be for green tea that I grew?

00:00:06.000 --> 00:00:17.000
<v Bo Lind>For green tea from your own garden the water should be no more than sixty degrees hot. \
Young leaves are tender, and give all that they have in a minute.

00:00:17.000 --> 00:00:23.000
<v Noor Haddad>When do you prune a rose?

00:00:23.000 --> 00:00:34.000
<v Bo Lind>You prune a rose in early spring, when the forsythia flowers. Cut above a bud that \
looks outward, so that light comes into the middle.
"""
_CHAPTERS = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0, "title": "Green tea"},
        {"startTime": 16, "title": "Sourdough & patience"},
        {"startTime": 634, "title": "Pasta <water>"},
    ],
}


def write_shows(folder: Path) -> None:
    """Write one episode of each show; the kitchen's has chapters, and a recording."""
    for slug, show, title, transcript, more in (
        (
            "kitchen-3",
            KITCHEN,
            "Tea, Bread & Pasta",
            _KITCHEN,
            "audio: https://cdn.example/3.mp3\n",
        ),
        ("garden-7", GARDEN, "Roses", _GARDEN, ""),
    ):
        write_episode(folder, slug, show, title, transcript, more)
    (folder / "kitchen-3" / "chapters.json").write_text(json.dumps(_CHAPTERS), "utf-8")


def write_episode(
    folder: Path, slug: str, show: str, title: str, transcript: str = _GARDEN, more: str = ""
) -> None:
    """Write an episode of a show, of the day before yesterday."""
    (folder / slug).mkdir(parents=True)
    (folder / slug / "transcript.vtt").write_text(transcript, "utf-8")
    (folder / slug / "episode.yaml").write_text(
        f"show: {show}\nnumber: {slug.rpartition('-')[2]}\ntitle: {json.dumps(title)}\n"
        f"date: 2026-11-22\n{more}",
        "utf-8",
    )
