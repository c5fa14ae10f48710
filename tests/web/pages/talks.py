"""A small library in four formats, of made-up talk: no sentence of it stands twice."""

import json
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from random import Random

AUDIO = "https://audio.example/tea.mp3"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SPEAKERS = ("Ada Park", "Ben Ode")
_WORDS = """
    amber barley basket bridge bright butter candle canyon cedar cellar cherry clover copper corner
    cotton daily desert dinner dollar early engine family fellow fennel fiddle finger flower forest
    garden gentle ginger golden gravel harbor hazel heather hollow honest island jacket kettle
    kitchen ladder lantern lemon letter linen little lively mellow middle mirror modest morning
    needle nettle oatmeal orchard paper pebble pepper pillow plenty pocket quiet raisin ribbon
    river rocket saddle salmon saucer season silver simple slender spring steady summer supper
    teapot temper thimble timber tinder travel tunnel valley velvet village wander water willow
    window winter wonder woolen yellow
""".split()
_LINKS = "the of with under for beside and from near about".split()


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two says in one go, from one second to another."""

    speaker: str
    sentences: tuple[str, ...]
    start: float
    end: float


def talk(seed: int, turns: int = 60) -> list[Said]:
    """Return a talk: turns of one to four sentences, each of which ends in a number of its own."""
    random, numbers, at = Random(seed), count(1), 0.0  # noqa: S311 - a seed is the point
    said = []
    for turn in range(turns):
        sentences = tuple(_sentence(random, next(numbers)) for _ in range(random.randint(1, 4)))
        end = at + 2.5 * sum(len(one.split()) for one in sentences) / 5
        said.append(Said(SPEAKERS[turn % 2], sentences, round(at, 2), round(end, 2)))
        at = end + 0.4
    return said


def _sentence(random: Random, number: int) -> str:
    words = [
        random.choice(_LINKS if at % 3 == 2 else _WORDS) for at in range(random.randint(8, 22))
    ]
    return f"{words[0].title()} {' '.join(words[1:])} & item {number}."


def markdown(said: list[Said]) -> str:
    """Return Markdown with times, some words of it emphasised."""
    turns = []
    for one in said:
        head, second, *tail = " ".join(one.sentences).split(" ")
        words = " ".join((head, f"**{second}**", *tail))
        turns.append(f"**{one.speaker}:** \\[{_clock(one.start)[:-4]}\\] {words}")
    halves = turns[: len(turns) // 2], turns[len(turns) // 2 :]
    return "\n\n".join(("# Bread", "## The oven", *halves[0], "## The crust", *halves[1], ""))


def webvtt(said: list[Said]) -> str:
    """Return WebVTT, a cue a sentence."""
    cues = ["WEBVTT"]
    for one in said:
        step = (one.end - one.start) / len(one.sentences)
        for at, sentence in enumerate(one.sentences):
            start = one.start + at * step
            times = f"{_clock(start)} --> {_clock(start + step)}"
            cues.append(f"{times}\n<v {one.speaker}>{escape(sentence, quote=False)}")
    return "\n\n".join(cues) + "\n"


def podcasting(said: list[Said]) -> str:
    """Return Podcasting 2.0 JSON, a segment a turn."""
    segments = [
        {
            "speaker": one.speaker,
            "startTime": one.start,
            "endTime": one.end,
            "body": " ".join(one.sentences),
        }
        for one in said
    ]
    return json.dumps({"version": "1.0.0", "segments": segments})


def html(said: list[Said]) -> str:
    """Return Podcasting 2.0 HTML."""
    return "".join(
        f"<cite>{one.speaker}:</cite>\n<time>{_clock(one.start)[:-4]}</time>\n"
        f"<p>{escape(' '.join(one.sentences))}</p>\n"
        for one in said
    )


def write(folder: Path) -> Path:
    """Write the library into a folder that is made for it; return it."""
    files = {
        "bread": (
            "transcript.md",
            markdown(talk(1)),
            f"number: 1\ndate: 2026-01-08\naudio: {AUDIO}\n",
        ),
        "tea": ("tea.vtt", webvtt(talk(2)), f"number: 2\ndate: 2026-01-15\naudio: {AUDIO}\n"),
        "soup": (
            "soup.json",
            podcasting(talk(3)),
            f"number: 3\ndate: 2026-01-22\naudio: {AUDIO}\n",
        ),
        "salt": (
            "salt.html",
            html(talk(4)),
            f"number: 4\ndate: 2026-01-29\naudio: {VIDEO}\nlink: https://talks.example/4\n",
        ),
    }
    for slug, (name, transcript, metadata) in files.items():
        episode = folder / slug
        episode.mkdir(parents=True)
        (episode / name).write_text(transcript, "utf-8")
        told = f"show: Kitchen Talks\ntitle: On {slug}\nlanguage: en\n{metadata}"
        (episode / "episode.yaml").write_text(told, "utf-8")
    chapters = [
        {"startTime": one.start, "title": f"Cup {number}"}
        for number, one in enumerate(talk(2)[::15], 1)
    ]
    told = json.dumps({"version": "1.2.0", "chapters": chapters})
    (folder / "tea" / "chapters.json").write_text(told, "utf-8")
    return folder


def _clock(seconds: float) -> str:
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
