"""Questions that ask the same, be it in other words or with a slip, put together."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from bot.search import tokens

# Characters that tell a question from another; what is longer costs more than it tells.
_READ = 300
_RAREST = 3  # stems of a question by which its like is looked for
_MOST = 100  # groups compared with a question for each of them, the biggest first
_ALIKE = 75  # rapidfuzz's ratio of the stems, from which on it is worth a closer look
_SHARED = 0.75  # of all stems of two questions, where one says a little more

_Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """How many asked the same, in the wording of most of them, and when it was asked last."""

    count: int
    example: str
    latest: datetime


def grouped(asked: Iterable[tuple[str, datetime]]) -> tuple[Group, ...]:
    """Group questions, given with their times, the biggest first.

    The same stems make one set whatever their order; the biggest set leads a group, which smaller
    ones join that are nearly the same. Only groups that share a rare stem are compared, and of them
    the biggest, so that the time grows with the number of questions and not with its square.
    """
    same: defaultdict[_Stems, list[tuple[str, datetime]]] = defaultdict(list)
    for words, moment in asked:
        same[_stems(words)].append((words, moment))
    groups: defaultdict[_Stems, list[tuple[str, datetime]]] = defaultdict(list)
    for stems, leader in _led(same):
        groups[leader] += same[stems]
    return tuple(sorted(map(_group, groups.values()), key=lambda one: (-one.count, one.example)))


def _stems(words: str) -> _Stems:
    """Return the stems of a question's beginning; all its words where none carries meaning."""
    words = words[:_READ]
    return frozenset(tokens(words) or [" ".join(re.findall(r"\w+", words.casefold()))])


def _led(same: dict[_Stems, list[tuple[str, datetime]]]) -> Iterator[tuple[_Stems, _Stems]]:
    """Every set of stems with the one that leads its group, which may be itself."""
    often = Counter(stem for stems in same for stem in stems)
    blocks: defaultdict[str, dict[_Stems, str]] = defaultdict(dict)
    for stems in sorted(same, key=lambda stems: (-len(same[stems]), sorted(stems))):
        text = " ".join(sorted(stems))
        near = [blocks[key] for key in _keys(stems, often)]
        leader = _leader(stems, text, near)
        if leader is None:
            for block in near:
                if len(block) < _MOST:
                    block[stems] = text
        yield stems, leader or stems


def _keys(stems: _Stems, often: Counter[str]) -> list[str]:
    """Return what a question's like is found by: its rarest stems, a lone one's beginning."""
    rarest = sorted(stems, key=lambda stem: (often[stem], stem))[:_RAREST]
    return [*rarest, f"{rarest[0][:3]}…"] if len(stems) == 1 else rarest


def _leader(stems: _Stems, text: str, near: list[dict[_Stems, str]]) -> _Stems | None:
    """Return the first group, in the order of likeness, that asks the same."""
    for block in near:
        for _, _, leader in process.extract(
            text, block, scorer=ratio, score_cutoff=_ALIKE, limit=None
        ):
            if _ask_the_same(stems, leader):
                return leader
    return None


def _ask_the_same(one: _Stems, other: _Stems) -> bool:
    """Whether two sets of stems differ by a slip, or by a word in many; never by a number."""
    if any(map(str.isdigit, "".join(one ^ other))):
        return False
    here, there = ("".join(sorted(only)) for only in (one - other, other - one))
    if here and there:
        slips = OSA.distance(here, there)
        return here[0] == there[0] and slips <= _slips(max(len(here), len(there)))
    return len(one & other) >= _SHARED * len(one | other)


def _slips(letters: int) -> int:
    """How many slips of the pen words of so many letters may have: `word` is none of `work`."""
    return 0 if letters < 5 else 1 if letters < 8 else 2  # noqa: PLR2004 - the two limits


def _group(asked: list[tuple[str, datetime]]) -> Group:
    wordings = Counter(readable(words) for words, _ in asked)
    example, _ = min(wordings.items(), key=lambda item: (-item[1], item[0]))
    return Group(len(asked), example, max(moment for _, moment in asked))


def readable(words: str) -> str:
    """One line without control characters, which could write anywhere in a terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
