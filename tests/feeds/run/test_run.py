"""Runs of a feed against a real server: what is fetched, what is kept, what is said."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError
from bot.feeds.folder.keeping import Kept, keep
from bot.feeds.listing import listed
from bot.feeds.model import Item
from bot.feeds.run import keepers
from bot.storage import NewEpisode
from tests.fakes.podcast import NOW, VTT, captions
from tests.fakes.web_host import Answer, Handler
from tests.feeds.listener import DAY, HOUR, Listener

WEEK = timedelta(weeks=1)
NOT_THERE = Answer(b"no such page", 404)


def test_what_is_followed_lies_in_the_folder_byte_for_byte_and_is_read(listener: Listener) -> None:
    for number in (1, 2, 3):
        listener.podcast.add(number)
    said = listener.follow()
    assert said == ["Kitchen Talks: 3 episodes, 3 with a transcript here, 3 new and 0 changed"]
    assert listener.transcripts() == {captions(number) for number in (1, 2, 3)}
    library = listener.library()
    assert [one.label for one in library.entries] == [
        "Episode 1: Talk 1",
        "Episode 2: Talk 2",
        "Episode 3: Talk 3",
    ]
    assert {one.show for one in library.entries} == {"Kitchen Talks"}
    assert not library.faults


@pytest.mark.slow
def test_a_second_run_over_350_episodes_makes_one_request(listener: Listener) -> None:
    listener.podcast.add_all(range(350))
    listener.follow()
    assert len(listener.transcripts()) == 350
    assert sum(listener.podcast.asked.values()) == 351
    listener.podcast.forget()
    assert listener.follow() == ["Kitchen Talks: nothing has changed"]
    assert listener.podcast.asked == {"/feed.xml": 1}


@pytest.mark.parametrize("has_validators", [True, False])
def test_a_second_run_fetches_what_changed(listener: Listener, has_validators: bool) -> None:  # noqa: FBT001 - pytest gives it
    podcast = listener.podcast
    podcast.has_validators = has_validators
    for number in (1, 2, 3):
        podcast.add(number)
    listener.follow()
    podcast.forget()
    podcast.change(2, title="Tea after all")
    podcast.add(4)
    said = listener.follow()
    assert said == ["Kitchen Talks: 4 episodes, 4 with a transcript here, 1 new and 1 changed"]
    assert podcast.asked == {"/feed.xml": 1, "/2.vtt": 1, "/4.vtt": 1}
    assert "Episode 2: Tea after all" in [one.label for one in listener.library().entries]
    podcast.forget()
    listener.follow()
    assert podcast.asked == {"/feed.xml": 1}


def test_only_the_newest_are_taken_and_what_was_taken_stays(listener: Listener) -> None:
    for number in range(1, 6):
        listener.podcast.add(number)
    assert "3 left out as older" in listener.follow(newest=2)[0]
    assert listener.transcripts() == {captions(4), captions(5)}
    listener.podcast.add(6)
    listener.follow()  # the newest two, as before
    assert listener.transcripts() == {captions(number) for number in (4, 5, 6)}
    listener.follow(newest=4)
    assert listener.transcripts() == {captions(number) for number in (3, 4, 5, 6)}


def test_the_next_transcript_is_taken_where_one_fails(listener: Listener) -> None:
    page = b"<!DOCTYPE html><html><body><form>Log in</form></body></html>"
    listener.podcast.answers = {"/gone.json": NOT_THERE, "/login.json": Answer(page)}
    kinds = ("/gone.json", "application/json"), ("/login.json", "application/json")
    listener.podcast.add(1, transcripts=(("/1.vtt", VTT), *kinds))
    said = listener.follow()
    assert said == ["Kitchen Talks: 1 episode, 1 with a transcript here, 1 new and 0 changed"]
    assert listener.transcripts() == {captions(1)}
    assert listener.podcast.asked["/gone.json"] == listener.podcast.asked["/login.json"] == 1


def test_what_fails_is_named_without_its_query_and_hinders_no_other(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/1.vtt": NOT_THERE}
    podcast.add(1, transcripts=(("/1.vtt?key=secret", VTT),))
    podcast.add(2)
    said = "\n".join(listener.follow())
    assert "1 failed" in said
    assert "/1.vtt answers 404" in said
    assert "secret" not in said
    assert listener.transcripts() == {captions(2)}


def test_what_failed_comes_when_it_is_there(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/1.vtt": NOT_THERE}
    podcast.add(1)
    listener.follow()
    podcast.forget()
    listener.after(2 * HOUR)
    assert podcast.asked == {"/feed.xml": 1, "/1.vtt": 1}
    podcast.answers = {}
    podcast.publish()
    listener.after(3 * HOUR)
    assert listener.transcripts() == {captions(1)}
    assert listener.row(1).failed is None


def test_who_follows_again_has_what_failed_tried_at_once(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/1.vtt": NOT_THERE}
    podcast.add(1)
    podcast.add(2)
    listener.follow()
    podcast.forget()
    said = listener.follow()
    assert said[0] == "Kitchen Talks: 2 episodes, 1 with a transcript here, 1 failed"
    assert "/1.vtt answers 404" in said[1]
    assert podcast.asked == {"/feed.xml": 1, "/1.vtt": 1}
    podcast.answers = {}
    podcast.publish()
    assert "1 new and 0 changed" in listener.follow()[0]
    assert listener.transcripts() == {captions(1), captions(2)}


def test_each_episode_is_counted_once(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {f"/{number}.vtt": NOT_THERE for number in (1, 2)}
    for number in (1, 2):
        podcast.add(number)
    podcast.add(3, transcripts=())
    assert listener.follow()[0] == (
        "Kitchen Talks: 3 episodes, 0 with a transcript here, 1 without a transcript, 2 failed"
    )
    assert listener.follow(newest=1)[0] == (
        "Kitchen Talks: 3 episodes, 0 with a transcript here, 1 without a transcript, "
        "1 left out as older, 1 failed"
    )
    podcast.answers = {}
    podcast.publish()
    listener.follow(newest=2)  # what was wanted no more is tried once it is wanted again
    assert listener.transcripts() == {captions(1), captions(2)}
    podcast.change(1, title="Tea", transcripts=(("/gone.vtt", VTT),))
    podcast.change(2, transcripts=())
    assert listener.follow()[0] == (
        "Kitchen Talks: 3 episodes, 2 with a transcript here, 1 without a transcript, 1 not renewed"
    )


def test_what_is_gone_for_good_is_asked_for_once(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/1.vtt": Answer(b"", 410)}
    podcast.add(1)
    listener.follow()
    podcast.forget()
    for _ in range(3):
        listener.after(2 * HOUR)
    assert "/1.vtt is gone for good (410)" in "\n".join(
        listener.follow()
    )  # said, and not asked for again
    assert podcast.asked == {"/feed.xml": 4}


def test_a_feed_that_is_gone_for_good_is_looked_at_no_more(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    podcast.answers = {"/feed.xml": Answer(b"", 410)}
    podcast.publish()
    listener.after(2 * HOUR)
    assert listener.feed.due_at is None
    assert "410" in (listener.feed.stopped or "")
    podcast.forget()
    listener.after(2 * DAY)
    assert not podcast.asked
    assert listener.transcripts() == {captions(1)}


def test_episodes_without_a_transcript_are_counted_and_said_once(listener: Listener) -> None:
    for number in range(1, 8):
        listener.podcast.add(number, transcripts=())
    listener.podcast.add(8, transcripts=(), published=NOW - DAY)
    listener.podcast.add(9)
    said = listener.follow()
    assert said == [
        "Kitchen Talks: 9 episodes, 1 with a transcript here, 1 new and 0 changed, "
        "8 without a transcript (1 may still get one)"
    ]


def test_a_transcript_that_comes_later_is_fetched(listener: Listener) -> None:
    listener.podcast.add(1, transcripts=(), published=NOW - DAY)
    listener.follow()
    listener.podcast.words["/1.vtt"] = captions(1)
    listener.podcast.change(1, transcripts=(("/1.vtt", VTT),))
    listener.after(2 * HOUR)
    assert listener.transcripts() == {captions(1)}


def test_a_young_transcript_that_is_mended_is_fetched_again_within_a_day(
    listener: Listener,
) -> None:
    podcast = listener.podcast
    podcast.add(1, published=NOW - DAY)
    podcast.add(2)  # which is old
    listener.follow()
    podcast.words |= {"/1.vtt": captions(11), "/2.vtt": captions(12)}
    podcast.publish()
    podcast.forget()
    listener.after(25 * HOUR)
    assert podcast.asked == {"/feed.xml": 1, "/1.vtt": 1}
    assert listener.transcripts() == {captions(11), captions(2)}
    listener.after(25 * HOUR)  # it is the same now, which a word of the server's tells
    assert podcast.asked == {"/feed.xml": 2, "/1.vtt": 2}
    listener.after(2 * WEEK)
    assert podcast.asked == {"/feed.xml": 3, "/1.vtt": 2}


def test_what_was_deleted_from_the_folder_comes_back(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    slug = listener.row(1).slug
    assert slug
    for path in (listener.folder / slug).iterdir():
        path.unlink()
    (listener.folder / slug).rmdir()
    listener.follow()
    assert listener.transcripts() == {captions(1)}


def test_a_fault_of_ours_in_one_transcript_hinders_no_other(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(folder: Path, item: Item, *rest: Any, **named: Any) -> Kept:
        if item.guid == "guid-1":
            raise RecursionError
        return keep(folder, item, *rest, **named)

    monkeypatch.setattr(keepers, "keep", failing)
    listener.podcast.add(1)
    listener.podcast.add(2)
    said = "\n".join(listener.follow())
    assert "/1.vtt cannot be read, by a fault of the bot's (RecursionError)" in said
    assert listener.transcripts() == {captions(2)}
    assert "RecursionError" in caplog.text


def test_many_are_read_by_other_processes_and_told_alike(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/7.vtt": Answer(b"<!DOCTYPE html><html><form>Log in</form></html>")}
    podcast.add_all(range(30))
    said = "\n".join(listener.follow())
    assert "29 new" in said
    assert "Talk 7: http://127.0.0.1" in said
    assert listener.transcripts() == {captions(number) for number in range(30) if number != 7}
    assert not listener.library().faults


def test_an_edit_by_hand_stays_and_is_named(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    [path] = listener.folder.glob("*/transcript.vtt")
    edited = path.read_bytes().replace(b"Kettle", b"Pot")
    path.write_bytes(edited)
    podcast.words["/1.vtt"] = captions(11)
    podcast.change(1, title="Mended")
    said = "\n".join(listener.follow())
    assert "was edited by hand and stays" in said
    assert path.read_bytes() == edited
    assert captions(11) in [one.read_bytes() for one in path.parent.iterdir()]
    assert [one.slug for one in listener.library().entries] == [path.parent.name]


def test_the_same_episode_under_a_new_guid_is_recognised(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    listener.podcast.forget()
    listener.podcast.change(1, guid="another")
    listener.podcast.add(2)
    listener.follow()
    assert "/1.vtt" not in listener.podcast.asked
    assert sorted(listener.store.feeds.items.of(listener.feed)) == ["another", "guid-2"]
    assert len(listener.transcripts()) == 2


def test_an_old_guid_is_forgotten_for_good(listener: Listener) -> None:
    listener.podcast.add(1, published=NOW - DAY)
    listener.follow()
    listener.podcast.change(1, guid="another")
    listener.after(25 * HOUR)
    listener.after(2 * HOUR)
    assert list(listener.store.feeds.items.of(listener.feed)) == ["another"]
    assert len(listener.transcripts()) == 1


def test_what_is_wanted_no_more_costs_no_request(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1, published=NOW - 2 * DAY)
    podcast.answers = {"/2.vtt": NOT_THERE}
    podcast.add(2, published=NOW - DAY)
    listener.follow()
    podcast.withdraw(2)  # before it could be fetched
    listener.after(2 * HOUR)
    podcast.forget()
    for _ in range(3):
        listener.after(2 * HOUR)
    assert podcast.asked == {"/feed.xml": 3}
    assert listener.row(2).failed is None


def test_of_a_guid_used_twice_the_first_counts(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.podcast.add(2, guid="guid-1")
    said = "\n".join(listener.follow())
    assert "warning: line" in said
    assert listener.transcripts() == {captions(2)}


def test_a_withdrawn_episode_is_kept_unless_it_is_to_be_deleted(listener: Listener) -> None:
    for number in (1, 2, 3):
        listener.podcast.add(number)
    listener.follow()
    listener.podcast.withdraw(2)
    said = "\n".join(listener.follow())
    assert "Talk 2: withdrawn, but kept" in said
    assert len(listener.transcripts()) == 3
    listener.podcast.add(4)
    said = "\n".join(listener.follow(deleted=True))
    assert "Talk 2: deleted" in said
    assert listener.transcripts() == {captions(number) for number in (1, 3, 4)}


def test_what_is_known_to_be_withdrawn_is_deleted_or_named(listener: Listener) -> None:
    for number in (1, 2, 3, 4):
        listener.podcast.add(number)
    listener.follow()
    edited = listener.folder / str(listener.row(3).slug) / "transcript.vtt"
    edited.write_bytes(captions(33))
    listener.podcast.withdraw(2)
    listener.podcast.withdraw(3)
    assert "Talk 2: withdrawn, but kept" in "\n".join(listener.follow())
    assert "4 kept of 4 episodes seen, " in list(listed(listener.store.feeds))[1]
    said = "\n".join(listener.follow(deleted=True))  # the feed is as it was
    assert "Talk 2: deleted" in said
    assert "was edited by hand" in said
    assert listener.transcripts() == {captions(1), captions(33), captions(4)}


def test_an_episode_that_has_left_the_feeds_window_is_not_withdrawn(listener: Listener) -> None:
    for number in (1, 2, 3):
        listener.podcast.add(number)
    listener.follow()
    listener.podcast.withdraw(1)
    assert "withdrawn" not in "\n".join(listener.follow(deleted=True))
    assert len(listener.transcripts()) == 3


def test_an_edited_episode_is_not_deleted(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.podcast.add(2)
    listener.follow()
    slug = listener.row(2).slug
    transcript = listener.folder / str(slug) / "transcript.vtt"
    transcript.write_bytes(captions(22))
    said = "\n".join(listener.unfollow(deleted=True))
    assert "1 of its 2 transcripts stay" in said
    assert "was edited by hand" in said
    assert listener.transcripts() == {captions(22)}


def test_what_is_unfollowed_stays_unless_it_is_to_be_deleted(listener: Listener) -> None:
    listener.podcast.add(1)
    listener.follow()
    assert "1 of its 1 transcripts stay" in listener.unfollow()[0]
    assert listener.transcripts() == {captions(1)}
    assert listener.store.feeds.all() == []
    listener.podcast.forget()
    listener.follow()  # the folder tells that it is there
    assert "/1.vtt" not in listener.podcast.asked
    listener.unfollow("Kitchen Talks", deleted=True)
    assert not listener.transcripts()
    with pytest.raises(BotError, match="is not followed") as told:
        listener.unfollow("https://example.com/feed?key=secret")
    assert "secret" not in str(told.value)


def test_the_first_run_announces_nothing_and_later_ones_what_is_new(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1, published=NOW - DAY)
    listener.follow()
    podcast.add(2, published=NOW + HOUR)
    podcast.add(3, published=NOW - 4 * WEEK)  # an old one that is published anew
    podcast.add(4, published=NOW + HOUR, transcripts=())
    listener.after(2 * HOUR)
    slug = str(listener.row(2).slug)
    assert listener.news == [NewEpisode("Kitchen Talks", slug, "Talk 2", NOW + HOUR)]
    podcast.words["/4.vtt"] = captions(4)
    podcast.change(4, transcripts=(("/4.vtt", VTT),))
    listener.after(2 * HOUR)
    assert [one.title for one in listener.news] == ["Talk 2", "Talk 4"]
    podcast.change(2, title="Talk 2, mended")
    listener.after(2 * HOUR)
    assert len(listener.news) == 2


def test_an_announcement_that_fails_is_made_with_the_next_look(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    podcast.add(2, published=NOW + HOUR)

    def fail(_episode: NewEpisode) -> None:
        raise RuntimeError("a fault of ours")

    listener.announce = fail
    with pytest.raises(RuntimeError):
        listener.follow()
    listener.announce = None
    listener.after(2 * HOUR)
    assert [one.title for one in listener.news] == ["Talk 2"]
    listener.after(2 * HOUR)
    assert len(listener.news) == 1


def test_a_server_that_asks_for_a_moment_is_waited_for(listener: Listener) -> None:
    asked: list[str] = []

    def busy(handler: Handler) -> None:
        asked.append(handler.path)
        first = len(asked) == 1
        handler.answer(Answer(b"", 429, {"Retry-After": "1"}) if first else Answer(captions(1)))

    listener.podcast.answers = {"/1.vtt": busy}
    listener.podcast.add(1)
    listener.follow()
    assert len(asked) == 2
    assert listener.transcripts() == {captions(1)}


def test_a_server_that_asks_for_long_is_left_alone_for_so_long(listener: Listener) -> None:
    podcast = listener.podcast
    busy = Answer(b"", 503, {"Retry-After": "7200"})
    podcast.answers = {f"/{number}.vtt": busy for number in (1, 2, 3)}
    for number in (1, 2, 3):
        podcast.add(number)
    said = listener.follow()
    assert "3 put off" in said[0]
    assert "asks to be left alone until" in said[1]
    assert sum(podcast.asked.values()) == 2  # the feed, and one of them
    assert listener.feed.due_at is not None
    assert timedelta(0) <= NOW + 2 * HOUR - listener.feed.due_at < timedelta(minutes=1)
    podcast.answers = {}
    podcast.publish()
    listener.after(HOUR)
    assert sum(podcast.asked.values()) == 2
    listener.after(HOUR)
    assert len(listener.transcripts()) == 3
    assert listener.news == []  # it was the first run still


def test_a_feed_that_asks_to_be_left_alone_is(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    podcast.answers = {"/feed.xml": Answer(b"", 429, {"Retry-After": "36000"})}
    podcast.publish()
    listener.after(2 * HOUR)
    podcast.forget()
    listener.after(9 * HOUR)
    assert not podcast.asked
    listener.after(HOUR)
    assert podcast.asked == {"/feed.xml": 1}


def test_what_is_stopped_is_gone_on_with(listener: Listener) -> None:
    def last(handler: Handler) -> None:
        listener.stop.set()
        handler.answer(Answer(captions(19)))

    listener.podcast.add_all(range(20))
    listener.podcast.answers = {"/19.vtt": last}
    listener.podcast.publish()
    said = listener.follow()
    assert "put off" in said[0]
    assert "the next run goes on from there" in said[1]
    assert captions(19) in listener.transcripts()
    listener.stop.clear()
    listener.after(HOUR)
    assert listener.transcripts() == {captions(number) for number in range(20)}
    asked = listener.podcast.asked
    assert asked.pop("/feed.xml") == 2
    assert set(asked.values()) == {1}


def test_chapters_are_kept_and_missing_ones_hinder_nothing(listener: Listener) -> None:
    chapters = b'{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Kettles"}]}'
    listener.podcast.answers = {"/chapters.json": Answer(chapters)}
    listener.podcast.add(1, chapters="/chapters.json")
    listener.podcast.add(2, chapters="/none.json")
    said = "\n".join(listener.follow())
    assert "warning: Talk 2: chapters: " in said
    kept = listener.folder / str(listener.row(1).slug) / "chapters.json"
    assert kept.read_bytes() == chapters
    assert len(listener.library().entries) == 2


def test_what_is_taken_in_once_is_not_followed_nor_fetched_twice(listener: Listener) -> None:
    for number in (1, 2, 3):
        listener.podcast.add(number)
    assert "2 new" in listener.ingest(newest=2)[0]
    assert listener.store.feeds.all() == []
    listener.podcast.forget()
    assert "1 new" in listener.ingest()[0]
    assert listener.podcast.asked == {"/feed.xml": 1, "/1.vtt": 1}
    listener.podcast.forget()
    listener.follow()
    assert listener.podcast.asked == {"/feed.xml": 1}
    assert listener.news == []


def test_two_podcasts_may_call_their_episodes_alike(listener: Listener) -> None:
    listener.podcast.add(1, guid="1")
    listener.follow()
    podcast = listener.podcast
    podcast.answers = {"/other.xml": Answer(podcast.feed().replace(b"Talk", b"Chat"))}
    podcast.words["/1.vtt"] = captions(11)
    other = podcast.feed().replace(b"Talk 1", b"Chat 1").replace(b"example.com/1", b"example.com/x")
    podcast.answers = {"/other.xml": Answer(other.replace(b"Kitchen Talks", b"Other"))}
    podcast.publish()
    listener.follow(podcast.host.url("/other.xml"))
    assert listener.transcripts() == {captions(1), captions(11)}


@pytest.mark.parametrize("guid", [b"guid-1<", b"other<"])
def test_no_feed_writes_over_the_episodes_of_another(listener: Listener, guid: bytes) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    before = (listener.folder / "kitchen-talks-1" / "episode.yaml").read_bytes()
    podcast.words["/other.vtt"] = captions(11)
    other = podcast.feed().replace(b"/1.vtt", b"/other.vtt").replace(b"guid-1<", guid)
    podcast.answers = {"/other.xml": Answer(other)}
    podcast.publish()
    listener.follow(podcast.host.url("/other.xml"))
    assert listener.transcripts() == {captions(1), captions(11)}
    assert (listener.folder / "kitchen-talks-1" / "episode.yaml").read_bytes() == before


def test_a_feed_that_moved_has_what_was_fetched_of_it_before(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    listener.follow()
    listener.unfollow()
    podcast.answers = {"/new.xml": Answer(podcast.feed().replace(b"guid-1<", b"new<"))}
    podcast.publish()
    podcast.forget()
    listener.follow(podcast.host.url("/new.xml"))
    assert podcast.asked == {"/new.xml": 1}
    assert listener.transcripts() == {captions(1)}


def test_the_key_of_a_private_feed_reaches_neither_folder_nor_database(listener: Listener) -> None:
    podcast, key = listener.podcast, "auth=s3cr3t-k3y"
    podcast.add(
        1, audio=f"https://media.example.com/1.mp3?{key}", transcripts=((f"/1.vtt?{key}", VTT),)
    )
    podcast.words["/1.vtt"] = captions(1)
    podcast.answers = {"/private.xml": Answer(b"", 302, {"Location": "/feed.xml"})}
    podcast.publish()
    listener.follow(podcast.host.url(f"/private.xml?{key}"))
    assert listener.transcripts() == {captions(1)}
    metadata = (listener.folder / "kitchen-talks-1" / "episode.yaml").read_text("utf-8")
    assert "audio: https://media.example.com/1.mp3\n" in metadata
    assert "k3y" not in metadata + repr(listener.row(1)) + repr(listener.feed)


def test_a_page_leads_to_the_feed_that_it_names(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    link = f'<link rel="alternate" type="application/rss+xml" href="{podcast.url}">'
    page = f"<!DOCTYPE html><html><head>{link}</head><body></body></html>".encode()
    podcast.answers = {"/": Answer(page, headers={"Content-Type": "text/html"})}
    podcast.publish()
    listener.follow(podcast.host.url("/"))
    assert listener.feed.address == podcast.url
    assert listener.transcripts() == {captions(1)}


def test_what_is_no_feed_is_not_followed(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.answers = {"/": Answer(b"<!DOCTYPE html><html><body>Hello</body></html>")}
    podcast.publish()
    with pytest.raises(BotError, match="is a page, not a feed"):
        listener.follow(podcast.host.url("/"))
    with pytest.raises(BotError, match="answers 404"):
        listener.follow(podcast.host.url("/nowhere?key=secret"))
    assert listener.store.feeds.all() == []


def test_a_feed_in_a_file_is_followed_too(listener: Listener) -> None:
    listener.podcast.add(1)
    file = listener.folder.parent / "feed.xml"
    file.write_bytes(listener.podcast.feed())
    listener.follow(str(file))
    assert listener.transcripts() == {captions(1)}
    listener.podcast.forget()
    assert listener.follow(str(file)) == ["Kitchen Talks: nothing has changed"]
    listener.podcast.add(2)
    file.write_bytes(listener.podcast.feed())
    listener.after(2 * HOUR)
    assert listener.podcast.asked == {"/2.vtt": 1}
    file.unlink()
    listener.after(2 * HOUR)
    assert "cannot be read" in (listener.feed.failed or "")


def test_hostile_titles_are_told_as_text(listener: Listener) -> None:
    listener.podcast.title = "\u202eTalks"
    listener.podcast.answers = {"/1.vtt": NOT_THERE}
    listener.podcast.add(1, title="<script> <!channel> ../../etc \u202e")
    said = "\n".join(listener.follow())
    assert "\u202e" not in said
    assert "<script> <!channel> ../../etc" in said


def test_the_wanted_language_comes_first(listener: Listener) -> None:
    podcast = listener.podcast
    podcast.add(1)
    german = podcast.feed().replace(
        b"<podcast:transcript",
        f'<podcast:transcript url="{podcast.host.url("/de.vtt")}" type="text/vtt" language="de"/>'
        "<podcast:transcript".encode(),
    )
    podcast.words["/de.vtt"] = captions(49)
    podcast.answers = {"/feed.xml": Answer(german)}
    podcast.publish()
    listener.follow(language="de")
    assert listener.transcripts() == {captions(49)}


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_fetched(
    listener: Listener,
) -> None:
    listener.podcast.add(1)
    listener.folder = listener.folder / "nowhere"
    with pytest.raises(BotError, match=r"nowhere cannot be written .* set KNOWLEDGE_DIR"):
        listener.follow()
    assert listener.podcast.asked == {"/feed.xml": 1}
    assert "cannot be written" in (listener.feed.failed or "")
