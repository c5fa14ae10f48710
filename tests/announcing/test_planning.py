"""What a channel is told of next: three cards an hour, the rest in one list."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.planning import GATHERED, Told, look_again, next_post, untold
from bot.storage import NewsPost, PostState, Recorded
from tests.storage.samples import DAY, MINUTE, NOW, a_new_episode

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def recorded(*slugs: str, at: datetime = NOW) -> list[Recorded]:
    return [Recorded(a_new_episode(slug), at) for slug in slugs]


def posted(told: Told, at: datetime = NOW, state: PostState = PostState.POSTED) -> NewsPost:
    return NewsPost(1, state, told.item, "1.5", at)


def cards(*minutes_ago: float) -> list[NewsPost]:
    return [posted(Told((f"old-{ago}",)), NOW - ago * MINUTE) for ago in minutes_ago]


@pytest.mark.parametrize(
    "told",
    [
        Told(("a",)),
        Told(("a", "b"), is_list=True),
        Told(("a",), is_list=True),
        Told(('Ünïcode "3"\n\udcff',)),
    ],
)
def test_what_is_told_of_is_kept_and_read_again(told: Told) -> None:
    assert Told.of(told.item) == told
    assert told.item.isascii()  # a slug may hold what no database keeps


def test_nothing_waits() -> None:
    assert next_post([], cards(1), NOW) is None


def test_the_first_three_of_an_hour_get_cards_the_oldest_first() -> None:
    waiting = recorded("a", "b")
    for posts in ([], cards(59), cards(59, 3)):
        assert next_post(waiting, posts, NOW) == Told(("a",))


def test_a_fourth_waits_for_company_then_all_that_wait_stand_in_one_list() -> None:
    waiting, posts = recorded("a", "b"), cards(3, 2, 1)
    assert next_post(waiting, posts, NOW) == NOW + GATHERED
    assert next_post(waiting, posts, NOW + GATHERED) == Told(("a", "b"), is_list=True)


def test_a_card_is_due_again_an_hour_after_the_first_of_three() -> None:
    posts = [*cards(59.5, 2, 1), posted(Told(("x",), is_list=True), NOW - 30 * MINUTE)]
    assert next_post(recorded("a"), posts, NOW) == NOW + MINUTE / 2
    assert next_post(recorded("a"), posts, NOW + MINUTE / 2) == Told(("a",))


def test_there_is_one_list_an_hour() -> None:
    posts = [*cards(20, 20, 20), posted(Told(("x",), is_list=True), NOW - 50 * MINUTE)]
    waiting = recorded("a", at=NOW - 5 * MINUTE)
    assert next_post(waiting, posts, NOW) == NOW + 10 * MINUTE
    assert next_post(waiting, posts, NOW + 10 * MINUTE) == Told(("a",), is_list=True)


def test_what_was_skipped_takes_no_place_of_a_card() -> None:
    posts = [*cards(3, 2), posted(Told(("x",)), state=PostState.SKIPPED)]
    assert next_post(recorded("a"), posts, NOW) == Told(("a",))


def test_what_any_post_tells_of_is_not_told_again() -> None:
    posts = [
        posted(Told(("a",))),
        posted(Told(("b", "c"), is_list=True)),
        posted(Told(("d",)), state=PostState.SKIPPED),
        posted(Told(("e",)), state=PostState.CLAIMED),
    ]
    left = untold(recorded("a", "b", "c", "d", "e", "f"), posts)
    assert [one.episode.slug for one in left] == ["f"]


def test_what_is_not_read_is_looked_for_soon_then_ever_less_often() -> None:
    waits = []
    for age in (timedelta(), 10 * SECOND, MINUTE, 10 * MINUTE, DAY):
        again = look_again(recorded("a", at=NOW - age), NOW)
        assert again is not None
        waits.append((again - NOW).total_seconds())
    assert waits == [5, 5, 15, 150, 300]
    assert look_again([], NOW) is None


@given(st.lists(st.floats(0, 400), max_size=40), st.integers(0, 120))
def test_no_hour_holds_more_than_three_cards_and_a_list(ages: list[float], late: int) -> None:
    """Episodes come at any minutes; the bot looks whenever it said it would, or a little later."""
    arrivals = sorted(ages)
    posts: list[NewsPost] = []
    now, end = NOW, NOW + 20 * HOUR
    while now < end:
        come = [
            Recorded(a_new_episode(str(number)), NOW + age * MINUTE)
            for number, age in enumerate(arrivals)
            if NOW + age * MINUTE <= now
        ]
        following = next_post(untold(come, posts), posts, now)
        if isinstance(following, Told):
            posts.append(posted(following, now))
            continue
        later = [NOW + age * MINUTE for age in arrivals if NOW + age * MINUTE > now]
        now = min(filter(None, (following, *later)), default=end) + late * SECOND
    told = [slug for post in posts for slug in Told.of(post.item).slugs]
    assert sorted(told, key=int) == [str(number) for number in range(len(arrivals))]
    for is_list, most in ((False, 3), (True, 1)):
        times = [one.ended_at for one in posts if Told.of(one.item).is_list is is_list]
        moments = [one for one in times if one]
        for first, beyond in zip(moments, moments[most:], strict=False):
            assert beyond - first >= HOUR
