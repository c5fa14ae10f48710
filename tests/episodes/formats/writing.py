"""One talk, as a list of cues, written in every format that is read."""

import html as entities
import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from bot.episodes.formats.model import Cue


def webvtt(talk: Sequence[Cue]) -> str:
    return "WEBVTT\n\n" + "\n".join(
        f"{_times(cue, '.')}\n<v {cue.speaker}>{entities.escape(cue.words, quote=False)}\n"
        for cue in talk
    )


def subrip(talk: Sequence[Cue]) -> str:
    return "\n".join(
        f"{number}\n{_times(cue, ',')}\n{_label(cue, before)}{cue.words}\n"
        for number, (before, cue) in enumerate(zip([None, *talk], talk, strict=False), 1)
    )


def rolling(talk: Sequence[Cue]) -> str:
    """Write captions as YouTube's: what was said stands above what is being said."""
    parts = ["WEBVTT\n"]
    above = " "
    for cue in talk:
        said = entities.escape(cue.words, quote=False)
        parts.append(f"{_times(cue, '.')}\n{above}\n{said.replace(' ', '<c> </c>')}\n")
        end = _clock(cue.end or 0, ".")
        parts.append(f"{end} --> {end}\n{said}\n \n")
        above = said
    return "\n".join(parts)


def podcasting(talk: Sequence[Cue]) -> str:
    return _json(
        {"startTime": start, "endTime": end, "speaker": cue.speaker, "body": cue.words}
        for cue, start, end in _seconds(talk)
    )


def whisper(talk: Sequence[Cue]) -> str:
    return _json(
        {"start": start, "end": end, "text": f" {cue.words}"} for cue, start, end in _seconds(talk)
    )


def one_word_segments(talk: Sequence[Cue]) -> str:
    return _json(
        {"startTime": start, "endTime": end, "body": word}
        for cue, start, end in _seconds(talk)
        for word in cue.words.split()
    )


def assembly(talk: Sequence[Cue]) -> str:
    said = [
        {"start": cue.start, "end": cue.end, "speaker": cue.speaker, "text": cue.words}
        for cue in talk
    ]
    return json.dumps({"utterances": said})


def deepgram(talk: Sequence[Cue]) -> str:
    said = [
        {"start": start, "end": end, "speaker": len(cue.speaker or ""), "transcript": cue.words}
        for cue, start, end in _seconds(talk)
    ]
    return json.dumps({"results": {"utterances": said}})


def html(talk: Sequence[Cue]) -> str:
    return "\n".join(
        f"<cite>{cue.speaker}:</cite>\n<time>{_clock(cue.start or 0, '.')}</time>\n"
        f"<p>{entities.escape(cue.words)}</p>"
        for cue in talk
    )


def plain_text(talk: Sequence[Cue]) -> str:
    return "\n\n".join(
        f"{speaker}: {' '.join(cue.words for cue in turn)}"
        for speaker, turn in groupby(talk, lambda cue: cue.speaker)
    )


FORMS: tuple[Callable[[Sequence[Cue]], str], ...] = (
    *(webvtt, subrip, rolling, podcasting, whisper, one_word_segments),
    *(assembly, deepgram, html, plain_text),
)


def _json(segments: Any) -> str:
    return json.dumps({"segments": list(segments)})


def _seconds(talk: Sequence[Cue]) -> list[tuple[Cue, float, float]]:
    return [(cue, (cue.start or 0) / 1000, (cue.end or 0) / 1000) for cue in talk]


def _label(cue: Cue, before: Cue | None) -> str:
    return "" if before and before.speaker == cue.speaker else f"{cue.speaker}: "


def _times(cue: Cue, mark: str) -> str:
    return f"{_clock(cue.start or 0, mark)} --> {_clock(cue.end or 0, mark)}"


def _clock(milliseconds: int, mark: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{mark}{rest:03}"
