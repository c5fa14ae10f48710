"""One small talk in every format that is read, and what a transcript says in it."""

from bot.episodes.formats import Transcript
from bot.episodes.formats.model import Cue
from bot.episodes.model import Span

WEBVTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ada Park>Welcome to the show.

00:00:04.500 --> 00:00:09.000
<v Ben Ode>Thanks. I brought tea &amp; bread.

00:00:09.500 --> 00:00:12.000
<v Ada Park>Then let us begin.
"""
SUBRIP = """1
00:00:01,000 --> 00:00:04,000
Ada Park: Welcome to
the show.

2
00:00:04,500 --> 00:00:09,000
Ben Ode: Thanks. I brought tea & bread.

3
00:00:09,500 --> 00:00:12,000
Ada Park: Then let us begin.

4
00:00:13,000 --> 00:00:14,000
Ben Ode: Yes.
"""
PODCASTING = """{"version": "1.0.0", "segments": [
 {"speaker": "Ada Park", "startTime": 1, "endTime": 4, "body": "Welcome to the show."},
 {"speaker": "Ben Ode", "startTime": 4.5, "endTime": 9, "body": "Thanks. I brought tea & bread."},
 {"speaker": "Ada Park", "startTime": 9.5, "endTime": 12, "body": "Then let us begin."}
]}"""
WHISPER = """{"text": " Welcome", "segments": [
 {"id": 0, "start": 1.0, "end": 4.0, "text": " Welcome to the show."},
 {"id": 1, "start": 4.5, "end": 9.0, "text": " Thanks. I brought tea & bread.", "avg_logprob": NaN},
 {"id": 2, "start": 9.5, "end": 12.0, "text": " Then let us begin."}
], "language": "en"}"""
ASSEMBLY = """{"utterances": [
 {"speaker": "A", "start": 1000, "end": 4000, "text": "Welcome to the show."},
 {"speaker": "B", "start": 4500, "end": 9000, "text": "Thanks. I brought tea & bread."},
 {"speaker": "A", "start": 9500, "end": 12000, "text": "Then let us begin."}
]}"""
DEEPGRAM = """{"results": {"channels": [{"alternatives": [{"words": [
 {"word": "welcome", "punctuated_word": "Welcome", "start": 1.0, "end": 1.5, "speaker": 0},
 {"word": "back", "punctuated_word": "back.", "start": 1.5, "end": 2.0, "speaker": 0},
 {"word": "thanks", "punctuated_word": "Thanks.", "start": 2.5, "end": 3.0, "speaker": 1}
]}]}]}}"""
HTML = """<cite>Ada Park:</cite>
<time>0:01</time>
<p>Welcome to the show.</p>
<cite>Ben Ode:</cite>
<time>0:04</time>
<p>Thanks. I brought tea &amp; bread.</p>
<cite>Ada Park:</cite>
<time>0:09</time>
<p>Then let us begin.</p>
"""
WORDS = "Welcome to the show. Thanks. I brought tea & bread. Then let us begin.".split()
ALL = {
    "WebVTT": WEBVTT,
    "SubRip": SUBRIP,
    "Podcasting 2.0 JSON": PODCASTING,
    "Whisper's JSON": WHISPER,
    "AssemblyAI's JSON": ASSEMBLY,
    "Deepgram's JSON": DEEPGRAM,
    "Podcasting 2.0 HTML": HTML,
}


def turns(transcript: Transcript) -> list[tuple[str | None, str]]:
    """Return who says what, turn by turn, its paragraphs joined."""
    return [
        (speech.speaker, " ".join(cut(transcript, span) for span in speech.paragraphs))
        for speech in transcript.speeches
    ]


def words(transcript: Transcript) -> list[str]:
    """Return the words that reach a paragraph."""
    return " ".join(said for _, said in turns(transcript)).split()


def cut(transcript: Transcript, span: Span) -> str:
    """Return the characters of a span."""
    return transcript.text[span.start : span.end]


def cue(said: str, speaker: str | None = None, start: int | None = None, **more: bool) -> Cue:
    """Return a cue of 1 second."""
    end = None if start is None else start + 1000
    return Cue(said, speaker, start=start, end=end, **more)
