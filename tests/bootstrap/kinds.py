"""Twenty kinds of files that are read, and one small talk to write in each of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.episodes import Episode, check

ADA, BEN = "Ada Park", "Ben Ode"
SECONDS = 5  # that each turn takes
Turns = Sequence[tuple[str, str]]
REFUSED = ("%PDF-1.7", "WEBVTT\n\n", '{"name": "a package", "version": "1"}', "[]")


def talk(engine: str, maker: str) -> Turns:
    """A talk that says who built what."""
    return (
        (ADA, f"Today we talk about the {engine} engine and how people use it in their shops."),
        (BEN, f"The {engine} engine was built by {maker} in a small town near the sea."),
        (ADA, "Then let us hear how the town has changed since those days."),
        (BEN, "Nobody in the town had seen anything like it before, and many came to look."),
        (ADA, "And did the people who came for a look stay for longer than a day or two?"),
        (BEN, "Most of them left again with the evening boat, but some stayed for the winter."),
        (ADA, "It must have been a hard winter, so far from their homes and without much work."),
        (BEN, "They mended nets, they cooked for each other, and in the spring they built a hall."),
    )


def lines(form: str, between: str = "\n\n") -> Callable[[Turns], str]:
    """A text with a piece for each turn."""

    def text(turns: Turns) -> str:
        return between.join(
            form.format(
                name=name, label=_label(name), said=said, clock=_clock(at), wrapped=_wrapped(said)
            )
            for at, (name, said) in enumerate(turns)
        )

    return text


def captions(form: str, head: str = "", comma: str = ".") -> Callable[[Turns], str]:
    """Captions, one for each turn."""

    def text(turns: Turns) -> str:
        cues = []
        for at, (name, said) in enumerate(turns):
            since, until = (f"00:{_clock(one)}{comma}000" for one in (at, at + 1))
            cues.append(f"{at + 1}\n{since} --> {until}\n{form.format(name=name, said=said)}\n")
        return head + "\n".join(cues)

    return text


def segments(
    key: str, words: str, begin: str, end: str, factor: float = 1
) -> Callable[[Turns], str]:
    """JSON with a list of what is said; a list alone where it has no key."""

    def text(turns: Turns) -> str:
        found = [
            {
                "speaker": name,
                begin: at * SECONDS * factor,
                end: (at + 1) * SECONDS * factor,
                words: said,
            }
            for at, (name, said) in enumerate(turns)
        ]
        return json.dumps({key: found} if key else found)

    return text


def deepgram(turns: Turns) -> str:
    """JSON of words alone, their speakers numbered."""
    words = [
        {"word": word.lower().strip(".,"), "punctuated_word": word, "speaker": int(name == BEN)}
        | {"start": at * SECONDS + number / 10, "end": at * SECONDS + (number + 1) / 10}
        for at, (name, said) in enumerate(turns)
        for number, word in enumerate(said.split())
    ]
    return json.dumps({"results": {"channels": [{"alternatives": [{"words": words}]}]}})


_CITED = lines("<cite>{name}:</cite>\n<time>{clock}</time>\n<p>{said}</p>", "\n")
_FACTS = "**Duration:** ~1 minute\n**Hosts:** Ada Park (Host) & Ben Ode (Guest)"
_HOUSE = f"# Episode 7: The engine\n\n{_FACTS}\n\n---\n\n### SEGMENT 1: TALK (1 minute)\n\n"
_CLOSING = "\n\n---\n\n*Next Episode: The boat*\n"
_FRONT = '---\ntitle: "The engine: a talk"\nspeakers: [Ada Park, Ben Ode]\n---\n\n'
_PAGE = "<!DOCTYPE html><html><head><title>The engine</title></head><body>\n{}\n</body></html>"
# By the end of the name; a name with a folder is an episode's own.
KINDS: dict[str, Callable[[Turns], str]] = {
    "house.md": lambda turns: _HOUSE + lines("**{label}:** {said}")(turns) + _CLOSING,
    "bold.md": lines("**{name}:** {said}"),
    "underlined.md": lines("__{name}__: {said}"),
    "front.md": lambda turns: _FRONT + lines("{name}: {said}")(turns),
    "plain.txt": lines("{name}: {said}"),
    "below.txt": lines("{name} (00:{clock}):\n{said}"),
    "beside.txt": lines("{name}  {clock}\n{said}"),
    "nameless.txt": lines("(00:{clock}):\n{said}"),
    "wrapped.txt": lines("{name}: {wrapped}"),
    "running.txt": lambda turns: lines("{said}")([*turns, *turns[2:], *turns[2:], *turns[2:]]),
    "voices.vtt": captions("<v {name}>{said}", "WEBVTT\n\n"),
    "labelled.vtt": captions("{name}: {said}", "WEBVTT - a show\n\nNOTE made by hand\n\n"),
    "captions.srt": captions("{name}: {said}", comma=","),
    "podcasting.json": segments("segments", "body", "startTime", "endTime"),
    "whisper.json": segments("segments", "text", "start", "end"),
    "list.json": segments("", "text", "start", "end"),
    "assembly.json": segments("utterances", "text", "start", "end", 1000),
    "deepgram.json": deepgram,
    "cited.html": _CITED,
    "folder/page.html": lambda turns: _PAGE.format(_CITED(turns)),
}


@dataclass(frozen=True)
class Dropped:
    """A file of one kind in a knowledge folder."""

    folder: Path
    kind: str
    engine: str

    @property
    def path(self) -> Path:
        """Return where it is dropped."""
        own, _, name = self.kind.rpartition("/")
        file = f"{self.engine}-{name}"
        return self.folder / f"{self.engine}-{own}" / name if own else self.folder / file

    @property
    def slug(self) -> str:
        """Return what identifies its episode."""
        return self.path.parent.name if "/" in self.kind else self.path.stem

    @property
    def question(self) -> str:
        """Return what it answers."""
        return f"Who built the {self.engine} engine?"

    def write(self, maker: str) -> Episode:
        """Drop or change it; return the episode as somebody else reads it."""
        self.put(KINDS[self.kind](talk(self.engine, maker)))
        library = check(self.path)
        assert library.faults == (), self.kind
        return library.episodes[0]

    def put(self, text: str) -> None:
        """Write what may be an episode or not."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, "utf-8")

    def remove(self) -> None:
        """Delete it, and the folder that it has for itself."""
        self.path.unlink(missing_ok=True)
        if "/" in self.kind and self.path.parent.exists():
            self.path.parent.rmdir()


def _clock(at: int) -> str:
    return f"00:{at * SECONDS:02}"


def _label(name: str) -> str:
    return name.partition(" ")[0].upper()


def _wrapped(said: str) -> str:
    words = said.split()
    return " ".join(words[:8]) + "\n" + " ".join(words[8:])
