"""Where the programs that write transcripts as JSON keep what is said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Values: TypeAlias = Sequence[Any]

# What a segment's words are called, and what makes it one of a transcript.
WORDS = ("body", "text", "transcript", "punctuated_word", "word")
_TIMED = ("startTime", "start", "from", "offsets", "timestamps", "speaker")
KEYS = ("segments", "utterances", "words", "results", "transcription")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file is, as people know it, and its segments in their order."""

    name: str
    segments: Values


def shape(value: Any) -> Shape | None:
    """Return the segments of a decoded JSON file, None where it is no transcript."""
    if isinstance(value, list):
        return Shape("JSON", value) if not value or _are_segments(value) else None
    if not isinstance(value, dict):
        return None
    for finder in _FINDERS:
        found = finder(value)
        if found is not None:
            return found
    return None


def _segments(value: Mapping[str, Any]) -> Shape | None:
    segments = value.get("segments")
    if not isinstance(segments, list) or (segments and not _are_segments(segments)):
        return None
    podcasting = any("body" in segment for segment in segments if isinstance(segment, dict))
    name = "Podcasting 2.0 JSON" if podcasting or not segments else "Whisper's JSON"
    return Shape(name, segments)


def _utterances(value: Mapping[str, Any]) -> Shape | None:
    """AssemblyAI: utterances of speakers where it told them apart, else words alone."""
    utterances = value.get("utterances")
    if isinstance(utterances, list) and _are_segments(utterances):
        return Shape("AssemblyAI's JSON", [*_finest(utterances, "text")])
    words = value.get("words")
    if isinstance(words, list) and _are_segments(words):
        return Shape("AssemblyAI's JSON" if "utterances" in value else "JSON of words", words)
    return Shape("AssemblyAI's JSON", []) if utterances == [] else None


def _deepgram(value: Mapping[str, Any]) -> Shape | None:
    results = value.get("results")
    if not isinstance(results, dict):
        return None
    utterances = results.get("utterances")
    if isinstance(utterances, list) and _are_segments(utterances):
        return Shape("Deepgram's JSON", [*_finest(utterances, "transcript")])
    channels = results.get("channels")
    if not isinstance(channels, list):
        return None
    found = [_channel(channel) for channel in channels]
    several = sum(1 for segments in found if segments) > 1
    # Each on a channel of its own: the channel tells who speaks, the times who is first.
    spoken = [
        segment | ({"speaker": f"Speaker {number}"} if several else {})
        for number, segments in enumerate(found)
        for segment in segments
    ]
    return Shape("Deepgram's JSON", sorted(spoken, key=_start) if several else spoken)


def _channel(channel: Any) -> list[dict[str, Any]]:
    """Return the sentences of a channel's best reading, or its words."""
    alternatives = channel.get("alternatives") if isinstance(channel, dict) else None
    best = alternatives[0] if isinstance(alternatives, list) and alternatives else None
    if not isinstance(best, dict):
        return []
    words = best.get("words")
    if isinstance(words, list) and _are_segments(words):
        return [word for word in words if isinstance(word, dict)]
    paragraphs = best.get("paragraphs")
    inner = paragraphs.get("paragraphs") if isinstance(paragraphs, dict) else None
    return [
        sentence | {"speaker": paragraph.get("speaker")}
        for paragraph in (inner if isinstance(inner, list) else ())
        if isinstance(paragraph, dict) and isinstance(paragraph.get("sentences"), list)
        for sentence in paragraph["sentences"]
        if isinstance(sentence, dict)
    ]


def _whisper_cpp(value: Mapping[str, Any]) -> Shape | None:
    segments = value.get("transcription")
    if not isinstance(segments, list) or (segments and not _are_segments(segments)):
        return None
    return Shape("Whisper's JSON", [_flat(segment) for segment in segments])


def _flat(segment: Any) -> Any:
    """Give a segment of whisper.cpp, whose times are milliseconds below `offsets`, those beside."""
    offsets = segment.get("offsets") if isinstance(segment, dict) else None
    if not isinstance(offsets, dict):
        return segment
    times = {"start": offsets.get("from"), "end": offsets.get("to")}
    seconds = {side: at / 1000 for side, at in times.items() if isinstance(at, int | float)}
    return {"text": segment.get("text"), "speaker": segment.get("speaker"), **seconds}


def _finest(utterances: Values, words_key: str) -> Iterator[Any]:
    """Yield the words of each utterance where they are all there: they say when each was said."""
    for utterance in utterances:
        words = utterance.get("words") if isinstance(utterance, dict) else None
        if isinstance(words, list) and words and all(isinstance(word, dict) for word in words):
            said = [_words(word) for word in words]
            if " ".join(said).split() == str(utterance.get(words_key)).split():
                yield from ({**word, "speaker": utterance.get("speaker")} for word in words)
                continue
        yield utterance


def _words(segment: Mapping[str, Any]) -> str:
    return next((str(segment[key]) for key in WORDS if segment.get(key) is not None), "")


def _start(segment: Mapping[str, Any]) -> float:
    start = segment.get("start")
    return start if isinstance(start, int | float) else 0.0


def _are_segments(values: Values) -> bool:
    """Whether a list holds words with their times or speakers, and not just any objects."""
    return any(
        isinstance(value, dict)
        and any(isinstance(value.get(key), str) for key in WORDS)
        and any(key in value for key in _TIMED)
        for value in values
    )


_FINDERS: tuple[Callable[[Mapping[str, Any]], Shape | None], ...] = (
    _segments,
    _utterances,
    _deepgram,
    _whisper_cpp,
)
