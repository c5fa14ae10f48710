"""How often each place of an episode was quoted: by the recording's time, else by characters."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.episodes import Episode, Span, load
from bot.reports import Quoting, quoting
from bot.reports.timeline import PARTS
from bot.storage import Passage, Question
from tests.reports.talk import CUES, MINUTE, write_talk
from tests.storage.samples import a_question

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def episode() -> Episode:
    """An episode with segments and without times."""
    return load(KNOWLEDGE).episodes[0]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Episode:
    """An hour in which somebody says a sentence a minute, in two chapters."""
    folder = tmp_path_factory.mktemp("talks")
    write_talk(folder)
    [episode] = load(folder).episodes
    return episode


def answer(episode: Episode, *spans: Span, segment: str = "") -> Question:
    """A question whose answer quotes some spans."""
    quoted = (Passage(episode.slug, segment, one.start, one.end) for one in spans)
    return a_question(passages=tuple(quoted))


def said(episode: Episode, words: str) -> Span:
    start = episode.text.index(words)
    return Span(start, start + len(words))


def quoted_parts(found: Quoting) -> dict[int, int]:
    return {at: part.answers for at, part in enumerate(found.parts) if part.answers}


def test_a_quote_stands_at_the_time_at_which_it_is_said(talk: Episode) -> None:
    found = quoting([answer(talk, said(talk, "Sentence 30."))], talk)
    assert found.milliseconds == CUES * MINUTE
    assert quoted_parts(found) == {60: 1, 61: 1}  # half a minute each
    assert (found.parts[60].since, found.parts[61].until) == (30 * MINUTE, 31 * MINUTE)
    [place] = found.places
    assert (place.since, place.answers) == (30 * MINUTE, 1)


def test_without_times_it_stands_where_its_characters_do(episode: Episode) -> None:
    in_the_middle = round(len(episode.text) * (PARTS // 2 + 0.5) / PARTS)
    found = quoting([answer(episode, Span(in_the_middle, in_the_middle + 1))], episode)
    assert found.milliseconds is None
    assert quoted_parts(found) == {PARTS // 2: 1}
    assert {part.since for part in found.parts} == {None}


def test_an_answer_counts_once_for_a_place_however_often_it_quotes_it(talk: Episode) -> None:
    twice = said(talk, "Sentence 30.")
    overlapping = Span(twice.start, said(talk, "Sentence 31.").end)
    found = quoting([answer(talk, twice, twice, overlapping), answer(talk, twice)], talk)
    assert found.answers == 2
    assert quoted_parts(found) == {60: 2, 61: 2, 62: 1, 63: 1}
    assert [(place.span, place.answers) for place in found.places] == [(twice, 2), (overlapping, 1)]


def test_what_quotes_another_episode_does_not_count(talk: Episode, episode: Episode) -> None:
    found = quoting([answer(episode, Span(0, 9)), a_question(passages=())], talk)
    assert (found.answers, found.places, quoted_parts(found)) == (0, (), {})


@pytest.mark.parametrize("span", [(-1, 4), (5, 5), (7, 3), (0, 10**9), (10**9, 10**9 + 1)])
def test_what_lies_outside_the_text_as_it_is_now_does_not_count(
    talk: Episode, span: tuple[int, int]
) -> None:
    assert quoting([answer(talk, Span(*span))], talk).answers == 0


def test_chapters_stand_in_order_also_those_that_nobody_quotes(talk: Episode) -> None:
    found = quoting([answer(talk, said(talk, "Sentence 30."), segment="Second Half")], talk)
    assert [(one.segment, one.since, one.answers) for one in found.chapters] == [
        ("First Half", 0, 0),
        ("Second Half", 30 * MINUTE, 1),
    ]
    assert [one.begin for one in found.chapters] == [0.0, 0.5]


def test_what_is_quoted_outside_all_segments_is_a_chapter_where_it_stands(episode: Episode) -> None:
    title = Span(0, 9)
    found = quoting([answer(episode, title, segment="Header")], episode)
    assert found.chapters[0].segment == "Header"
    assert [one.segment for one in found.chapters[1:]] == [one.title for one in episode.segments]
    assert sum(one.answers for one in found.chapters) == 1


def test_the_most_quoted_place_comes_first_then_the_earlier_one(talk: Episode) -> None:
    early, late, often = (said(talk, f"Sentence {number}.") for number in (10, 20, 40))
    asked = [answer(talk, late), answer(talk, early), answer(talk, often), answer(talk, often)]
    assert [place.span for place in quoting(asked, talk).places] == [often, early, late]


@given(st.lists(st.lists(st.tuples(st.integers(0, 9_999), st.integers(1, 900)), max_size=4)))
def test_no_answer_is_lost_and_every_part_follows_the_one_before(
    episode: Episode, drawn: Sequence[Sequence[tuple[int, int]]]
) -> None:
    spans = [[Span(start, start + length) for start, length in one] for one in drawn]
    asked = [answer(episode, *one, segment="INTRO") for one in spans]
    found = quoting(asked, episode)
    assert found.answers == sum(map(bool, spans))
    assert len(found.parts) == PARTS
    assert max(part.answers for part in found.parts) <= found.answers
    assert sum(part.answers for part in found.parts) >= found.answers
    assert all(one.begin <= other.begin for one, other in pairwise(found.chapters))
