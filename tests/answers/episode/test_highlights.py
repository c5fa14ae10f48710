"""What is worth a post of its own."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from bot.answers import Answerer, Quote, ready
from bot.answers.episode.highlights import gist
from bot.answers.quoting.openings import points_back
from bot.episodes import Episode, load, plain
from tests.answers.conftest import KNOWLEDGE

# What each takeaway is explained by, in one of two places; nothing explains the second surely.
EXPLAINED = {
    1: ("a paradigm shift", "paradigm"),
    3: ("Start with prompting", "Fine-tuning is when"),
    4: ("retrieve relevant documents", "grounds them in your actual"),
    5: ("You need verification", "Hallucinations are the big one"),
    7: ("uncanny valley", "Be clear it's AI"),
}


def quotes(answerer: Answerer) -> list[Quote]:
    found = [(one.quote, one.explained) for one in answerer.highlights]
    return [quote for pair in found for quote in pair if quote]


def test_the_takeaways_come_first_in_order_under_keys_that_stay(both: Answerer) -> None:
    keys = [highlight.key for highlight in both.highlights]
    newest = [f"episode-03/takeaway/{number}" for number in range(1, 3)]
    older = [f"episode-02/takeaway/{number}" for number in range(1, 9)]
    assert keys[:10] == newest + older
    assert not [key for key in keys[10:] if "/takeaway/" in key]
    rest = [key.partition("/")[0] for key in keys[10:]]
    assert rest == sorted(rest, reverse=True)
    assert set(rest) == {"episode-02", "episode-03"}
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("number", range(1, 9))
def test_a_takeaway_is_explained_where_the_episode_does(answerer: Answerer, number: int) -> None:
    explained = answerer.highlights[number - 1].explained
    if number in EXPLAINED:
        assert explained is not None
        assert any(words in explained.text for words in EXPLAINED[number])
    elif number == 2:
        assert explained is None


def test_no_passage_is_shown_twice(both: Answerer) -> None:
    spans = sorted((quote.episode, quote.start, quote.end) for quote in quotes(both))
    for (episode, _, end), (after, start, _) in pairwise(spans):
        assert episode != after or end <= start


def test_every_word_is_the_episodes_and_is_found_again(
    both: Answerer, answerer: Answerer, episode: Episode
) -> None:
    for quote in quotes(both):
        assert both.quote(quote.episode, quote.digest, quote.start, quote.end) == quote
    for quote in quotes(answerer):
        assert quote.text == plain(episode.text[quote.start : quote.end])


def test_a_quote_of_the_body_stands_alone(answerer: Answerer) -> None:
    body = [one for one in answerer.highlights if "/takeaway/" not in one.key]
    assert len(body) > 40
    for highlight in body:
        quote = highlight.quote
        assert 25 <= len(quote.text.split()) <= 90
        assert not points_back(quote.text)
        assert quote.context is None
        assert quote.speaker == "Alex Chen"  # Sam asks
        assert highlight.explained is None


def test_a_new_edition_keeps_the_keys_of_words_that_stay(
    answerer: Answerer, episode: Episode, tmp_path: Path
) -> None:
    shutil.copytree(KNOWLEDGE / episode.slug, tmp_path / episode.slug)
    edition = episode.text.replace("over a trillion parameters", "more than a trillion parameters")
    (tmp_path / episode.source).write_text(edition, "utf-8")
    old, new = (
        {highlight.key for highlight in one.highlights}
        for one in (answerer, ready(load(tmp_path), KNOWLEDGE))
    )
    assert (len(old - new), len(new - old)) == (1, 1)


def test_takeaways_stand_for_an_episode_that_has_some(answerer: Answerer) -> None:
    quotes = answerer.gist("episode-02")
    assert [quote.item.number for quote in quotes if quote.item] == [1, 2, 3]


def test_without_takeaways_quotes_from_all_over_it_stand_for_an_episode(
    answerer: Answerer,
) -> None:
    rest = [one for one in answerer.highlights if not one.is_takeaway]
    places = [rest.index(one) for one in rest if one.quote in gist(rest)]
    assert len(places) == 3
    for part, place in enumerate(places):
        assert part / 3 <= place / len(rest) < (part + 1) / 3
    assert gist(rest[:2]) == tuple(one.quote for one in rest[:2])
    assert gist([]) == ()
