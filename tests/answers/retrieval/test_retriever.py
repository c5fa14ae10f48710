"""What is read: the nearest windows, no more than the bound, and none where nothing can read."""

from dataclasses import replace
from pathlib import Path

from bot.answers.encoder.encoder import Encoder
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.question.parse import parse
from bot.answers.reader.reader import Reader
from bot.answers.reader.said import Said
from bot.answers.retrieval.build import Builder
from bot.answers.retrieval.encodings import Encodings
from bot.answers.retrieval.retriever import MOST_READ, Finder
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Library


class Counting(Reader):
    """Says the same of all that it reads, and counts it."""

    def __init__(self, logit: float) -> None:
        self.logit, self.read = logit, 0

    @property
    def fault(self) -> None:
        return None

    def score(self, question: str, window: Said) -> float:
        assert question
        assert window.text
        self.read += 1
        return self.logit


def finder(library: Library, reader: Reader) -> Finder:
    thesaurus = Thesaurus({})
    vectors = WordVectors()
    built = Builder(thesaurus, vectors, None).collection(library)
    return Finder(thesaurus, vectors, Encodings(built, Encoder(Path("none")), None), reader)


def test_reading_ends_at_the_bound(library: Library) -> None:
    reader = Counting(9.0)
    topic = finder(library, reader).find(parse("why does it make things up?"))
    assert reader.read == MOST_READ
    assert topic.read
    assert all(one.logit == reader.logit for one in topic.ranked)
    assert len({one.number for one in topic.ranked}) == len(topic.ranked)


def test_what_a_thread_has_read_is_not_read_again(library: Library) -> None:
    reader = Counting(0.0)
    found = finder(library, reader)
    question = parse("why does it make things up?")
    assert found.find(question).ranked == found.find(question).ranked
    assert found.find(parse("tell me more"), [question]).ranked
    assert reader.read == MOST_READ


def test_a_large_library_and_a_long_question_cost_no_more(library: Library) -> None:
    [episode] = library.episodes
    many = [replace(episode, slug=f"episode-{number}", number=number) for number in range(20)]
    reader = Counting(0.0)
    finder(Library(many), reader).find(parse("model " * 900))
    assert 1 <= reader.read <= MOST_READ  # the same words are read once


def test_where_nothing_can_read_the_search_decides(library: Library) -> None:
    topic = finder(library, Reader(Path("none"))).find(parse("why does it make things up?"))
    assert not topic.read
    assert topic.ranked
    assert all(one.logit is None for one in topic.ranked)
    scores = [one.score for one in topic.ranked]
    assert scores == sorted(scores, reverse=True)


def test_terms_that_a_passage_lacks_are_unmet(library: Library) -> None:
    topic = finder(library, Counting(0.0)).find(parse("what does Netflix pay for tokens?"))
    [netflix] = [one for one in topic.unmet if one.word == "netflix"]
    assert netflix.named
    assert not netflix.heard
