from concurrent.futures import ThreadPoolExecutor

from bot.slack.requests.dedup import DAY, RecentIds


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_event_is_new_once() -> None:
    recent = RecentIds(Clock())
    assert [recent.is_new(e) for e in ("Ev1", "Ev2", "Ev1")] == [True, True, False]


def test_an_event_is_remembered_for_a_day() -> None:
    clock = Clock()
    recent = RecentIds(clock)
    recent.is_new("Ev1")
    clock.now = DAY - 1
    assert not recent.is_new("Ev1")
    clock.now = DAY
    assert recent.is_new("Ev1")


def test_the_oldest_make_room_when_there_are_too_many() -> None:
    recent = RecentIds(Clock(), most=2)
    for event in ("Ev1", "Ev2", "Ev3"):
        recent.is_new(event)
    assert not recent.is_new("Ev2")
    assert recent.is_new("Ev1")


def test_of_many_threads_one_is_first() -> None:
    recent = RecentIds(Clock())
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(recent.is_new, ["Ev1"] * 64)) == 1
