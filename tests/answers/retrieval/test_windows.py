"""Windows come with what was said just before them, which tells what "it" is."""

from bot.answers.retrieval.windows import Window, windows
from bot.episodes import Library, Span
from bot.search.passages import BEFORE_WORDS, Kind, passages


def told(library: Library) -> list[Window]:
    return windows(passages(library.episodes[0]))


def before(window: Window) -> str:
    assert window.in_context.endswith(window.text)
    return window.in_context.removesuffix(window.text).removesuffix(" | ")


def said_in_turn(window: Window) -> list[str]:
    """Return the words that a window's turn has before it."""
    episode, at = window.passage.episode, window.span.start
    turn = episode.turns[window.passage.turn]
    spans = [Span(one.start, min(one.end, at)) for one in turn.paragraphs if one.start < at]
    return [word for span in spans for word in episode.words(span).split()]


def test_the_last_words_of_its_turn_stand_before_a_window(library: Library) -> None:
    later = [one for one in told(library) if said_in_turn(one) and one.passage.kind is Kind.SAID]
    assert len(later) > 20
    for window in later:
        words, found = said_in_turn(window), before(window).split()
        assert 0 < len(found) <= BEFORE_WORDS
        assert words[-len(found) :] == found
        if window.passage.paragraph <= 1:
            assert len(found) == min(len(words), BEFORE_WORDS)


def test_what_opens_a_turn_stands_after_the_question_that_led_to_it(library: Library) -> None:
    opening = [
        one for one in told(library) if not said_in_turn(one) and one.passage.kind is Kind.SAID
    ]
    assert any(one.asked for one in opening)
    assert all(before(one) == one.asked for one in opening)


def test_nothing_stands_before_a_row_of_the_sheet(library: Library) -> None:
    rows = [one for one in told(library) if one.passage.kind is Kind.TERM]
    assert rows
    assert all(one.in_context == one.text for one in rows)
