"""Who says what in a caption: voices (`<v Name>`), `Name: words`, `>>` and dashes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.episodes.formats.model import Cue
from bot.episodes.formats.words import folded, unescaped

# Somebody else speaks, and nobody says who: shown as nobody, never as whoever spoke before.
NOBODY = "Unknown"
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+(?P<name>[^<>]*)>|<v(?:\.[^\s<>]*)?>|(?P<close></v>)")
_CHANGE = re.compile(r"\s*(?:>{2,3}|»)\s*(?=\S|$)")
_DASH = re.compile(r"\s*[-–—]\s*(?=[^\W\d_]|[\"'“‘¿¡♪\[(])")
_FINISHED = re.compile(r"[.!?…♪\])][\"'”’)]*$")
# `Norma-Jean Belenky`, `SPEAKER_1`, `Dr. Ada Park`, `Ludwig van Beethoven (guest)`. No label holds
# a comma or ends a sentence; a time (`10:30`) or an address has no blank after its colon.
_LABEL = re.compile(r"(?P<label>[^\W_][^:,;!?<>\[\]{}\"“”\n]{0,47}):(?: (?P<words>.+))?", re.DOTALL)
_MOST_WORDS = 5
_PARTICLES = frozenset(
    "de da do dos del della di du la le van von der den ter bin al el y and".split()
)
_SHORT = frozenset("Mr. Mrs. Ms. Dr. St. Jr. Sr. Prof. Rev. Hon.".split())


class Voices:
    """Who speaks, from caption to caption."""

    def __init__(self) -> None:
        self._finished = True  # whether a sentence ended, after which a dash may change speakers
        self._waiting: Cue | None = None  # a label whose words stand in the next piece

    def cues(self, lines: Sequence[str], caption: Cue) -> Iterator[Cue]:
        """Yield what a caption says as a cue for each speaker, with its times and line."""
        for cue in _pieces("\n".join(lines), caption):
            if cue.certain:
                said = [folded(unescaped(cue.words))]
                self._finished = bool(_FINISHED.search(said[0]))
                yield from self._said(cue, said, cue.speaker, certain=True, apart=cue.apart)
            else:
                yield from self._lines(unescaped(cue.words).split("\n"), cue)

    def rest(self) -> Iterator[Cue]:
        """Yield a label that no words came after, as words."""
        if self._waiting is not None and not self._waiting.certain:
            yield replace(self._waiting, words=f"{self._waiting.speaker}:", speaker=None)

    def _lines(self, lines: Sequence[str], cue: Cue) -> Iterator[Cue]:
        """Yield the cues of lines without a voice: one ends where somebody else begins."""
        dashes = sum(1 for line in lines if _DASH.match(line)) > 1
        speaker, certain, apart = cue.speaker, cue.certain, cue.apart
        said: list[str] = []
        for line in lines:
            words, changed = self._unmarked(line, dashes=dashes)
            label, words = _labelled(folded(words))
            if changed or label:
                yield from self._said(cue, said, speaker, certain=certain, apart=apart)
                said = []
                speaker, certain, apart = label or NOBODY, label is None, changed
            if words:
                said.append(words)
                self._finished = bool(_FINISHED.search(words))
        yield from self._said(cue, said, speaker, certain=certain, apart=apart)

    def _unmarked(self, line: str, *, dashes: bool) -> tuple[str, bool]:
        """Return a line without the mark of a new speaker, and whether it had one."""
        mark = _CHANGE.match(line)
        if mark is None and (dashes or self._finished):
            mark = _DASH.match(line)
        return (line[mark.end() :], True) if mark else (line, False)

    def _said(
        self, cue: Cue, said: Sequence[str], speaker: str | None, *, certain: bool, apart: bool
    ) -> Iterator[Cue]:
        """Yield a cue with its words; a label alone waits for the words of the next."""
        if not any(said):
            if speaker:
                self._waiting = replace(cue, speaker=speaker, certain=certain, apart=apart)
            return
        waiting, self._waiting = self._waiting, None
        if waiting and not speaker:
            speaker, certain, apart = waiting.speaker, waiting.certain, waiting.apart
        yield Cue(" ".join(said), speaker, certain, cue.start, cue.end, cue.line, apart)


def _pieces(words: str, caption: Cue) -> Iterator[Cue]:
    """Yield what stands between the voices of a caption; a voice need not be closed."""
    when = caption.start, caption.end, caption.line, caption.apart
    if "<v" not in words and "</v" not in words:
        yield Cue(words, caption.speaker, caption.certain, *when)
        return
    at, name = 0, None
    for tag in _VOICE.finditer(words):
        if name or tag.start() > at:
            yield Cue(words[at : tag.start()], name, bool(name), *when)
        name = None if tag["close"] else folded(unescaped(tag["name"] or "")) or None
        at = tag.end()
    yield Cue(words[at:], name, bool(name), *when)


def _labelled(words: str) -> tuple[str | None, str]:
    """Return the label that folded words begin with, and those after it; None where none does."""
    found = _LABEL.fullmatch(words)
    if found is None or not _may_name(found["label"]):
        return None, words
    return found["label"], found["words"] or ""


def _may_name(label: str) -> bool:
    parts = label.split()
    if len(parts) > _MOST_WORDS or label != " ".join(parts):
        return False
    first = parts[0][0]
    if first.islower() or (first.isdecimal() and not label.isdecimal()):
        return False
    return all(_part(part.strip("()")) for part in parts)


def _part(part: str) -> bool:
    """Whether a word may be a part of a name: a capital, a number, a particle, an initial."""
    if "." in part and part not in _SHORT and not re.fullmatch(r"(?:[^\W\d_]\.)+", part):
        return False
    return part in _PARTICLES or part == "&" or (part[:1].isalnum() and not part[0].islower())
