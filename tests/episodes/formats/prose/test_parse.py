"""Plain text and Markdown: who says what, and what nobody says."""

import re

import pytest

from bot.episodes.formats.model import Known, Transcript
from bot.episodes.formats.prose.parse import read_prose
from bot.errors import UnreadableError

ADA, BEN = "Ada Park", "Ben Reed"
KNOWN = Known(people=(ADA, BEN))
HELLO, BACK = "Welcome to the lighthouse.", "It is good to be back."


def read(text: str, known: Known = KNOWN) -> Transcript:
    return read_prose(text, "a.md", known)


def turns(text: str, known: Known = KNOWN) -> list[tuple[str | None, list[str]]]:
    """Return who speaks and the paragraphs, and see that labels name and rows cover them."""
    found = read(text, known)
    assert found.text == text
    spans = [span for speech in found.speeches for span in speech.paragraphs]
    assert [row.span for row in found.rows] == spans
    for row in found.rows:
        assert row.line == len(re.findall(r"\r\n?|\n", text[: row.span.start])) + 1
    return [
        (speech.speaker, [text[span.start : span.end] for span in speech.paragraphs])
        for speech in found.speeches
    ]


BOTH = [(ADA, [HELLO]), (BEN, [BACK])]


@pytest.mark.parametrize(
    "form",
    [
        "**{}:** {}",
        "**{}**: {}",
        "** {}: ** {}",
        "__{}__: {}",
        "__{}:__ {}",
        "*{}:* {}",
        "{}: {}",
        "{} : {}",
        "{}:\n{}",
        "{}:\n\n{}",
        "{} (00:01:02): {}",
        "{} (00:01:02):\n{}",
        "{} (host): {}",
        "**{} (00:01:02):** {}",
        "**{}** [00:01:02] {}",
        "**{}** 1:02\n{}",
        "{}  0:34\n{}",
        "{}  0:34\n\n{}",
        "{}: 00:00:34\n\n{}",
        "{} – 00:00:34:\n\n{}",
        "[00:03] {}: {}",
        "[00:03] **{}:** {}",
        "00:00:03 {}: {}",
        "(00:03) {}: {}",
        "\\[00:03\\] {}: {}",
        "[{}] [00:03] {}",
        "[{}]: {}",
        "> {}: {}",
        "   {}: {}",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_label_is_written_in_many_ways(form: str, newline: str) -> None:
    text = f"{form.format(ADA, HELLO)}\n\n{form.format(BEN, BACK)}\n".replace("\n", newline)
    assert turns(text) == BOTH
    assert turns("\ufeff" + text) == BOTH
    labels = [speech.label for speech in read(text).speeches]
    assert [text[label.start : label.end][:8] for label in labels if label] == [ADA, BEN]


def test_labels_on_neighbouring_lines_begin_turns() -> None:
    assert turns(f"{ADA}: {HELLO}\n{BEN}: {BACK}") == BOTH


def test_a_label_that_opens_two_turns_needs_nobody_to_know_it() -> None:
    text = "Cy: Hi.\n\nDi: Hello.\n\nCy: Good.\n\nDi: Fine.\n\nNote: a lamp."
    said = [
        ("Cy", ["Hi."]),
        ("Di", ["Hello."]),
        ("Cy", ["Good."]),
        ("Di", ["Fine.", "Note: a lamp."]),
    ]
    assert turns(text, Known()) == said


def test_the_front_matter_knows_names() -> None:
    text = f"---\nspeakers: [{ADA}]\n---\nAda: {HELLO}"
    assert turns(text, Known()) == [(ADA, [HELLO])]


def test_what_is_not_labelled_goes_on() -> None:
    text = f"**{ADA}:** {HELLO}\n\nAnd *now*: the lamp.\n\n**{BEN}:** {BACK}"
    assert turns(text)[0] == (ADA, [HELLO, "And *now*: the lamp."])


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        f"{ADA}: Welcome to\nthe light-\n- or fog - house.\n\nAgain: it is\nround.\n{BEN}: {BACK}"
    )
    assert turns(text) == [
        (ADA, ["Welcome to\nthe light-\n- or fog - house.", "Again: it is\nround."]),
        (BEN, [BACK]),
    ]


def test_a_label_that_lost_its_colon_is_one_where_it_names_somebody() -> None:
    assert turns(f"**{ADA}** {HELLO}\n\n**{BEN}:** {BACK}") == BOTH
    text = f"**{BEN}:** {BACK}\n\n**{ADA}** {HELLO}\n\n**Really now** we go."
    assert turns(text) == [(BEN, [BACK]), (ADA, [HELLO, "**Really now** we go."])]


def test_a_second_label_inside_a_line_begins_a_turn() -> None:
    assert turns(f"**{ADA}:** {HELLO} **{BEN}:** {BACK}") == BOTH
    one = f"**{ADA}:** {HELLO} **Mind:** it glows."
    assert turns(one) == [(ADA, [f"{HELLO} **Mind:** it glows."])]


def test_where_labels_are_bold_a_plain_one_is_words() -> None:
    text = (
        f"**{ADA}:** {HELLO}\n\nFresnel Lens: it bends.\n\n**{BEN}:** {BACK}\n\nFresnel Lens: so."
    )
    assert turns(text) == [
        (ADA, [HELLO, "Fresnel Lens: it bends."]),
        (BEN, [BACK, "Fresnel Lens: so."]),
    ]


def test_a_name_that_opens_one_turn_is_nobody() -> None:
    text = f"**{ADA}:** {HELLO}\n\n**Cy Vale:** Me too.\n\n**{BEN}:** {BACK}"
    assert turns(text) == [(ADA, [HELLO]), (None, ["Me too."]), (BEN, [BACK])]


def test_who_is_not_named_is_nobody_and_may_be_made_known() -> None:
    text = f"[Speaker 1] [00:03] {HELLO}\n\n[Speaker 2] [00:05] {BACK}\n\n1: Indeed."
    assert turns(text, Known()) == [(None, [HELLO]), (None, [BACK]), (None, ["Indeed."])]
    known = Known(speakers={"Speaker 1": ADA, "Speaker 2": BEN})
    assert turns(text, known)[:2] == BOTH


def test_show_notes_are_nobodys_words() -> None:
    notes = "podcast: https://example.org/1\n\nIn this one we climb.\n\nTranscript by: Ed\n\n"
    assert turns(f"{notes}{ADA}: {HELLO}\n\n{BEN}: {BACK}") == BOTH


def test_what_is_longer_than_notes_is_said() -> None:
    prose = "\n\n".join(["The lamp is lit at dusk, and then we wait for ships."] * 200)
    (nobody, paragraphs), *_ = turns(f"{prose}\n\nFresnel Lens: it bends.\n\nFresnel Lens: yes.")
    assert (nobody, len(paragraphs)) == (None, 200)


@pytest.mark.parametrize(
    "line",
    [
        "**Break:** \\[31:11\\]",
        "**Break**: \\[31:11\\]",
        "**Break:**\\ \\[31:11\\]",
        "Break: \\[31:11\\]",
        "**Break:** [00:27:33:12] to \\[28:00\\]",
        "**Sponsor:** This episode is brought to you by a lamp.",
        "---",
        "\\* \\* \\*",
        "- an item\n  of two lines\n- and another",
        "https://example.org/lamp",
        "The lamp they speak of: https://example.org/lamp",
        "[The lamp](https://example.org/lamp)",
        "![A lamp](lamp.png)",
        "<!-- cut here -->",
        "<!-- Ed: cut\n\nAda: this\n\n-->",
        "{{< childpages >}}",
        "| lamp | oil |",
        "# The climb",
        "## Links\n\nA lamp, and where to buy it.",
    ],
)
def test_what_nobody_says_is_in_no_paragraph(line: str) -> None:
    assert turns(f"**{ADA}:** {HELLO}\n\n{line}\n\n**{BEN}:** {BACK}") == BOTH


def test_directions_entities_and_links_in_a_sentence_stay_words() -> None:
    words = "I did \\[laughs\\] see [it](https://example.org) &quot;there&quot;. [laughter]"
    assert turns(f"{ADA}: {words}\n\n{BEN}: {BACK}")[0] == (ADA, [words])


def test_images_and_comments_cut_a_paragraph() -> None:
    text = f"{ADA}: One ![a lamp](lamp.png) two. <!-- no --> Three.\n\n{BEN}: {BACK}"
    assert turns(text)[0] == (ADA, ["One", "two.", "Three."])


def test_headings_are_named_and_part_turns() -> None:
    head, inside = "# Of lamps\n\n## Start", "## The [lamp](x) ##\n\nIt glows."
    text = f"{head}\n\n{ADA}: {HELLO}\n\n{inside}\n\n{BEN}: {BACK}"
    found = read(text)
    assert found.said.title == "Of lamps"
    assert [(part.title, text[part.span.start : part.span.end]) for part in found.headings] == [
        ("Start", "Start"),
        ("The lamp", "The [lamp](x)"),
    ]
    assert turns(text) == [(ADA, [HELLO]), (ADA, ["It glows."]), (BEN, [BACK])]
    assert read(f"---\ntitle: Own\n---\n{text}").headings[0].title == "Of lamps"


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    sentence = "Dr. Vale said that this old lamp e.g. Fresnel's is brighter than ten of ours. "
    text = f"{ADA}: {sentence * 40}\n\n{BEN}: {'word ' * 500}"
    (_, pieces), (_, breathless) = turns(text)
    assert " ".join(pieces).split() == (sentence * 40).split()
    assert all(piece.startswith("Dr.") and piece.endswith("ours.") for piece in pieces)
    assert max(len(piece.split()) for piece in [*pieces, *breathless]) <= 120
    assert len(" ".join(breathless).split()) == 500


def test_running_prose_is_said_by_nobody() -> None:
    text = "\n\n".join(["The lamp is lit at dusk, and then we wait for ships to come in."] * 30)
    ((speaker, pieces),) = turns(text, Known())
    assert (speaker, len(pieces)) == (None, 30)
    assert read(text).format == "Markdown"
    assert read_prose(text, "a.txt", KNOWN).format == "plain text"
    below = f"Notes of ours.\n\n## Transcript\n\n{text}"
    assert turns(below, Known()) == [(None, pieces)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("---\ntitle: All\n---\n{{< childpages >}}", "is no transcript: an index page or notes"),
        ("# All\n\n- one\n- two", "is no transcript: an index page or notes"),
        ("We climb a lighthouse. " * 10, "is no transcript: 40 words, and no turn"),
        ("Ada Park:\n\nBen Reed:", "names speakers, but holds no words of theirs"),
        ("a" * 1_000_001, "is a line of over 1 MB"),
        ("a\n" * 50_001, "has more than 50,000 lines"),
        ("abc\n" * 750_001, "holds 3,000,004 characters; the limit is 3,000,000"),
        ("[0:01] " * 50_001, "holds 50,001 marks in its lines; the limit is 50,000"),
    ],
)
def test_what_is_no_transcript_is_refused_in_one_line(text: str, what: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text)
    (fault,) = refused.value.faults
    assert fault.what.startswith(what)
    assert fault.path == "a.md"


def test_too_many_speakers_are_refused() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"P{a}{b}{c}" for a in letters for b in letters for c in "xyz"]
    with pytest.raises(UnreadableError, match=r"names 2,028 speakers; the limit is 1,000"):
        read("\n".join(f"{name} Reed: hi" for name in names))


def test_words_without_blanks_look_damaged() -> None:
    text = f"{ADA}: {HELLO}\n\n{BEN}: {'thelampislitatduskandthenwewait' * 3}"
    (warning,) = read(text).warnings
    assert str(warning) == "a.md:3: looks damaged: words without blanks between them"
    assert read(f"{ADA}: {HELLO}").warnings == ()
