"""Files that no reader should meet: damaged at random, and beyond every limit."""

from collections.abc import Callable, Sequence
from random import Random


def damaged(random: Random, whole: Sequence[bytes]) -> bytes:
    """Return a sample with bytes cut, doubled, swapped, changed or mixed with another's."""
    raw = random.choice(whole)
    for _ in range(random.randint(1, 3)):
        start, end = sorted(random.choices(range(len(raw) + 1), k=2))
        end = min(end, start + random.choice((3, 30, 3_000)))
        piece, other = raw[start:end], random.choice(whole)
        at = random.randrange(len(other))
        wild = random.choice((random.randbytes(2), b"-->", b"\n\n", b"<", b'"', b"\r", b"9:99"))
        kinds = (b"", piece * 2, piece[::-1], other[at : at + 200], wild)
        raw = raw[:start] + random.choice(kinds) + raw[end:]
    return raw


def _names(pattern: str, times: int = 2) -> Callable[[], str]:
    """Return what writes so many turns of each of 10,000 speakers."""
    letters = str.maketrans("0123456789", "abcdefghij")
    return lambda: "".join(
        pattern.format(name=f"N{str(number).translate(letters)} Park")
        for _ in range(times)
        for number in range(10_000)
    )


HUGE: dict[str, Callable[[], str]] = {
    "50 MB of text": lambda: "Ada: Words that are said.\n\n" * 1_900_000,
    "50 MB of JSON": lambda: "[" + '{"start": 1, "end": 2, "text": "a"},' * 1_400_000 + "{}]",
    "a line of 5 MB": lambda: "Ada: " + "word " * 1_000_000,
    "a line of 5 MB, WebVTT": lambda: "WEBVTT\n\n0:01.0 --> 0:02.0\n" + "word " * 1_000_000,
    "a line of 5 MB, JSON": lambda: '[{"start": 1, "text": "' + "word " * 1_000_000 + '"}]',
    "a line of 5 MB, HTML": lambda: "<cite>A:</cite><time>0:01</time><p>" + "word " * 1_000_000,
    "10,000 speakers, text": _names("{name}: Words that are said.\n\n"),
    "10,000 speakers, SubRip": _names("0:00:01,0 --> 0:00:02,0\n{name}: Words.\n\n"),
    "10,000 speakers, WebVTT": lambda: (
        "WEBVTT\n\n" + _names("0:01.0 --> 0:02.0\n<v {name}>A\n\n")()
    ),
    "10,000 speakers, JSON": lambda: (
        "[" + _names('{{"start":1,"text":"a","speaker":"{name}"}},')().rstrip(",") + "]"
    ),
    "10,000 speakers, HTML": _names("<cite>{name}:</cite><p>a</p>", times=1),
    "lists 10,000 deep": lambda: "[" * 10_000 + "]" * 10_000,
    "objects 10,000 deep": lambda: '{"segments":' * 10_000 + "1" + "}" * 10_000,
    "HTML 300,000 deep": lambda: "<html><body>" + "<div>" * 300_000,
    "HTML of 49,000 tags": lambda: "<html><cite>A:</cite>" + "<p>a" * 49_000,
    "HTML of one attribute": lambda: "<p " + 'a="b" ' * 3_000_000 + ">",
    "HTML of entities": lambda: (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaa">'
        + "".join(
            f'<!ENTITY {one} "{f"&{two};" * 99}">'
            for two, one in zip("abcdef", "bcdefg", strict=True)
        )
        + "]><cite>&g;:</cite><time>0:01</time><p>&g;</p>"
    ),
}
