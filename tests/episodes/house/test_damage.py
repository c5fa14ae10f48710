"""A damaged transcript is told by line, in full, and never hinders the other episodes."""

import re

import pytest

from bot.episodes import Episode
from tests.episodes.shelf import METADATA, TRANSCRIPT, Shelf, edited, lines

CUT_SHORT = "the closing line `*Next Episode: …*` is missing: is the file cut short?"
STRAY_LABEL = "looks like a turn; one begins a line and is written `**NAME:** words`"
FOREIGN = "looks like a list, heading, table, code or HTML; a segment holds turns alone"
EMPHASIS = "emphasis is opened and not closed, or closed and not opened"
SEGMENT = "a segment is written `### SEGMENT 1: TITLE (15 minutes)`"
MINUTES = "its minutes are missing; they are written `(15 minutes)`"
ROW = "a row of the reference sheet is written `| term | definition |`"
TITLE = "the title `# Episode 1: Title` is missing"
DURATION = "`**Duration:**` is missing above the first segment"
NOT_A_HOST = "BOB names none of the hosts (Alex Chen, Sam Rivera)"
NOBODY = "belongs to no speaker; a turn is written `**NAME:** words`"
NOT_A_ROW = "is neither a row of the reference sheet nor the closing line"
SHEET = "the sheet begins `| Term | Definition |`, then `|---|---|`, then its rows"
NOT_READ = "is not read here; write words alone"
BACKSLASH = "a backslash before an emphasis mark"
ABOVE = "stands above the first segment, where title, subtitle, Duration and Hosts belong"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # The header.
        ("# Episode 2: Large Language Models Deep Dive\n", "", [(1, TITLE)]),
        ("# Episode 2: ", "# ", [(1, "the title is written `# Episode 1: Title`")]),
        ("\n\n**Dur", "\n# Episode 2: More\n**Dur", [(3, "a second title")]),
        ("\n\n**Dur", '\n## "More"\n**Dur', [(3, "a second subtitle")]),
        ("**Duration:** ~60 minutes\n", "", [(1, DURATION)]),
        ("~60 minutes", "", [(4, "Duration is empty")]),
        ("\n**Hosts:**", "\n**Duration:** long\n**Hosts:**", [(5, "Duration stands twice")]),
        ("(Technical Expert) &", "&", [
            (5, "Alex Chen (Technical Expert) is a host in episode.yaml, not here"),
            (5, "hosts are written `Name (Role) & Name (Role)`"),
        ]),
        ("\n---\n", "\nWelcome, reader.\n---\n", [(7, ABOVE)]),
        # Turns.
        ("### INTRO\n\n**[THEME MUSIC FADES]**", "**SAM:** Hello.\n\n### INTRO", [(9, ABOVE)]),
        ("**SAM:** Why", "**BOB:** Why", [(35, NOT_A_HOST)]),
        ("**SAM:** Welcome", "Welcome", [(13, NOBODY)]),
        ("**SAM:** Why", "**SAM** Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "**SAM**: Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "SAM: Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "Sam Rivera: Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "*SAM:* Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "**SAM: Why", [(35, EMPHASIS), (35, STRAY_LABEL)]),
        ("**SAM:** Why", "[00:12] **SAM:** Why", [(35, STRAY_LABEL)]),
        ("**SAM:** Why", "**Sam (smiling):** Why", [(35, STRAY_LABEL)]),
        ("\n\n**SAM:** Why", " **SAM:** Why", [(33, STRAY_LABEL)]),
        ("\n\n**SAM:** Why", "\nSAM: Why", [(34, STRAY_LABEL)]),
        ("**SAM:** Why subwords instead of whole words?", "**SAM:**", [
            (35, "Sam Rivera says nothing here"),
        ]),
        ("**tokenization**", "**tokenization", [(33, EMPHASIS)]),
        ("**tokenization**", "*tokenization**", [(33, EMPHASIS)]),
        ("**tokenization**", "_tokenization", [(33, EMPHASIS)]),
        # Segments.
        ("SEGMENT 3: HOW", "SEGMENT HOW", [(143, SEGMENT)]),
        ("SEGMENT 3: HOW", f"SEGMENT {'9' * 5000}: HOW", [(143, SEGMENT)]),
        ("### SEGMENT 1: ", "### SEGMENT 2: ", [
            (27, "segment 2 stands where segment 1 is due"),
            (83, "segment 2 stands where segment 3 is due"),
        ]),
        (" (15 minutes)", "", [(27, MINUTES)]),
        ("(15 minutes)", "(fifteen minutes)", [(27, MINUTES)]),
        ("(15 minutes)", "(15 minutes", [(27, MINUTES)]),
        ("### INTRO", "### INTRO (five minutes)", [(9, MINUTES)]),
        ("### SEGMENT 1", "### BREAK\n\n### SEGMENT 1", [(27, "nobody speaks in this segment")]),
        # Takeaways.
        ("**4. RAG", "**5. RAG", [
            (339, "takeaway 5 stands where takeaway 4 is due"),
            (341, "takeaway 5 stands where takeaway 6 is due"),
        ]),
        ("**8. Plan", "**8) Plan", [(347, "a takeaway is written `**1. Words.** More words`")]),
        ("**8. Plan", "8. Plan", [(347, FOREIGN)]),
        # The reference sheet.
        ("| Tokenization | Converting", "| Tokenization: Converting", [(370, ROW)]),
        ("| Tokenization | Converting", "| Tokenization | Word | Converting", [(370, ROW)]),
        ("| Tokenization | Converting", "| | Converting", [(370, ROW)]),
        ("| Tokenization | ", "| llm | ", [(370, "llm stands twice in the reference sheet")]),
        ("| Tokenization | ", "| Chunking | ", [
            (365, "episode.yaml has aliases of Tokenization: no term of the reference sheet")
        ]),
        ("|------|-----------|\n", "", [
            (368, SHEET)
        ]),
        ("| Tokenization", "Chunking\n| Tokenization", [
            (370, NOT_A_ROW)
        ]),
        # The closing line.
        ('*Next Episode: "', "*Next up: ", [
            (385, NOT_A_ROW),
            (385, CUT_SHORT),
        ]),
        ('Teams"*\n', 'Teams"*\n\nThanks!\n', [
            (387, "stands after the closing line, which ends a transcript")
        ]),
        # Foreign Markdown and damaged characters.
        ("First, we", "- First, we", [(33, FOREIGN)]),
        ("First, we", "1. First, we", [(33, FOREIGN)]),
        ("First, we", "> First, we", [(33, FOREIGN)]),
        ("First, we", "#### First, we", [(33, FOREIGN)]),
        ("First, we", "| First | we |", [(33, FOREIGN)]),
        ("First, we", "```\nprint()\n```\n\nFirst, we", [(33, FOREIGN), (35, FOREIGN)]),
        ("First, we", "<<<<<<< ours\n=======\n>>>>>>> theirs\nFirst, we", [
            (33, FOREIGN), (34, FOREIGN), (35, FOREIGN),
        ]),
        ("First, we", "<!-- check this -->\n\nFirst, we", [(33, FOREIGN)]),
        ("First, we", "First <!-- check this -->, we", [(33, f"a comment {NOT_READ}")]),
        ("First, we", "[First](https://example.com), we", [(33, f"a link {NOT_READ}")]),
        ("First, we", r"First, \*we\*", [(33, f"{BACKSLASH} {NOT_READ}")]),
        ("First, we", "First,\x07 we", [(33, "a damaged character, U+0007")]),
        ("First, we", "First,\x85 we", [(33, "a damaged character, U+0085")]),
        ("First, we", "First,\ufffd\ufffd we", [(33, "a damaged character, U+FFFD")]),
        ("First, we", "First,\ufeff we", [(33, "a damaged character, U+FEFF")]),
    ],
)  # fmt: skip
def test_damage_is_told_by_line(
    shelf: Shelf, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    assert shelf.faults(edited(old, new)) == lines(*told)


def test_a_sheet_without_rows_is_a_fault(shelf: Shelf) -> None:
    transcript = re.sub(rb"(?m)^\| (?!Term).*\n", b"", TRANSCRIPT)
    metadata = METADATA[: METADATA.index(b"aliases:")]
    assert shelf.faults(transcript, metadata) == lines((365, "the reference sheet has no rows"))


def test_an_episode_needs_a_segment(shelf: Shelf) -> None:
    kept = b"".join(TRANSCRIPT.splitlines(keepends=True)[:5])
    assert lines((1, "there is no segment `### SEGMENT 1: TITLE (15 minutes)`"))[0] in (
        shelf.faults(kept + b'*Next Episode: "Other"*\n')
    )


def test_every_fault_is_told_in_the_order_of_the_file(shelf: Shelf) -> None:
    transcript = edited("**SAM:** Why", "SAM: Why")
    transcript = edited("First, we", "- First,\x07 we", transcript)
    transcript = edited("**4. RAG", "**9. RAG", transcript)
    transcript = edited("| Tokenization |", "| Tokenization", transcript)
    transcript = edited("### INTRO", "### INTRO (five minutes)", transcript)
    metadata = edited("show:", "shows:", METADATA)
    assert shelf.faults(transcript, metadata) == [
        *lines(
            (9, MINUTES),
            (33, "a damaged character, U+0007"),
            (33, FOREIGN),
            (35, STRAY_LABEL),
            (339, "takeaway 9 stands where takeaway 4 is due"),
            (341, "takeaway 5 stands where takeaway 10 is due"),
            (370, ROW),
        ),
        "episode-02/episode.yaml:2: shows is no key that is read here; "
        "those are show, number, title, date, language, hosts, speakers, aliases, encoding, "
        "link, audio, fetched",
    ]


def test_numbered_takeaways_need_no_blank_line_between(shelf: Shelf, episode: Episode) -> None:
    start = TRANSCRIPT.index(b"**1. LLMs")
    end = TRANSCRIPT.index(b"**SAM:** What's one thing")
    together = TRANSCRIPT[start:end].replace(b"\n\n", b"\n") + b"\n"
    other = shelf.episode(TRANSCRIPT[:start] + together + TRANSCRIPT[end:])
    assert [other.words(takeaway.span) for takeaway in other.takeaways] == [
        episode.words(takeaway.span) for takeaway in episode.takeaways
    ]


def test_a_paragraph_may_be_wrapped_over_lines(shelf: Shelf, episode: Episode) -> None:
    other = shelf.episode(
        TRANSCRIPT.replace(b", and ", b",\r\nand ").replace(b". That", b".  \nThat")
    )
    assert [other.words(span) for turn in other.turns for span in turn.paragraphs] == [
        episode.words(span) for turn in episode.turns for span in turn.paragraphs
    ]


def test_a_stage_direction_between_two_lines_stays_out_of_the_words(shelf: Shelf) -> None:
    other = shelf.episode(edited("First, we need", "First,\n**[LAUGHS]**\nwe need"))
    said = [other.words(span) for turn in other.turns for span in turn.paragraphs]
    assert "First," in said
    assert not any("LAUGHS" in words for words in said)
