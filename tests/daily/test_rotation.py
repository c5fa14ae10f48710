"""What comes next."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.daily import next_item

TAKEAWAYS = [f"episode-02/takeaway/{number}" for number in range(1, 9)]
QUOTES = [f"episode-02/{number:012x}" for number in range(10)]
KEYS = [*TAKEAWAYS, *QUOTES]


def in_order(keys: list[str], count: int, who: str = "s1") -> list[str]:
    """What a subscription gets on as many days."""
    used: list[str] = []
    for _ in range(count):
        used.append(next_item(keys, Counter(used), who))
    return used


def test_the_takeaways_come_first_and_in_order() -> None:
    assert in_order(KEYS, 8) == TAKEAWAYS


@given(st.sets(st.sampled_from(KEYS), min_size=1).map(sorted), st.text())
def test_nothing_repeats_until_everything_was_there(keys: list[str], who: str) -> None:
    rounds = in_order(keys, 3 * len(keys), who)
    for start in range(0, len(rounds), len(keys)):
        assert sorted(rounds[start : start + len(keys)]) == keys


def test_quotes_come_in_an_order_of_the_subscriptions_own() -> None:
    one, other = (in_order(KEYS, len(KEYS), who)[8:] for who in ("s1", "s2"))
    assert sorted(one) == sorted(other) == QUOTES
    assert one != other
    assert one == in_order(KEYS, len(KEYS), "s1")[8:]


def test_a_new_edition_takes_keys_away_and_brings_others() -> None:
    used = Counter(in_order(KEYS, 12))
    new = "episode-03/takeaway/1"
    kept = [key for key in KEYS if key != TAKEAWAYS[0]]
    assert next_item([*kept, new], used, "s1") == new
    left = [key for key in QUOTES if not used[key]]
    assert next_item(kept, used, "s1") in left
