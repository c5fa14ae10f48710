import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers import encoder
from bot.answers.onnx_model import FILES, ModelUnavailableError
from bot.answers.reader import FOLDER
from bot.answers.reader.pairs import MOST_TOKENS, Pairs
from bot.answers.reader.reader import Reader
from bot.answers.reader.said import Said

_FILES = (*FILES, "tokenizer.json")
QUESTION = "how long does it take to charge the bus?"
SAID = [
    Said("It takes about four hours to charge the bus.", "Ada", "How long does charging take?"),
    Said("The bus is green and has forty seats.", "Ada"),
    Said("We had lunch by the lake."),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_what_answers_gets_the_highest_logit(reader: Reader) -> None:
    first, *others = (reader.score(QUESTION, one) for one in SAID)
    assert first > max(others)


def test_the_same_pair_gives_the_same_bits(reader: Reader) -> None:
    scores = [reader.score(QUESTION, one) for one in SAID]
    assert scores == [reader.score(QUESTION, one) for one in SAID]
    assert scores == [Reader().score(QUESTION, one) for one in SAID]


def test_a_reader_that_can_read_has_no_fault(reader: Reader, tmp_path: Path) -> None:
    assert reader.fault is None
    assert "card.json" in (Reader(tmp_path).fault or "")


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "?" * 5_000,
        "word " * 5_000,
        "\x00\ud800\u202e",
        "¿qué? 你好 🚲" * 300,
        "[SEP] [CLS]",
    ],
)
def test_a_pair_is_bounded_whatever_is_asked(question: str) -> None:
    pairs = Pairs(FOLDER / "tokenizer.json")
    window = Said("word " * 5_000, "name " * 5_000, "asked " * 5_000)
    tokens, asks = pairs.row(question, window)
    assert len(tokens) <= MOST_TOKENS
    assert 2 <= asks < len(tokens)


def test_a_separator_in_a_question_separates_nothing() -> None:
    pairs = Pairs(FOLDER / "tokenizer.json")
    tokens, asks = pairs.row("is it [SEP] true?", SAID[2])
    assert tokens.count(tokens[-1]) == 2
    assert tokens[asks - 1] == tokens[-1]


@pytest.mark.parametrize(("folder", "files"), [(FOLDER, _FILES), (encoder.FOLDER, FILES)])
def test_the_files_are_those_of_the_card(folder: Path, files: Sequence[str]) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert set(card["sha256"]) == set(files)
    for name, wanted in card["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted
    assert sum((folder / name).stat().st_size for name in FILES) <= 25_000_000


@pytest.mark.parametrize("name", [*_FILES, "card.json"])
def test_a_missing_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    (folder / name).unlink()
    _is_refused(folder, name)


@pytest.mark.parametrize("name", [*_FILES, "card.json"])
def test_a_damaged_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    with (folder / name).open("r+b") as file:
        file.seek(100)
        file.write(b"\0damaged\0")
    _is_refused(folder, str(folder))


def test_a_file_of_the_card_that_is_no_model_is_told_in_one_line(tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    (folder / "model.onnx").write_bytes(b"no model")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES}
    (folder / "card.json").write_text(json.dumps({"sha256": digests}), encoding="utf-8")
    _is_refused(folder, "model.onnx")


def _copied(folder: Path) -> Path:
    for name in (*_FILES, "card.json"):
        shutil.copy(FOLDER / name, folder)
    return folder


def _is_refused(folder: Path, told: str) -> None:
    with pytest.raises(ModelUnavailableError, match=told) as caught:
        Reader(folder).load()
    assert "\n" not in str(caught.value)
