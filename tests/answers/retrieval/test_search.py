"""Search proposes windows: by words in common, by the house's own, and by nearness in meaning."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.answers.encoder.encoder import Encoder
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.retrieval.build import Builder
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.encodings import Encodings
from bot.answers.retrieval.search import Search
from bot.answers.retrieval.windows import MOST_SENTENCES, MOST_WORDS, windows
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Library
from bot.search.passages import Kind, Passage

NO_VECTORS = WordVectors(Path("none.npy"))


EMPTY = Thesaurus({})


def made(
    library: Library, thesaurus: Thesaurus = EMPTY, vectors: WordVectors | None = None
) -> tuple[Search, Collection]:
    vectors = vectors or WordVectors()
    collection = Builder(thesaurus, vectors, None).collection(library)
    encodings = Encodings(collection, Encoder(Path("none")), None)
    return Search(collection, thesaurus, vectors, encodings), collection


def best(found: tuple[Search, Collection], query: str) -> str:
    """The three nearest windows."""
    search, collection = found
    order = np.argsort(-search.scores(query, query))
    return " ".join(collection.window(at).text for at in order[:3])


@pytest.fixture(scope="module")
def search(library: Library) -> tuple[Search, Collection]:
    return made(library)


def test_windows_cover_every_sentence_that_is_told(pieces: Sequence[Passage]) -> None:
    found = windows(pieces)
    for number, passage in enumerate(pieces):
        covered = {
            at for one in found if one.number == number for at in range(one.first, one.last + 1)
        }
        told = passage.kind is not Kind.ASKED
        assert covered == (set(range(len(passage.sentences))) if told else set())


def test_windows_are_short_unless_one_sentence_is_long(pieces: Sequence[Passage]) -> None:
    for one in windows(pieces):
        assert one.last - one.first < MOST_SENTENCES
        assert one.first == one.last or len(one.text.split()) <= MOST_WORDS


def test_a_window_knows_the_question_that_led_to_it(pieces: Sequence[Passage]) -> None:
    asked = {one.asked for one in windows(pieces) if one.asked}
    assert asked
    for one in asked:
        assert one.endswith(("?", '?"'))


def test_words_in_common_are_found(search: tuple[Search, Collection]) -> None:
    assert "tens to hundreds of millions" in best(search, "how many GPUs does pre-training take")


def test_like_meaning_is_near_without_a_word_in_common() -> None:
    vectors = WordVectors().of(["fabricated citations", "made-up references", "a green bus"])
    citations, references, bus = vectors
    assert citations @ references > citations @ bus
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_without_vectors_words_alone_decide(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    alone = made(library, vectors=NO_VECTORS)
    assert "none.npy" in caplog.text
    assert "tens to hundreds of millions" in best(alone, "how many GPUs does pre-training take")


def test_a_house_word_finds_what_the_house_means_by_it(library: Library) -> None:
    house = Thesaurus({"residency": ["flummox", "data residency"]})
    taught = made(library, house, NO_VECTORS)
    assert "data residency" in best(taught, "the flummox?")


@pytest.mark.parametrize("text", ["", " ", "\ud800", "🎉" * 5_000, "\x00", "?" * 5_000])
def test_any_text_has_a_vector(text: str) -> None:
    assert np.isfinite(WordVectors().of([text])).all()


def test_nothing_to_search_gives_no_scores() -> None:
    search, _ = made(Library(()))
    assert search.scores("why", "why").size == 0


def test_the_same_question_gives_the_same_bits(
    search: tuple[Search, Collection], library: Library
) -> None:
    again, _ = made(library)
    question = "why does it make things up"
    assert np.array_equal(search[0].scores(question, question), again.scores(question, question))
