"""Real passages in any number, and real questions: from podcast transcripts beside the project."""

import re
from functools import cache
from itertools import count, islice
from pathlib import Path
from zlib import crc32

TRANSCRIPTS = Path(__file__).resolve().parents[3] / "shared" / "podcasts" / "changelog"
_SPEAKER = re.compile(r"^\*\*[^*]+:\*\* ")
_QUESTION = re.compile(r"(?<=[.!] )[A-Z][^.!?]+\?")
_WORD = re.compile(r"[A-Za-z]{4,}")


@cache
def paragraphs() -> tuple[str, ...]:
    """Every paragraph of at least eight words, without its speaker."""
    lines = [
        _SPEAKER.sub("", line)
        for file in sorted(TRANSCRIPTS.glob("*.md"))
        for line in file.read_text("utf-8").splitlines()
    ]
    return tuple(line for line in lines if len(line.split()) >= 8)


def passages(number: int) -> list[str]:
    """So many passages: the real ones, then again and again with every tenth word changed."""
    rounds = (_changed(text, again) for again in count() for text in paragraphs())
    return list(islice(rounds, number))


def questions(number: int) -> list[str]:
    """So many questions of 8 to 20 words that somebody asked, from all over the transcripts."""
    asked: list[str] = [match for text in paragraphs() for match in _QUESTION.findall(text)]
    asked = [question for question in asked if 8 <= len(question.split()) <= 20]
    return asked[:: len(asked) // number][:number]


def _changed(text: str, again: int) -> str:
    """The text of a round: a word is new all through it or not at all, as in a language."""
    return _WORD.sub(lambda word: _new(word[0], again), text) if again else text


@cache
def _new(word: str, again: int) -> str:
    return f"{word}{again}" if crc32(f"{word}{again}".encode()) % 10 == 0 else word
