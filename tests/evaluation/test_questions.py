"""Question files, sound and damaged."""

from collections import Counter
from pathlib import Path

import pytest

from bot.episodes import load, plain
from bot.errors import UnreadableError
from bot.evaluation.questions import Shown, read_questions
from bot.search.tokens import words
from tests.evaluation.conftest import KNOWLEDGE

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
SOUND = """\
- id: q1
  question: what is it?
  answerable: true
  kind: define
  gold: [It is **so**., "It\\n is."]
- id: q2
  history: ["what is it?", "why?"]
  question: really?
  answerable: false
  note: never said
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.yaml"


def test_questions_are_read_with_gold_as_a_quote_shows_it(file: Path) -> None:
    file.write_text(SOUND, "utf-8")
    first, second = read_questions(file)
    assert (first.id, first.kind, first.text) == ("q1", "define", "what is it?")
    assert first.gold == ("It is so.", "It is.")
    assert first.answerable
    assert first.answered_by(Shown("Yes. It is so. Really."))
    assert not first.answered_by(Shown("It was so."))
    assert (second.kind, second.history) == ("followup", ("what is it?", "why?"))
    assert not second.answerable
    assert not second.answered_by(Shown("anything"))


def test_gold_in_decomposed_letters_is_the_same(file: Path) -> None:
    file.write_text(SOUND.replace("It is **so**.", "Café"), "utf-8")
    [first, _] = read_questions(file)
    assert first.answered_by(Shown("The Cafe\u0301 is open."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_gold_span_of_the_files_is_in_the_episode(path: Path) -> None:
    said = plain(load(KNOWLEDGE).episodes[0].text)
    for question in read_questions(path):
        for gold in question.gold:
            assert (question.id, gold in said) == (question.id, True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_question_of_a_file_has_an_identity_of_its_own(path: Path) -> None:
    questions = read_questions(path)
    assert len({question.id for question in questions}) == len(questions)
    assert len({(one.text, one.history) for one in questions}) == len(questions)


def test_gold_may_be_a_line_of_a_file(file: Path) -> None:
    file.write_text(SOUND.replace('gold: [It is **so**., "It\\n is."]', "lines: [a.md:7]"), "utf-8")
    [first, _] = read_questions(file)
    assert first.answerable
    assert first.answered_by(Shown("whatever", "a.md:7"))
    assert not first.answered_by(Shown("whatever", "a.md:71"))
    assert not first.answered_by(Shown("whatever"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "1: is empty"),
        ("[]", "1: holds no question"),
        ("just words", "1: the file is not a list"),
        ("- just words", "1: 0 is not a list of `key: value`"),
        ("a: [", "is no plain YAML"),
        (SOUND.replace("id: q1", "name: q1"), "1: 0.name is no key"),
        (SOUND.replace("question: what", "questoin: what"), "2: 0.questoin is no key"),
        (SOUND.replace("answerable: true", "answerable: maybe"), "3: 0.answerable is neither true"),
        (SOUND.replace("answerable: true", "answerable: false"), "1: 0 has gold if and only if"),
        (SOUND.replace("answerable: false", "answerable: true"), "6: 1 has gold if and only if"),
        (SOUND.replace("note: never", "notes: never"), "10: 1.notes is no key"),
        (SOUND.replace('["what is it?", "why?"]', "why?"), "7: 1.history is not a list"),
        (SOUND.replace("kind: define", "id: q3"), "4: id stands twice"),
        ("[2024-02-30]", "1: 0 is not a list of `key: value`"),
        ("[" * 100_000, "1: .* nested too deeply"),
        ("- &a [x]\n- [*a, *a]", "2: .* refers to an anchor"),
    ],
)
def test_a_damaged_file_is_named(file: Path, content: str, what: str) -> None:
    file.write_text(content, "utf-8")
    with pytest.raises(UnreadableError, match=what) as caught:
        read_questions(file)
    assert {fault.path for fault in caught.value.faults} == {str(file)}


def test_a_file_that_is_no_text_is_named(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableError, match=r"questions\.yaml:1: is not saved as UTF-8"):
        read_questions(file)


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(UnreadableError, match=r"questions\.yaml:1: cannot be read"):
        read_questions(file)


def test_no_question_stands_in_two_files() -> None:
    """Or what one file teaches about another, and about the one that measures, were known."""
    every = [
        (tuple(words(one.text)), one.history) for file in FILES for one in read_questions(file)
    ]
    assert [one for one, times in Counter(every).items() if times > 1] == []
