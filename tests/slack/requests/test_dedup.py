from concurrent.futures import ThreadPoolExecutor

from bot.slack.requests.dedup import DAY, Deliveries


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_event_is_new_once() -> None:
    deliveries = Deliveries(Clock())
    assert [deliveries.first_time(e) for e in ("Ev1", "Ev2", "Ev1")] == [True, True, False]


def test_an_event_is_remembered_for_a_day() -> None:
    clock = Clock()
    deliveries = Deliveries(clock)
    deliveries.first_time("Ev1")
    clock.now = DAY - 1
    assert not deliveries.first_time("Ev1")
    clock.now = DAY
    assert deliveries.first_time("Ev1")


def test_the_oldest_make_room_when_there_are_too_many() -> None:
    deliveries = Deliveries(Clock(), most=2)
    for event in ("Ev1", "Ev2", "Ev3"):
        deliveries.first_time(event)
    assert not deliveries.first_time("Ev2")
    assert deliveries.first_time("Ev1")


def test_of_many_threads_one_is_first() -> None:
    deliveries = Deliveries(Clock())
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(deliveries.first_time, ["Ev1"] * 64)) == 1
