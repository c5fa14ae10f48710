"""A library of made episodes, as large as is asked for, out of turns that people really took.

    python -m tests.benchmarks.library FOLDER --episodes 1000 --seed 1

An episode is runs of turns, each run from somewhere in the podcast transcripts beside the project,
with one word in twenty new, and at least one in every paragraph of eight words: none of that length
stands in two places. A seed and a number of episodes give the same files on every machine.
Marks of time and breaks stay out, as they would not follow one another.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.benchmarks.collection import TRANSCRIPTS

WORDS = 9_400  # of an episode
RUN = (15, 60)  # turns on end from one transcript
EVERY = 20  # words of which one is new
LEAST = 8  # words from which on a paragraph has a new one for certain
_LABEL = re.compile(r"^\*\*(?!Break)[^*]+:\*\* ")
_NOISE = re.compile(r"\\\[(?:[0-9:.]+|unintelligible [0-9:.]+)\\\] *|\*\*Break:?\*\*.*")
_WORD = re.compile(r"[A-Za-z]{3,}")
_ONSETS = "b br d dr f fl g gr h j k kl l m n p r st v z".split()
_SYLLABLES = tuple(onset + vowel for onset in _ONSETS for vowel in "aeiou")
_CODAS = "b f k lk lm m mp n nk p rk rn rt v x z".split()
_ALL = len(_SYLLABLES) ** 3 * len(_CODAS)  # sixteen million: enough for 30,000 episodes
_STRIDE = 7_368_787  # shares no factor with `_ALL`: every word comes before one comes again


def made_words(seed: int) -> Iterator[str]:
    """Yield pronounceable words, each another; the seed says where they begin."""
    for number in count(random.Random(seed).randrange(_ALL)):  # noqa: S311 - no secret
        rest, coda = divmod(number * _STRIDE % _ALL, len(_CODAS))
        rest, third = divmod(rest, len(_SYLLABLES))
        first, second = divmod(rest, len(_SYLLABLES))
        yield _SYLLABLES[first] + _SYLLABLES[second] + _SYLLABLES[third] + _CODAS[coda]


def turns_of(path: Path) -> list[str]:
    """Return the turns of a transcript, each with its label and all of its paragraphs."""
    turns: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        said = _NOISE.sub("", line).strip()
        if _LABEL.match(said):
            turns.append(said)
        elif turns and said and not said.startswith("**"):
            turns[-1] += f"\n\n{said}"
    return turns


class Maker:
    """Makes episodes, one after another, out of the turns of all transcripts."""

    def __init__(self, seed: int, sources: list[list[str]]) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._new = made_words(seed)
        self._sources = sources
        self._due = 0.0

    def episode(self, *, titled: bool = False) -> str:
        """Return the Markdown of the next episode."""
        turns = [f"# {next(self._new).title()} and {next(self._new)}"] if titled else []
        words = 0
        while words < WORDS:
            source = self._random.choice(self._sources)
            start = self._random.randrange(len(source))
            for turn in source[start : start + self._random.randint(*RUN)]:
                words += len(turn.split())
                turns.extend(map(self._renewed, turn.split("\n\n")))
                if words >= WORDS:
                    break
        return "\n\n".join(turns) + "\n"

    def _renewed(self, paragraph: str) -> str:
        """Return it with its share of new words; what is short of it goes to later ones."""
        found = _LABEL.match(paragraph)
        label, said = paragraph[: found.end() if found else 0], _LABEL.sub("", paragraph, count=1)
        parts = said.split(" ")
        self._due += len(parts) / EVERY
        places = [place for place, part in enumerate(parts) if _WORD.search(part)]
        number = min(max(int(self._due), len(parts) >= LEAST), len(places))
        self._due -= number
        for place in self._random.sample(places, number):
            parts[place] = _WORD.sub(next(self._new), parts[place], count=1)
        return label + " ".join(parts)


def main() -> None:
    """Write the episodes into the folder, each before the next is made."""
    parser = argparse.ArgumentParser(description="Make a library of episodes.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--episodes", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--titled", action="store_true", help="open each with `# Title`")
    asked = parser.parse_args()
    sources = [turns for path in sorted(TRANSCRIPTS.glob("*.md")) if (turns := turns_of(path))]
    if not sources:
        sys.exit(f"There are no podcast transcripts in {TRANSCRIPTS}: nothing to make episodes of.")
    asked.folder.mkdir(parents=True, exist_ok=True)
    maker = Maker(asked.seed, sources)
    for number in range(1, asked.episodes + 1):
        (asked.folder / f"made-{number:04}.md").write_text(
            maker.episode(titled=asked.titled), "utf-8", newline="\n"
        )
    print(f"{asked.episodes:,} episodes in {asked.folder}")


if __name__ == "__main__":
    main()
