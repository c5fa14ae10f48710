"""Whatever an editor's hand, or a hostile one, does to a transcript: no traceback, no hang."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.episodes import check, load
from tests.episodes.shelf import TRANSCRIPT, Shelf, edited, markup

LINES = TRANSCRIPT.decode().splitlines(keepends=True)
HOSTILE = {
    "words": "word " * 40_000,
    "short sentences": "A word. " * 25_000,
    "asterisks": "a " + "*" * 200_000 + " b",
    "underscores": "a" + "_" * 200_000 + "b",
    "spaces": "a" + " " * 200_000 + "b",
    "full stops": "a" + "." * 200_000 + "a",
    "initials": '"A. ' * 50_000,
    "brackets": "(" * 200_000,
    "label beginnings": "**SAM " * 30_000,
    "heading": "\n\n### a" + " " * 200_000 + "b (\n\n",
    "heading with brackets": "\n\n### SEGMENT 1: " + "((min " * 30_000 + "\n\n",
    "sheet heading": "\n\n## " + " " * 200_000 + "x\n\n",
    "closing line": "\n\n*End of " + "a " * 100_000 + "\n\n",
    "stage direction": "\n\n**[" + "x" * 200_000 + "\n\n",
    "lines": "A line.\n" * 25_000,
    "newlines": "\r" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_long_line_is_tried_again_and_again(tmp_path: Path, hostile: str) -> None:
    """A pattern that is quadratic in the line would not come back from these within the hour."""
    path = tmp_path / "transcript.md"
    path.write_bytes(edited("First, we need", f"{hostile} First, we need"))
    library = check(path)
    assert len(library.episodes) + bool(library.faults) == 1


def test_a_sheet_may_be_long(tmp_path: Path) -> None:
    rows = "".join(f"| term {number} | what it means |\n" for number in range(20_000))
    path = tmp_path / "transcript.md"
    path.write_bytes(edited("| Tokenization", f"{rows}| Tokenization"))
    assert len(check(path).episodes[0].terms) == 20_013


INDEX = st.integers(0, len(LINES) - 1)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """The real file after one to three slips of an editor's hand."""
    text = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at, to = draw(INDEX) % len(text), draw(INDEX) % len(text)
        match draw(st.sampled_from(["delete", "double", "swap", "join", "move", "cut", "garble"])):
            case "delete":
                del text[at]
            case "double":
                text.insert(at, text[at])
            case "swap":
                text[at], text[to] = text[to], text[at]
            case "join":
                text[at] = text[at].rstrip("\n")
            case "move":
                text.insert(to, text.pop(at))
            case "cut":
                text[at] = text[at][: draw(st.integers(0, len(text[at])))]
            case "garble":
                place = draw(st.integers(0, len(text[at])))
                text[at] = text[at][:place] + draw(st.text(max_size=5)) + text[at][place:]
    return "".join(text)


@settings(deadline=None)  # the time of a first parse is no finding
@given(mutations())
def test_any_slip_gives_an_episode_or_faults_inside_the_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("knowledge"))
    shelf.put("episode-02", text.encode())
    library = load(shelf.folder)
    assert library.episodes[-1].number == 3
    if library.faults:
        last = len(re.findall(r"\r\n?|\n", text)) + 1
        order = [fault.line for fault in library.faults if fault.path.endswith("transcript.md")]
        assert order == sorted(order)
        assert all(1 <= line <= last for line in order)
        assert all("\n" not in str(fault) for fault in library.faults)
    else:
        left = re.sub(r"Duration|Hosts|Term|Definition", "", " ".join(markup(library.episodes[0])))
        assert not re.search(r"\w", left)
