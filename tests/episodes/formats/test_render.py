"""One text from cues, and where everything stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.episodes.formats.model import Cue
from bot.episodes.formats.render import Rendered, render
from tests.episodes.formats.samples import cue

SENTENCE = "The kettle is on the stove and the water is nearly hot."


def paragraphs(rendered: Rendered) -> list[str]:
    return [
        rendered.text[span.start : span.end]
        for speech in rendered.speeches
        for span in speech.paragraphs
    ]


def test_turns_are_apart_and_open_with_a_name() -> None:
    rendered = render([cue("Hello", "Ada"), cue("you.", "Ada"), cue("Yes.", "Ben")])
    assert rendered.text == "Ada: Hello you.\n\nBen: Yes."
    first, second = rendered.speeches
    assert first.label is not None
    assert rendered.text[first.label.start : first.label.end] == "Ada"
    assert second.speaker == "Ben"


def test_nobody_known_is_shown_as_words_alone() -> None:
    rendered = render([cue("Hi.", "Ada"), cue("Who?", apart=True), cue("Me.")])
    assert rendered.text == "Ada: Hi.\n\nWho? Me."
    assert [(speech.speaker, speech.label is None) for speech in rendered.speeches] == [
        ("Ada", False),
        (None, True),
    ]


def test_white_space_is_folded_and_nothing_else_changed() -> None:
    rendered = render([cue(" a\n *b*  _c_ ", "Ada"), cue("d \\ <e>")])
    assert rendered.text == "Ada: a *b* _c_ d \\ <e>"


def test_a_long_turn_is_broken_at_sentences() -> None:
    rendered = render([cue(SENTENCE, "Ada") for _ in range(30)])
    lengths = [len(words.split()) for words in paragraphs(rendered)]
    assert all(80 <= length <= 120 for length in lengths[:-1])
    assert lengths[-1] >= 20
    assert all(words.endswith(".") for words in paragraphs(rendered))


def test_a_long_cue_is_broken_inside() -> None:
    rendered = render([cue(" ".join([SENTENCE] * 30), "Ada")])
    assert len(paragraphs(rendered)) > 2
    (row,) = rendered.rows
    assert rendered.text[row.span.start : row.span.end].split() == [*SENTENCE.split()] * 30


def test_words_without_a_full_stop_are_broken_at_cues() -> None:
    rendered = render([cue("so we went on and on about it") for _ in range(60)])
    assert max(len(words.split()) for words in paragraphs(rendered)) <= 120
    assert all(words.endswith("about it") for words in paragraphs(rendered))


def test_one_cue_without_a_full_stop_is_broken_somewhere() -> None:
    rendered = render([cue("word " * 2000)])
    assert max(len(words.split()) for words in paragraphs(rendered)) <= 240


def test_a_pause_ends_a_paragraph_where_nobody_is_named() -> None:
    cues = [cue("It ends.", start=0), cue("It begins", start=4000), cue("late.", start=9000)]
    assert paragraphs(render(cues)) == ["It ends.", "It begins late."]
    named = [Cue(said.words, "Ada", start=said.start, end=said.end) for said in cues]
    assert len(paragraphs(render(named))) == 1


def test_what_stands_apart_begins_a_paragraph() -> None:
    rendered = render([cue("One.", "Ada"), cue("Two.", "Ada", apart=True)])
    assert rendered.text == "Ada: One.\n\nTwo."
    assert len(rendered.speeches) == 1


@given(
    st.lists(
        st.builds(
            Cue,
            st.text('ab. \n"*?é', min_size=1).filter(str.strip),
            st.sampled_from(["Ada", "Ben Ode", None]),
            st.booleans(),
            st.none(),
            st.none(),
            st.integers(1, 9),
            st.booleans(),
        )
    )
)
def test_every_span_is_right(cues: list[Cue]) -> None:
    rendered = render(cues)
    rows = [rendered.text[row.span.start : row.span.end].split() for row in rendered.rows]
    assert rows == [said.words.split() for said in cues]
    found = [words for said in paragraphs(rendered) for words in said.split()]
    assert found == [word for said in cues for word in said.words.split()]
    assert all(said == said.strip() and "\n" not in said for said in paragraphs(rendered))
    for speech in rendered.speeches:
        if speech.label:
            assert rendered.text[speech.label.start : speech.label.end] == speech.speaker
