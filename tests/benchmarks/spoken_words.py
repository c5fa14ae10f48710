"""How many words a transcript says, counted without the project's readers: by lines and tags."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.:]\d+)?"
# What stands inside prose and is not said.
_ASIDE = re.compile(
    rf"<!--.*?-->|\{{\{{.*?\}}\}}|!\[[^\]]*\]\([^)]*\)|\\*[\[(]\\*{_TIME}\\*[\])]", re.DOTALL
)
_LABEL = re.compile(
    rf"\*\*[^*\n]+:\*\*|^[^:\n]{{1,40}}:(?= |\s*{_TIME}|\s*$)|{_TIME}", re.MULTILINE
)
_NO_WORDS = re.compile(r"^(?:#.*|\W*|\[[^\]]*\]: \S+|[-*] .*)$", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")
_FURNITURE = re.compile(r"<(cite|time|head|style|script|h\d)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_ARROW, _SAID_BY = re.compile(r"\d\s*-->\s*\d"), re.compile(r"[^\W\d][^:]{0,40}:(?= )")
_NUMBER = re.compile(r"\d+")
_OFTEN = 2  # cues that begin with the same words and a colon


def spoken_words(path: Path) -> int:
    """Count the words that a file says, without names, times, notes and tags."""
    text = path.read_bytes().decode("utf-8-sig")
    counts = {".json": _json, ".html": _html, ".md": _markdown}
    return counts.get(path.suffix, _captions)(text)


def _markdown(text: str) -> int:
    text = _ASIDE.sub(" ", _FRONT.sub("", text))
    first = _LABEL.search(text)
    text = _NO_WORDS.sub("", text[first.start() :] if first else text)
    text = re.sub(r"^\*\*Break:\*\*.*$", "", text, flags=re.MULTILINE)
    return _words(_LABEL.sub(" ", text))


def _captions(text: str) -> int:
    """Count the lines that are neither a time, nor a number or a name above one."""
    lines = text.splitlines()
    timed = {at for at, line in enumerate(lines) if _ARROW.search(line)}
    first = min(timed)
    said = [
        _TAG.sub("", line)
        for at, line in enumerate(lines)
        if at > first and at not in timed and not (at + 1 in timed and _NUMBER.fullmatch(line))
    ]
    return _words("\n".join(_unlabelled(said)))


def _json(text: str) -> int:
    value = json.loads(text)
    segments = value if isinstance(value, list) else value["segments"]
    bodies = [str(segment.get("body", segment.get("text"))) for segment in segments]
    blanks = any(body.isspace() for body in bodies)
    return _words(("" if blanks else " ").join(_unlabelled(bodies)))


def _html(text: str) -> int:
    return _words(_TAG.sub(" ", _FURNITURE.sub(" ", text)))


def _unlabelled(said: list[Any]) -> Iterator[str]:
    """Yield lines without the names that several begin with."""
    labels = Counter(found[0] for line in said if (found := _SAID_BY.match(line)))
    for line in said:
        found = _SAID_BY.match(line)
        yield line[found.end() :] if found and labels[found[0]] >= _OFTEN else line


def _words(text: str) -> int:
    return sum(1 for word in html.unescape(text).split() if re.search(r"\w", word))
