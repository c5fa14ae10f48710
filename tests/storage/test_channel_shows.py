from dataclasses import replace

from bot.storage import Store
from tests.storage.samples import ASKER


def test_a_channel_prefers_one_show_until_another_or_none(store: Store) -> None:
    assert store.channel_shows.get("T1", "C1") is None
    store.channel_shows.prefer(ASKER, "C1", "Kitchen Talks")
    store.channel_shows.prefer(ASKER, "C1", "Garden Talks")
    assert store.channel_shows.get("T1", "C1") == "Garden Talks"
    assert store.channel_shows.end("T1", "C1")
    assert not store.channel_shows.end("T1", "C1")
    assert store.channel_shows.get("T1", "C1") is None


def test_channels_and_workspaces_prefer_each_their_own(store: Store) -> None:
    store.channel_shows.prefer(ASKER, "C1", "Kitchen Talks")
    store.channel_shows.prefer(replace(ASKER, team_id="T2"), "C1", "Garden Talks")
    assert store.channel_shows.get("T1", "C1") == "Kitchen Talks"
    assert store.channel_shows.get("T2", "C1") == "Garden Talks"
    assert store.channel_shows.get("T1", "C2") is None
