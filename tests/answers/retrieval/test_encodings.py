"""What the encoder has seen is kept, and what it has not seen yet is searched without it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answers.answerer import ENCODER
from bot.answers.encoder.encoder import Encoder
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.meanings import nearness
from bot.answers.retrieval.build import Builder
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.encodings import Encodings, encode_missing
from bot.answers.retrieval.search import Search
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Library, load
from tests.answers.conftest import KNOWLEDGE

PLAIN, VECTORS = Thesaurus({}), WordVectors()


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Builder(PLAIN, VECTORS, tmp_path).collection(load(KNOWLEDGE, tmp_path))


def test_a_question_lies_near_what_answers_it() -> None:
    asked = ENCODER.of(["how long does the bus take to charge?"])
    told = ENCODER.of(["Charging it takes about four hours.", "We had lunch by the lake."])
    near, far = nearness(asked, told)
    assert near > far


def test_a_text_has_the_same_bits_whatever_stands_beside_it() -> None:
    texts = ["one", "two of them", "three of them here"]
    apart = np.concatenate([Encoder().of([text]) for text in texts])
    assert np.array_equal(Encoder().of(texts), apart)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "🎉" * 5_000, "\x00", "[SEP]" * 900])
def test_any_text_has_a_vector(text: str) -> None:
    assert ENCODER.of([text]).shape == (1, 384)


def test_what_was_seen_is_kept(collection: Collection, tmp_path: Path) -> None:
    first = Encodings(collection, ENCODER, tmp_path)
    assert first.missing() == [0]
    assert not first.joined[1].any()
    assert encode_missing(first, lambda: False)
    again = Encodings(collection, Encoder(), tmp_path)
    assert again.missing() == []
    vectors, there = again.joined
    assert there.all()
    windows = [collection.window(at).in_context for at in range(len(collection))]
    assert np.array_equal(vectors, ENCODER.of(windows))


def test_vectors_that_are_damaged_are_made_anew(collection: Collection, tmp_path: Path) -> None:
    encode_missing(Encodings(collection, ENCODER, tmp_path), lambda: False)
    whole, _ = Encodings(collection, ENCODER, tmp_path).joined
    expected = whole.copy()
    for file in (tmp_path / "encoded").iterdir():
        file.write_bytes(file.read_bytes()[:-7] + b"damaged")
    damaged = Encodings(collection, ENCODER, tmp_path)
    assert not damaged.joined[1].any()
    encode_missing(damaged, lambda: False)
    again, there = damaged.renewed().joined
    assert there.all()
    assert np.array_equal(again, expected)


def test_vectors_of_a_model_that_has_gone_are_not_used(
    collection: Collection, tmp_path: Path
) -> None:
    encode_missing(Encodings(collection, ENCODER, tmp_path), lambda: False)
    gone = Encoder(tmp_path / "none")
    gone.__dict__["digest"] = ENCODER.digest  # the card is there, and the model is not
    encodings = Encodings(collection, gone, tmp_path)
    assert not encodings.joined[1].any()
    question = "why does it make things up?"
    assert Search(collection, PLAIN, VECTORS, encodings).scores(question, question).max() > 3


def test_it_ends_early_once_stopped(collection: Collection, tmp_path: Path) -> None:
    encodings = Encodings(collection, ENCODER, tmp_path)
    assert not encode_missing(encodings, lambda: True)
    assert encodings.missing() == [0]


def test_what_was_not_seen_is_searched_by_its_words(library: Library) -> None:
    [episode] = library.episodes
    both = Library([episode, replace(episode, slug="again")])
    collection = Builder(PLAIN, VECTORS, None).collection(both)
    encodings = Encodings(collection, ENCODER, None)
    encodings.make(1)
    _, there = encodings.joined
    assert there.sum() * 2 == there.size
    question = "why does it make things up?"
    scores = Search(collection, PLAIN, VECTORS, encodings).scores(question, question)
    half = scores.size // 2
    assert np.isfinite(scores).all()
    assert abs(int(scores[:half].argmax()) - int(scores[half:].argmax())) < half
    assert scores[:half].max() > 3
    assert scores[half:].max() > 3


def test_without_the_model_the_search_goes_on(
    collection: Collection, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    encodings = Encodings(collection, Encoder(tmp_path / "none"), tmp_path)
    assert encodings.missing() == []
    assert "Searching without the encoder" in caplog.text
    question = "why does it make things up?"
    scores = Search(collection, PLAIN, VECTORS, encodings).scores(question, question)
    assert scores.max() > 3


def test_a_window_counts_however_long_the_question_before_it_is() -> None:
    asked = "and what would you say " * 60 + "? | "
    tea, bread = ENCODER.of([f"{asked}Tea steeps for three minutes.", f"{asked}Bread has to rise."])
    assert not np.array_equal(tea, bread)
