"""Transcripts in JSON, and JSON that is none."""

import json
from typing import Any

import pytest

from bot.episodes.formats import Known, Transcript, read
from bot.errors import UnreadableError
from tests.episodes.formats.samples import (
    ASSEMBLY,
    DEEPGRAM,
    PODCASTING,
    WHISPER,
    WORDS,
    turns,
    words,
)


def read_json(value: Any) -> Transcript:
    return read(json.dumps(value).encode(), "a.json")


def podcasting(*bodies: str, speaker: Any = None) -> Transcript:
    segments = [
        {"startTime": at / 4, "endTime": at / 4 + 0.2, "body": body, "speaker": speaker}
        for at, body in enumerate(bodies)
    ]
    return read_json({"version": "1.0.0", "segments": segments})


@pytest.mark.parametrize("text", [PODCASTING, WHISPER, ASSEMBLY])
def test_the_words_are_the_same_in_every_form(text: str) -> None:
    transcript = read(text.encode(), "a.json")
    assert words(transcript) == WORDS
    assert [(row.start, row.end) for row in transcript.rows] == [
        (1000, 4000),
        (4500, 9000),
        (9500, 12000),
    ]
    assert not transcript.warnings


def test_a_podcasting_segment_says_who_speaks() -> None:
    assert [speaker for speaker, _ in turns(read(PODCASTING.encode(), "a.json"))] == [
        "Ada Park",
        "Ben Ode",
        "Ada Park",
    ]


def test_numbers_as_speakers_are_nobody_but_change_turns() -> None:
    transcript = read(DEEPGRAM.encode(), "a.json")
    assert turns(transcript) == [(None, "Welcome back."), (None, "Thanks.")]
    assert transcript.format == "Deepgram's JSON"


def test_what_is_known_names_a_number() -> None:
    known = Known(speakers={"A": "Ada Park", "B": "Ben Ode"})
    transcript = read(ASSEMBLY.encode(), "a.json", known)
    assert [speaker for speaker, _ in turns(transcript)] == ["Ada Park", "Ben Ode", "Ada Park"]


def test_one_word_segments_come_to_turns() -> None:
    transcript = podcasting("Hey,", "this", "is", "Ada", ".", "Well", ",", "yes.", speaker="Ada")
    assert turns(transcript) == [("Ada", "Hey, this is Ada. Well, yes.")]
    assert [row.line for row in transcript.rows] == [1, 2, 3, 4, 6, 8]


def test_blanks_that_are_segments_stand_between_words() -> None:
    transcript = podcasting("It's", " ", "Fri", "day", ",", " ", "the", " ", "2nd", ".")
    assert transcript.text == "It's Friday, the 2nd."


def test_parts_of_words_are_put_together_where_words_begin_with_a_blank() -> None:
    assert podcasting(" Hel", "lo", " there", ".", " Tokens", " here").text == (
        "Hello there. Tokens here"
    )


def test_blank_bodies_and_null_fields_are_passed_over() -> None:
    transcript = podcasting("One two three.", " ", "", "Four five six.")
    assert transcript.text == "One two three. Four five six."


def test_numbers_may_be_strings_and_words_may_be_numbers() -> None:
    segments = [
        {"start": "1.5", "end": "00:00:02,500", "text": "in"},
        {"start": "2.5", "end": None, "text": 2023},
    ]
    transcript = read_json(segments)
    assert transcript.text == "in 2023"
    assert [(row.start, row.end) for row in transcript.rows] == [(1500, 2500), (2500, None)]


def test_milliseconds_are_told_from_seconds_by_how_fast_people_would_speak() -> None:
    segments = [
        {"start": 1, "end": 5000, "text": "An hour of this would take long."},
        {"start": 6000, "end": 9000, "text": "Indeed it would."},
    ]
    transcript = read_json(segments)
    assert [row.start for row in transcript.rows] == [1, 6000]
    assert [fault.what for fault in transcript.warnings] == [
        "times are in milliseconds, where seconds are due: read as such"
    ]


def test_labels_in_the_words_name_speakers_where_no_field_does() -> None:
    lines = ["Ada: hello", "Ben: hi", "Ada: so", "Ben: well"]
    segments = [{"start": at, "end": at + 1, "text": line} for at, line in enumerate(lines)]
    assert turns(read_json(segments))[:2] == [("Ada", "hello"), ("Ben", "hi")]


def test_utterances_are_read_word_by_word_where_the_words_are_all_there() -> None:
    said = [
        {"text": "Hi", "start": 100, "end": 300, "speaker": "A"},
        {"text": "there.", "start": 310, "end": 900, "speaker": "A"},
    ]
    utterance = {"speaker": "A", "text": "Hi there.", "start": 100, "end": 900, "words": said}
    transcript = read_json({"utterances": [utterance]})
    assert transcript.text == "Hi there."
    assert [row.start for row in transcript.rows] == [100, 310]


def test_channels_are_put_in_the_order_of_time() -> None:
    def channel(*timed: tuple[str, float]) -> dict[str, Any]:
        found = [{"word": word, "start": at, "end": at + 0.5} for word, at in timed]
        return {"alternatives": [{"words": found}]}

    channels = [channel(("hello", 1), ("bye", 5)), channel(("hi", 3))]
    transcript = read_json({"results": {"channels": channels}})
    assert [said for _, said in turns(transcript)] == ["hello", "hi", "bye"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"segments": []}', "a.json:1: is Podcasting 2.0 JSON without a segment"),
        ("[]", "a.json:1: is JSON without a segment"),
        ('{"segments": [{"startTime": 1, "body": " "}]}', "is Podcasting 2.0 JSON without a word"),
        ('{"segments": [{"startTime": 1, "body": "a"}, 5]}', "segment 2: expected object, got int"),
        ('{"segments":\n [{"body": "a" "b"', "a.json:2: is no valid JSON: expected ',' or '}'"),
        ('{"segments": [\n{"body": "a",\n', "a.json:2: is no valid JSON: it ends too early"),
        ("[" * 10_000 + "]" * 10_000, "a.json: is JSON nested deeper than 100"),
        ('{"segments": [], "more": ' + "[" * 200 + "]" * 200 + "}", "nested deeper than 100"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text.encode(), "a.json")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ({}, "no keys"),
        ({"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Start"}]}, "`chapters`"),
        ({"name": "app", "scripts": {"build": "make"}, "dependencies": {}}, "`scripts`"),
        ({"openapi": "3.0.0", "paths": {"/words": {"get": {"text": "no"}}}}, "`openapi`"),
        ({"words": ["a", "b"]}, "`words`"),
        ({"segments": [{"text": ["a"], "start": 1}]}, "`segments`"),
        ([{"id": 1, "text": "a post, without a time"}], "`id`, `text`"),
        (["some", "strings"], "no keys"),
        ([1, 2, 3], "no keys"),
    ],
)
def test_other_json_is_no_transcript(value: Any, keys: str) -> None:
    with pytest.raises(UnreadableError, match=r"^a.json:1: is JSON, but no transcript: looked for"):
        read_json(value)
    with pytest.raises(UnreadableError, match=keys):
        read_json(value)
