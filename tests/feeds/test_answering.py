"""From a feed to an answer: what is followed is asked about, beside the project's own episode."""

import shutil
from pathlib import Path

from bot.answers import Answer, ready
from tests.fakes.podcast import NOW, captions
from tests.feeds.listener import DAY, Listener

EPISODE = Path(__file__).parents[2] / "knowledge" / "episode-02"


def test_the_newest_episode_of_a_feed_answers_beside_the_projects_own(listener: Listener) -> None:
    shutil.copytree(EPISODE, listener.folder / EPISODE.name)
    listener.podcast.add(1)
    words = captions(2).replace(
        b"Kettle number 2 sings the sentence that is number 6 of its song, and nobody minds.",
        b"The lighthouse of Quimper is made of granite.",
    )
    listener.podcast.words["/2.vtt"] = words
    listener.podcast.add(2, published=NOW - DAY)
    listener.follow()
    answering = ready(listener.library(), listener.folder)
    said = answering.ask("What is the lighthouse of Quimper made of, in the newest episode?")
    assert isinstance(said, Answer)
    quote = said.quotes[0]
    assert "made of granite" in quote.text
    assert quote.episode == listener.row(2).slug
    assert quote.since is not None
    assert quote.until is not None
    assert quote.since <= 30.0 < quote.until
    assert quote.audio == "https://media.example.com/2.mp3"
    own = answering.ask("define RAG")
    assert isinstance(own, Answer)
    assert own.quotes[0].episode == EPISODE.name
