"""What is beyond a limit is refused by its name, and soon."""

import json
from contextlib import suppress
from time import process_time

import pytest

from bot.episodes.formats import read
from bot.errors import UnreadableError

CUE = "00:00:01,000 --> 00:00:02,000\n"


def name(number: int) -> str:
    """Return a name of letters for a number."""
    return "N" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def speakers() -> str:
    return "\n".join(f"{CUE}{name(at)} Park: yes\n" for at in [*range(2_000)] * 2)


def segments(count: int) -> str:
    return json.dumps([{"start": at, "end": at + 1, "text": "a"} for at in range(count)])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a" * 20_000_001, "is larger than 20 MB"),
        (f"1\n{CUE}" + "a " * 600_000, "is a line of over 1 MB"),
        ("a\n" * 50_001, "has more than 50,000 lines"),
        (f"{CUE}a\n" * 100_001, "has more than 200,000 lines"),
        (f"{CUE}" * 100_001, "holds more than 100,000 cues"),
        (segments(100_001), "holds more than 100,000 segments"),
        ("[" + "0," * 2_000_001 + "0]", "is JSON with more than 2,000,000 values"),
        ("[" + "{}," * 400_001 + "{}]", "is JSON with more than 400,000 objects"),
        (speakers(), "speakers"),
    ],
    ids=range(9),
)
def test_too_much_is_refused_soon(text: str, told: str) -> None:
    raw = text.encode()
    began = process_time()
    with pytest.raises(UnreadableError, match=told):
        read(raw, "a")
    assert process_time() - began < 10  # .7 s as a rule; what grows with the square takes minutes


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 200_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a --> b " * 100_000,
        f"1\n{CUE}" + "A: " * 200_000,
        f"1\n{CUE}" + '" a. B ' * 50_000,
        "<!--" * 200_000,
        "[" + " " * 1_000_000,
    ],
    ids=range(6),
)
def test_no_pattern_is_slow(text: str) -> None:
    raw = text.encode()
    began = process_time()
    with suppress(UnreadableError):
        read(raw, "a")
    assert process_time() - began < 10  # .7 s as a rule; what grows with the square takes minutes
