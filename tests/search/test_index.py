"""The index against rank-bm25 itself, and what its folder survives."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.errors import UnreadableError
from bot.search import Hit, Index, tokens

FRUIT = ["apple banana", "banana cherry", "cherry", "durian and apple apple", "elderberry"]
# Few words, so that terms stand in more than half of the texts and queries repeat themselves.
phrases = st.lists(st.sampled_from("ant bee cat dog elk fox".split()), max_size=8).map(" ".join)
collections = st.lists(phrases, min_size=1, max_size=12)


def stock(texts: list[str], query: str) -> list[float]:
    okapi = BM25Okapi([tokens(text) for text in texts])
    return list(map(float, okapi.get_scores(tokens(query))))


@given(collections.filter(any), phrases)
def test_scores_are_those_of_rank_bm25(texts: list[str], query: str) -> None:
    scores = Index.build(texts).scores(query)
    assert scores.dtype == np.float64
    assert scores.tolist() == pytest.approx(stock(texts, query), abs=1e-9)


@given(collections, phrases, st.integers(-1, 15))
def test_search_is_the_matching_texts_by_score_then_position(
    texts: list[str], query: str, k: int
) -> None:
    index = Index.build(texts)
    scores = index.scores(query)
    asked = set(tokens(query))
    matching = [doc for doc, text in enumerate(texts) if asked & set(tokens(text))]
    best = sorted(matching, key=lambda doc: (-scores[doc], doc))[: max(k, 0)]
    assert index.search(query, k) == [Hit(doc, scores[doc]) for doc in best]


@given(collections, phrases, st.integers(-3, 15), st.integers(-3, 15) | st.none())
def test_scores_of_some_texts_are_those_of_all_cut_out(
    texts: list[str], query: str, first: int, last: int | None
) -> None:
    index = Index.build(texts)
    part = index.scores(query, first, last)
    assert part.dtype == np.float64
    assert part.tolist() == index.scores(query)[first:last].tolist()


def test_search_among_many_texts_is_the_same_as_among_few() -> None:
    texts = [f"{'ant ' * (doc % 7)} bee{doc % 400}" for doc in range(3_000)]  # with many equals
    index = Index.build(texts)
    for query in ("ant", "ant bee7", "bee7 bee8 bee7", "bee399"):
        scores = index.scores(query)
        best = sorted(np.flatnonzero(scores).tolist(), key=lambda doc: (-scores[doc], doc))
        for k in (1, 10, 45, 46, 100, 3_000):
            assert index.search(query, k) == [Hit(doc, scores[doc]) for doc in best[:k]]


def test_postings_longer_than_a_piece_score_like_those_of_rank_bm25() -> None:
    texts = ["ant bee", "ant", "cat dog"] * 9_000
    assert Index.build(texts).scores("ant bee") == pytest.approx(stock(texts, "ant bee"), abs=1e-9)


def test_a_word_said_more_often_than_a_byte_counts_scores_like_in_rank_bm25() -> None:
    texts = ["ant " * 300 + "bee", "bee cat", "cat dog ant", *["elk"] * 3]
    scores = Index.build(texts).scores("ant bee")
    assert scores == pytest.approx(stock(texts, "ant bee"), abs=1e-9)


def test_what_a_text_holds_is_known_and_counted() -> None:
    index = Index.build(FRUIT)
    assert index.knows("banana")
    assert not index.knows("kiwi")
    assert [index.frequency(word) for word in ("banana", "durian", "kiwi")] == [2, 1, 0]
    assert sorted(index.vocabulary()) == sorted(set(tokens(" ".join(FRUIT))))
    assert list(Index.build([]).vocabulary()) == []
    assert not Index.build([]).knows("banana")


def test_a_term_of_more_than_half_of_the_texts_scores_by_the_epsilon_floor() -> None:
    texts = ["apple pear", "apple fig", "apple plum", "kiwi"]
    scores = Index.build(texts).scores("apple")
    assert scores.tolist() == pytest.approx(stock(texts, "apple"), abs=1e-9)
    assert scores[0] > 0


def test_a_match_is_found_whatever_the_sign_of_its_score() -> None:
    assert Index.build(["apple"]).search("apple", 3)[0].score < 0
    assert Index.build(["apple", "pear"]).search("apple", 3) == [Hit(0, 0.0)]


def test_a_query_that_repeats_a_term_counts_it_twice() -> None:
    index = Index.build(FRUIT)
    assert index.scores("cherry cherry") == pytest.approx(2 * index.scores("cherry"))


def test_equal_scores_keep_the_order_of_the_texts() -> None:
    index = Index.build(["other", *["same words"] * 30, "another thing"])
    assert [hit.doc for hit in index.search("words", 10)] == list(range(1, 11))


@pytest.mark.parametrize("texts", [[], [""], ["", "the", "…"]])
def test_texts_without_tokens_match_nothing(texts: list[str]) -> None:
    index = Index.build(texts)
    assert index.search("apple", 3) == []
    assert index.scores("apple").tolist() == [0.0] * len(texts)


@pytest.mark.parametrize("query", ["", "the", "unheard-of"])
def test_a_query_that_shares_no_token_finds_nothing(query: str) -> None:
    assert Index.build(FRUIT).search(query, 3) == []
    assert Index.build(FRUIT).scores(query).tolist() == [0.0] * len(FRUIT)


@given(texts=collections, query=phrases)
def test_a_saved_index_scores_the_same(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str
) -> None:
    folder = tmp_path_factory.mktemp("index")
    index = Index.build(texts)
    index.save(folder)
    assert Index.open(folder).scores(query).tolist() == index.scores(query).tolist()
    assert Index.open(folder).search(query, 3) == index.search(query, 3)


def test_an_opened_index_saves_like_the_one_it_came_from(tmp_path: Path) -> None:
    Index.build(FRUIT).save(tmp_path / "first")
    Index.open(tmp_path / "first").save(tmp_path / "second")
    first, second = ((tmp_path / name / "index.bm25").read_bytes() for name in ("first", "second"))
    assert first == second


def test_several_processes_open_one_folder(tmp_path: Path) -> None:
    Index.build(FRUIT).save(tmp_path)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(opened_best, [tmp_path] * 2))
    assert answers == [Index.build(FRUIT).search("apple", 1)] * 2


def opened_best(folder: Path) -> list[Hit]:
    return Index.open(folder).search("apple", 1)


def test_an_opened_index_outlives_the_next_save(tmp_path: Path) -> None:
    Index.build(FRUIT).save(tmp_path)
    before = Index.open(tmp_path)
    Index.build(["apple"]).save(tmp_path)
    assert len(before.scores("apple")) == len(FRUIT)
    assert len(Index.open(tmp_path).scores("apple")) == 1


def test_saving_leaves_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        Index.build(FRUIT).save(tmp_path / "deep" / "index")
    assert [path.name for path in (tmp_path / "deep" / "index").iterdir()] == ["index.bm25"]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def lengthened(content: bytes) -> bytes:
    return content + b"\0"


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def emptied(content: bytes) -> bytes:
    return content[:0]


def foreign(content: bytes) -> bytes:
    return b"PK\3\4" + content


def older(content: bytes) -> bytes:
    return content.replace(b"bm25 2 ", b"bm25 1 ", 1)


@pytest.mark.parametrize("damage", [cut, lengthened, flipped, emptied, foreign, older])
def test_a_file_that_is_not_what_was_saved_is_named(
    damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    Index.build(FRUIT).save(tmp_path)
    file = tmp_path / "index.bm25"
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(UnreadableError, match=r"index\.bm25: ") as caught:
        Index.open(tmp_path)
    assert caught.value.faults[0].path == str(file)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere.*No such file"):
        Index.open(tmp_path / "nowhere")
