"""Which labels are people, whatever the format."""

import pytest

from bot.episodes.formats.model import Cue, Known
from bot.episodes.formats.names.people import MOST_SPEAKERS
from bot.episodes.formats.names.speakers import settle
from bot.errors import UnreadableError

UNKNOWN = Known()


def said(*labels: str | None, known: Known = UNKNOWN, certain: bool = False) -> list[str | None]:
    """Return who speaks, cue by cue."""
    cues = [Cue("words", label, certain=certain) for label in labels]
    return [cue.speaker for cue in settle(cues, known)]


def words(*pieces: tuple[str | None, str]) -> list[str]:
    return [cue.words for cue in settle([Cue(text, label) for label, text in pieces], UNKNOWN)]


def test_a_label_is_a_name_if_the_format_says_so() -> None:
    assert said("Ada Park", certain=True) == ["Ada Park"]
    assert said("Ada Park") == [None]


@pytest.mark.parametrize("label", ["Zoé Park", "ZOÉ PARK", "zoé", "Zoe\u0301 Park", "Zoé"])
def test_a_label_is_a_name_if_it_is_known_in_full_or_by_a_first_name(label: str) -> None:
    assert said(label, known=Known(people=("Zoé Park", "Ben Reed"))) == ["Zoé Park"]


def test_a_first_name_that_two_have_names_neither_in_full() -> None:
    known = Known(people=("Ada Park", "Ada Reed"))
    assert said("Ada", "Ada Reed", "Ada", known=known) == ["Ada", "Ada Reed", "Ada"]
    assert said("Ada", known=known) == [None]


def test_a_label_is_a_name_if_it_opens_two_turns() -> None:
    assert said("Ada", "Ben", "Ada", "Ben") == ["Ada", "Ben", "Ada", "Ben"]


@pytest.mark.parametrize(
    "label",
    ["Note", "Subtitles", "Question", "And then he said", "The goal", "Part 2", "Fun Fact", "So"],
)
def test_words_before_a_colon_go_back_into_the_words(label: str) -> None:
    pieces = [("Ada", "Hi."), (label, "one."), ("Ada", "Well."), (label, "two.")]
    cues = settle([Cue(text, name) for name, text in pieces], UNKNOWN)
    assert [cue.words for cue in cues] == ["Hi.", f"{label}: one.", "Well.", f"{label}: two."]
    assert {cue.speaker for cue in cues} == {"Ada"}


def test_what_opens_one_turn_and_looks_like_a_name_is_said_by_nobody() -> None:
    cues = settle(
        [Cue("Hi.", "Ada"), Cue("Yes.", "Ben Reed"), Cue("More."), Cue("So.", "Ada")], Known()
    )
    assert [cue.speaker for cue in cues] == ["Ada", None, None, "Ada"]
    assert [cue.words for cue in cues] == ["Hi.", "Ben Reed: Yes.", "More.", "So."]
    assert [cue.apart for cue in cues] == [False, True, False, False]


def test_a_word_that_also_stands_in_small_letters_needs_more_turns() -> None:
    pieces = [("Ada", "A beacon is a lamp."), ("Ben", "Is it?"), ("Beacon", "a lamp.")]
    assert words(*pieces, *pieces[:2])[2] == "Beacon: a lamp."
    assert said(*["Mark", "Ada"] * 5) == ["Mark", "Ada"] * 5


def test_the_longer_form_wins_where_only_one_has_the_first_name() -> None:
    assert said("Jeremy Jung", "Ada", "Jeremy", "Ada") == ["Jeremy Jung", "Ada"] * 2
    two = ("Jeremy Jung", "Jeremy Kay", "Jeremy")
    assert said(*two, *two) == [*two, *two]


def test_initials_beside_a_name_stand_for_it() -> None:
    assert said("Ada Park (AP)", "AP", "Ada Park (host)") == ["Ada Park"] * 3


@pytest.mark.parametrize(
    "label",
    "SPEAKER_1|Speaker 2|Speaker A|Unknown|Unknown Speaker|Unidentified|spk_0|7|B|Host".split("|"),
)
@pytest.mark.parametrize("certain", [True, False])
def test_who_is_not_named_is_nobody(label: str, *, certain: bool) -> None:
    cues = [
        Cue("Hi.", "Ada", certain=True),
        Cue("One.", label, certain=certain),
        Cue("Two.", label, certain=certain),
        Cue("More."),
    ]
    settled = settle(cues, UNKNOWN)
    assert [cue.speaker for cue in settled] == ["Ada", None, None, None]
    assert [cue.words for cue in settled] == ["Hi.", "One.", "Two.", "More."]
    assert [cue.apart for cue in settled] == [False, True, False, False]


def test_a_change_of_nobodies_begins_a_turn() -> None:
    cues = settle([Cue("a", "Speaker 1"), Cue("b", "Speaker 2"), Cue("c", "Speaker 2")], UNKNOWN)
    assert [cue.apart for cue in cues] == [True, True, False]


def test_the_known_speakers_name_labels() -> None:
    known = Known(speakers={"SPEAKER_1": "Ada Park", "Host": "Ben Reed"})
    assert said("speaker_1", "Host", "SPEAKER_2", known=known) == ["Ada Park", "Ben Reed", None]


def test_capitals_become_the_letters_of_a_known_name_or_of_a_title() -> None:
    assert said("ADA MCKAY", known=Known(people=("Ada McKay",))) == ["Ada McKay"]
    assert said("ADA MCKAY", "Ada McKay", certain=True) == ["Ada McKay"] * 2
    assert said("ADA PARK", "PJ REED", certain=True) == ["Ada Park", "PJ Reed"]
    assert said("NVK", "Ada", "NVK", "Ada") == ["NVK", "Ada"] * 2


def test_whoever_spoke_goes_on() -> None:
    assert said(None, "Ada", None, "Ben", None, "Ada", "Ben") == [
        *(None, "Ada", "Ada"),
        *("Ben", "Ben", "Ada", "Ben"),
    ]


def test_two_at_once_are_nobody() -> None:
    assert said("Ada & Ben", "Ada and Ben", "Ada", "Ada") == [None, None, "Ada", "Ada"]


def test_more_speakers_than_any_talk_has_are_refused() -> None:
    cues = [Cue("Hi.", f"Ada {'x' * number}", certain=True) for number in range(MOST_SPEAKERS + 2)]
    settle(cues[: MOST_SPEAKERS - 1], UNKNOWN)
    with pytest.raises(
        UnreadableError, match=r"^a\.vtt: names 1,002 speakers; the limit is 1,000$"
    ):
        settle(cues, Known(), "a.vtt")


@pytest.mark.parametrize("label", ["Jingle", "Jingles", "Music", "Sponsor"])
def test_what_is_played_is_said_by_nobody_though_the_format_names_it(label: str) -> None:
    assert said("Ada", label, "Ada", label, certain=True) == ["Ada", None, "Ada", None]
