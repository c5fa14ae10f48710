"""Postings of parts, put together, against those of all texts counted at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnreadableError
from bot.search import Index, Postings

phrases = st.lists(st.sampled_from("ant bee cat dog elk fox слово".split()), max_size=8)
parts = st.lists(st.lists(phrases, max_size=5), max_size=6)


def same(one: Postings, other: Postings) -> bool:
    pairs = zip(one.arrays(), other.arrays(), strict=True)
    return all(a.dtype == b.dtype and a.tolist() == b.tolist() for a, b in pairs)


@given(parts)
def test_merged_postings_are_those_of_all_texts_together(
    collections: list[list[list[str]]],
) -> None:
    together = [text for collection in collections for text in collection]
    merged = Postings.merged([Postings.of(collection) for collection in collections])
    assert same(merged, Postings.of(together))


@given(parts, phrases)
def test_a_merged_index_scores_like_one_of_all_texts(
    collections: list[list[list[str]]], query: list[str]
) -> None:
    texts = [[" ".join(text) for text in collection] for collection in collections]
    together = Index.build([text for collection in texts for text in collection])
    merged = Index.merged([Postings.of_texts(collection) for collection in texts])
    asked = " ".join(query)
    assert merged.scores(asked).tolist() == together.scores(asked).tolist()
    assert merged.search(asked, 3) == together.search(asked, 3)


@given(parts)
def test_merging_what_was_merged_changes_nothing(collections: list[list[list[str]]]) -> None:
    counted = [Postings.of(collection) for collection in collections]
    halves = [Postings.merged(counted[:2]), Postings.merged(counted[2:])]
    assert same(Postings.merged(halves), Postings.merged(counted))


def test_a_part_with_a_high_count_widens_the_whole() -> None:
    collections = [[["ant"] * 300], [["ant", "bee"]]]
    merged = Postings.merged([Postings.of(collection) for collection in collections])
    assert merged.counts.max() == 300
    assert same(merged, Postings.of([text for collection in collections for text in collection]))


@pytest.mark.parametrize("texts", [[], [[]], [["ant", "bee", "ant"], [], ["слово"]]])
def test_saved_postings_are_the_same_when_read(tmp_path: Path, texts: list[list[str]]) -> None:
    Postings.of(texts).save(tmp_path / "deep" / "part")
    assert same(Postings.read(tmp_path / "deep" / "part"), Postings.of(texts))


def test_damaged_and_missing_postings_are_named(tmp_path: Path) -> None:
    Postings.of([["ant"]]).save(tmp_path / "part")
    content = (tmp_path / "part").read_bytes()
    damaged = [content[:-1], content[:-1] + b"?", content + b"?", b"", content[1:]]
    for number, bytes_ in enumerate(damaged):
        (tmp_path / f"{number}").write_bytes(bytes_)
        with pytest.raises(UnreadableError, match=f"{number}: "):
            Postings.read(tmp_path / f"{number}")
    with pytest.raises(UnreadableError, match="No such file"):
        Postings.read(tmp_path / "nowhere")
