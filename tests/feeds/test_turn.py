"""The hourly turn: when each feed is due, in one process or in several."""

import logging
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest

from bot.feeds.look.holding import holding
from bot.feeds.look.look import next_look
from bot.feeds.turn import Turn
from bot.storage import Store
from tests.fakes.podcast import NOW, Podcast, captions
from tests.fakes.web_host import Answer, Handler, WebHost
from tests.feeds.listener import HOUR, Listener
from tests.storage.samples import at_once

MINUTE = timedelta(minutes=1)


def test_looks_are_an_hour_apart_and_spread_over_the_hour() -> None:
    minutes = Counter[int]()
    for number in range(600):
        first = next_look(f"feed {number}", NOW, HOUR)
        assert HOUR / 2 <= first - NOW <= 1.5 * HOUR
        second = next_look(f"feed {number}", first + timedelta(seconds=20), HOUR)
        assert abs(second - first - HOUR) < timedelta(seconds=1)
        minutes[first.minute] += 1
    assert len(minutes) == 60
    assert max(minutes.values()) < 30


def test_a_feed_is_looked_at_once_an_hour(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    listener.podcast.forget()
    for _ in range(24 * 4):
        listener.after(HOUR / 4)
    assert 23 <= listener.podcast.asked["/feed.xml"] <= 25


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_of_many_processes_exactly_one_looks(listener: Listener, database_url: str) -> None:
    listener.podcast.add_all(range(5))
    listener.follow()
    listener.podcast.add(6)
    listener.podcast.forget()
    listener.now += 2 * HOUR
    with ExitStack() as stack:
        stores = iter([stack.enter_context(closing(Store.open(database_url))) for _ in range(6)])

        def turn() -> None:
            other = replace(listener, store=next(stores))
            Turn(other.store.feeds, other.means, HOUR).once(Event())

        at_once(6, turn)
    assert listener.podcast.asked == {"/feed.xml": 1, "/6.vtt": 1}
    assert len(listener.transcripts()) == 6


def test_a_claim_is_held_for_as_long_as_a_look_takes(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    feeds, feed = listener.store.feeds, listener.feed
    with holding(feeds, feed, timedelta(seconds=0.03), lambda: listener.now) as hold:
        assert hold
        listener.now += 2 * HOUR  # its lease would be over
        until = time.monotonic() + 10
        while feeds.due(listener.now):
            assert time.monotonic() < until, "it is not renewed"
        assert feeds.claim(feed, now=listener.now, until=listener.now + HOUR) is None
    assert feeds.due(listener.now) == [feed]


def test_a_look_whose_claim_was_lost_writes_nothing(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    listener.podcast.add(2)

    def unfollowed(handler: Handler) -> None:
        listener.store.feeds.unfollow(listener.podcast.url)
        handler.answer(Answer(captions(2)))

    listener.podcast.answers = {"/2.vtt": unfollowed}
    listener.podcast.publish()
    listener.after(2 * HOUR)
    assert listener.store.feeds.all() == []


def test_a_feed_that_fails_hinders_no_other_and_is_said_once(
    listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    listener.podcast.add(1)
    listener.follow()
    with WebHost() as host:
        other = replace(listener, podcast=Podcast(host, title="Other Talks"), news=[])
        other.podcast.add(5)
        other.follow()
        listener.podcast.answers = {"/feed.xml": Answer(b"", 500)}
        listener.podcast.publish()
        other.podcast.add(6)
        for _ in range(3):
            listener.after(2 * HOUR)
        assert other.podcast.asked["/6.vtt"] == 1
    assert caplog.text.count("Kitchen Talks cannot be followed for now") == 1
    assert "answers 500" in caplog.text
    assert "Other Talks: 2 episodes, 2 with a transcript here, 1 new" in caplog.text


def test_a_feed_that_takes_long_lets_others_go_first(
    listener: Listener,
) -> None:
    listener.podcast.add_all(range(4))
    listener.follow(newest=1)
    feeds = listener.store.feeds
    feeds.follow(listener.podcast.url, "Kitchen Talks", newest=4, language=None, now=listener.now)
    listener.now += MINUTE
    Turn(feeds, listener.means, HOUR, patience=0.0).once(Event())
    assert len(listener.transcripts()) == 1
    assert listener.feed.due_at == listener.now  # it stands at the end of the line
    listener.after(MINUTE)
    assert len(listener.transcripts()) == 4


def test_what_has_come_is_told_once_a_look(listener: Listener) -> None:
    told: list[int] = []
    listener.changed = lambda: told.append(len(listener.transcripts()))
    listener.podcast.add(1)
    listener.follow()
    listener.after(2 * HOUR)
    assert told == []
    listener.podcast.add(2)
    listener.podcast.add(3)
    listener.after(2 * HOUR)
    assert told == [3]


def test_it_runs_until_it_is_stopped(listener: Listener) -> None:
    listener.podcast.add(1)
    feeds = listener.store.feeds
    feeds.follow(listener.podcast.url, "Kitchen Talks", newest=None, language=None, now=NOW)
    stop = Event()
    thread = Thread(target=Turn(feeds, listener.means, HOUR).run, args=(stop,))
    thread.start()
    until = time.monotonic() + 20
    while not listener.transcripts() and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert listener.transcripts() == {captions(1)}
