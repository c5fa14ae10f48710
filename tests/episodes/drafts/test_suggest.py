"""A draft of `episode.yaml`: read as it is, and nothing in it made up."""

import re
from pathlib import Path

import pytest

from bot.episodes.drafts.suggest import draft
from bot.episodes.knowledge.finding import find
from bot.episodes.metadata import Metadata, read_metadata
from bot.errors import BotError
from tests.episodes.shelf import KNOWLEDGE

TALK = """WEBVTT

00:00.000 --> 00:09.000
<v SPEAKER_1>Welcome. Today we talk about tea, and about steeping. {filler}

00:10.000 --> 00:19.000
<v Ben Ode>An infuser is a small basket that holds the leaves. GABA stands for a long acid's name.

00:20.000 --> 00:29.000
<v SPEAKER_1>I use an infuser. My infuser is red. It is a nice one. GABA tea, GABA again. {filler}

00:30.000 --> 00:39.000
<v Ben Ode>The takeaway is to warm the pot. I don't remember that one. So remember to rinse it.
"""
FILLER = "We went to the market and came back with a lot of fruit for all of us. " * 9


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "2024-05-17-tea-time-12.vtt"
    path.write_text(TALK.format(filler=FILLER), "utf-8")
    return path


def read(folder: Path, written: str) -> Metadata:
    path = folder / "draft.yaml"
    path.write_text(written, "utf-8")
    return read_metadata(path)


def drafted(path: Path) -> str:
    return draft(path, lambda _: "en")


def test_it_says_what_the_file_and_its_name_say(talk: Path, tmp_path: Path) -> None:
    found = read(tmp_path, drafted(talk))
    assert (found.number, found.title, found.date) == (12, "Tea time", "2024-05-17")
    assert [host.name for host in found.hosts] == ["Ben Ode"]
    assert found.show is found.language is None
    assert "# language: en\n" in drafted(talk)


def test_labels_that_name_nobody_wait_for_a_name(talk: Path, tmp_path: Path) -> None:
    written = drafted(talk)
    assert '# speakers:\n#   "SPEAKER_1":\n' in written
    named = written.replace("# speakers:", "speakers:").replace(
        '#   "SPEAKER_1":', '  "SPEAKER_1": Ada Park'
    )
    assert read(tmp_path, named).speakers == {"SPEAKER_1": "Ada Park"}


def test_terms_are_quoted_where_the_dialogue_defines_them(talk: Path) -> None:
    written = drafted(talk)
    assert "#   infuser · line 6, Ben Ode: An infuser is a small basket that holds" in written
    assert "#   GABA · line 6, Ben Ode: GABA stands for a long acid's name.\n" in written
    assert written.count(" · ") == 2


def test_what_sums_up_is_quoted_from_the_end(talk: Path) -> None:
    closing = drafted(talk).partition("Closing takeaways")[2].splitlines()[1:]
    assert closing == [
        "#   line 12, Ben Ode: The takeaway is to warm the pot.",
        "#   line 12, Ben Ode: So remember to rinse it.",
    ]


@pytest.mark.parametrize("house", [True, False])
def test_every_sentence_is_word_for_word(talk: Path, *, house: bool) -> None:
    path = KNOWLEDGE / "episode-02" if house else talk
    episode = find(str(path), KNOWLEDGE)
    said = {episode.words(paragraph) for turn in episode.turns for paragraph in turn.paragraphs}
    quoted = re.findall(r"^#   [^\n]*?line \d+, [^:\n]+: (.+)", drafted(path), re.MULTILINE)
    assert quoted
    assert all(any(sentence in one for one in said) for sentence in quoted)


def test_what_episode_yaml_says_is_kept(tmp_path: Path) -> None:
    folder = KNOWLEDGE / "episode-02"
    before, after = read_metadata(folder / "episode.yaml"), read(tmp_path, drafted(folder))
    assert after.aliases == before.aliases
    assert (after.show, after.number, after.title) == (before.show, before.number, before.title)
    assert set(after.hosts) == set(before.hosts)


def test_an_empty_file_that_the_draft_goes_to_is_no_fault(talk: Path) -> None:
    folder = talk.parent / "tea"
    folder.mkdir()
    talk.rename(folder / talk.name)
    (folder / "episode.yaml").touch()
    assert 'title: "Tea"' in drafted(folder)


def test_signs_in_names_mean_nothing_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    path.write_text(
        '{"segments": [{"start": 1, "end": 2, "speaker": "A\\"da: [Park] #1", "text": "Hi there."},'
        '{"start": 2, "end": 3, "speaker": "Ben", "text": "# So \\u0085 remember to rinse it."},'
        '{"start": 3, "end": 4, "speaker": "A\\"da: [Park] #1", "text": "Yes: \\u2028 I do."}]}',
        "utf-8",
    )
    assert read(tmp_path, drafted(path)).title == "Talk"


def test_what_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "empty.vtt"
    path.write_text("WEBVTT\n", "utf-8")
    with pytest.raises(BotError, match=r"empty\.vtt:1: ") as caught:
        drafted(path)
    assert "\n" not in str(caught.value)
