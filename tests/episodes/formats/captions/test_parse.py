"""WebVTT and SubRip as programs and people write them."""

import pytest

from bot.episodes.formats import read
from bot.errors import UnreadableError
from tests.episodes.formats.samples import SUBRIP, WEBVTT, WORDS, cut, turns, words

HEAD = "WEBVTT\n\n"
CUE = "00:01.000 --> 00:02.000\n"


def test_voices_say_who_speaks() -> None:
    assert turns(read(WEBVTT.encode(), "a.vtt")) == [
        ("Ada Park", "Welcome to the show."),
        ("Ben Ode", "Thanks. I brought tea & bread."),
        ("Ada Park", "Then let us begin."),
    ]


def test_a_label_says_who_speaks_and_is_no_word() -> None:
    transcript = read(SUBRIP.encode(), "a.srt")
    assert transcript.text.startswith("Ada Park: Welcome to the show.\n\nBen Ode: Thanks.")
    assert words(transcript)[: len(WORDS)] == WORDS


def test_the_format_is_told_by_content() -> None:
    assert read(WEBVTT.encode(), "notes.txt").format == "WebVTT"
    assert read(SUBRIP.encode(), "notes.vtt").format == "SubRip"


def test_times_and_lines_are_those_of_the_cue() -> None:
    rows = read(WEBVTT.encode(), "a.vtt").rows
    assert [(row.start, row.end, row.line) for row in rows] == [
        (1000, 4000, 3),
        (4500, 9000, 6),
        (9500, 12000, 9),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "00:00:01.000 --> 00:00:02.500",
        "00:01.000 --> 00:02.500 align:start position:0%",
        "1.000 --> 2.500",
        "0:1.0-->0:2.5",
        "00:00:01,000 -->00:00:02,500",
        "0:00:01.000000 --> 0:00:02.500000",
    ],
)
def test_times_are_read_in_every_form_without_a_warning(line: str) -> None:
    transcript = read(f"{HEAD}{line}\nHello there.\n".encode(), "a.vtt")
    assert [(row.start, row.end) for row in transcript.rows] == [(1000, 2500)]
    assert not transcript.warnings


@pytest.mark.parametrize(
    "line",
    [
        "00:00:01.000 -> 00:00:02.500",
        "00:00:01.000 —> 00:00:02.500",
        "00:00:01.000 --&gt; 00:00:02.500",
        "00:00:01.000 00:00:02.500",
        "00:00:0l.OOO --> 00:00:02.500",
        "00:00: 01.000 --> 00:00:02 .500",
        "00.00.01.000 --> 00.00.02.500",
        "00:00:01:000 --> 00:00:02:500",
        "00:00:01;000 --> 00:00:02;500",
    ],
)
def test_a_time_line_with_one_meaning_is_read_with_a_warning(line: str) -> None:
    transcript = read(f"{HEAD}{line}\nHello.\n\n00:05.000 --> 00:06.000\nYes.".encode(), "a.vtt")
    assert [(row.start, row.end) for row in transcript.rows] == [(1000, 2500), (5000, 6000)]
    assert [fault.line for fault in transcript.warnings] == [3]
    assert words(transcript) == ["Hello.", "Yes."]


@pytest.mark.parametrize("line", ["00:00:xx,500 --> 00:00:03,000", "00:01.000 --> 00:0?.500"])
def test_a_time_line_that_cannot_be_read_is_refused_by_line(line: str) -> None:
    with pytest.raises(UnreadableError, match=r"a.srt:5: is a time line that cannot be read: `00:"):
        read(f"1\n00:00:01,000 --> 00:00:02,000\nHello\n\n{line}\nmore\n".encode(), "a.srt")


def test_an_arrow_in_the_words_is_words() -> None:
    transcript = read(f"{HEAD}{CUE}Write a --> b, or x -> y.\n".encode(), "a.vtt")
    assert transcript.text == "Write a --> b, or x -> y."


def test_words_behind_the_times_are_words() -> None:
    transcript = read(f"{HEAD}00:01.000 --> 00:02.000 Hello there\nfriend\n".encode(), "a.vtt")
    assert transcript.text == "Hello there friend"


def test_tags_and_entities_are_gone_and_other_brackets_stay() -> None:
    said = "<i>Hi</i> &amp; <c.color>you</c> <00:00:01.500>the <div> tag, AT&T &lt;3 {\\an8}x"
    assert read(f"{HEAD}{CUE}{said}".encode(), "a.vtt").text == "Hi & you the <div> tag, AT&T <3 x"


def test_notes_styles_regions_and_names_of_cues_are_not_said() -> None:
    text = (
        "WEBVTT - a title\nLanguage: en-GB\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        f"NOTE\nwritten by hand\n\nopening\n{CUE}NOTE this down\n\nNOTE not said\n\n"
        "second cue\n00:03.000 --> 00:04.000\nYes.\n"
    )
    transcript = read(text.encode(), "a.vtt")
    assert transcript.text == "NOTE this down Yes."
    assert transcript.said.language == "en-GB"
    assert not transcript.warnings


def test_words_above_the_first_cue_are_told() -> None:
    transcript = read(f"{HEAD}stray\nwords\n\n{CUE}Yes.".encode(), "a.vtt")
    assert [str(fault) for fault in transcript.warnings] == [
        "a.vtt:3: words above the first cue, which have no time: left out"
    ]


def test_a_blank_line_inside_a_cue_and_a_missing_number_lose_nothing() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo.\n\n00:00:03,000 --> 00:00:04,000\nIn\n1984\n"
        "3\n00:00:05,000 --> 00:00:06,000\nEnd.\n"
    )
    assert words(read(text.encode(), "a.srt")) == ["One", "two.", "In", "1984", "End."]


def test_carriage_returns_and_a_byte_order_mark_change_nothing() -> None:
    for newline in ("\r\n", "\r"):
        raw = b"\xef\xbb\xbf" + WEBVTT.replace("\n", newline).encode()
        assert read(raw, "a.vtt").text == read(WEBVTT.encode(), "a.vtt").text


def test_several_voices_in_one_cue_are_several_turns() -> None:
    text = f"{HEAD}{CUE}<v.loud Ada>Yes</v> <v Ben>no\n<v Ada>well\n"
    transcript = read(text.encode(), "a.vtt")
    assert turns(transcript) == [("Ada", "Yes"), ("Ben", "no"), ("Ada", "well")]
    assert {row.line for row in transcript.rows} == {3}


def test_a_cue_without_a_name_goes_on() -> None:
    text = f"{HEAD}{CUE}<v Ada>I think\n\n00:03.000 --> 00:04.000\nit works.\n"
    assert turns(read(text.encode(), "a.vtt")) == [("Ada", "I think it works.")]


def test_a_label_alone_on_its_line_names_the_words_below() -> None:
    text = "".join(
        f"{at}\n00:00:0{at},000 --> 00:00:0{at},500\n{name}:\nWords of {name}.\n\n"
        for at, name in enumerate(["Ada Park", "Ben Ode", "Ada Park", "Ben Ode"], 1)
    )
    assert turns(read(text.encode(), "a.srt"))[1] == ("Ben Ode", "Words of Ben Ode.")


def test_arrows_and_dashes_change_the_speaker_to_nobody_known() -> None:
    text = (
        f"{HEAD}{CUE}<v Ada>Who is there?\n\n00:03.000 --> 00:04.000\n&gt;&gt; It is me.\n\n"
        "00:05.000 --> 00:06.000\n- Come in.\n- Thank you\n– I mean it.\n\n"
    )
    assert turns(read(text.encode(), "a.vtt")) == [
        ("Ada", "Who is there?"),
        (None, "It is me."),
        (None, "Come in."),
        (None, "Thank you"),
        (None, "I mean it."),
    ]


def test_a_dash_inside_a_sentence_stays() -> None:
    text = f"{HEAD}{CUE}I thought\n- well, no.\n"
    assert read(text.encode(), "a.vtt").text == "I thought - well, no."


def test_times_backwards_or_of_a_day_are_dropped_with_one_warning() -> None:
    text = HEAD + "".join(
        f"{time} --> {time}\nword{at}\n\n"
        for at, time in enumerate(
            ["00:01.000", "30:00:01.000", "00:05.000", "00:04.000", "00:06.0"]
        )
    )
    transcript = read(text.encode(), "a.vtt")
    assert words(transcript) == ["word0", "word1", "word2", "word3", "word4"]
    assert [row.start is None for row in transcript.rows].count(True) == 2
    assert [str(fault) for fault in transcript.warnings] == [
        "a.vtt:6: 2 times run backwards or past 25 hours: left out"
    ]


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nNOTE nothing\n"])
def test_a_file_without_a_cue_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^a.vtt:1: is WebVTT without a cue$"):
        read(text.encode(), "a.vtt")


def test_every_row_holds_its_words() -> None:
    transcript = read(SUBRIP.encode(), "a.srt")
    assert [cut(transcript, row.span) for row in transcript.rows] == [
        "Welcome to the show.",
        "Thanks. I brought tea & bread.",
        "Then let us begin.",
        "Yes.",
    ]
