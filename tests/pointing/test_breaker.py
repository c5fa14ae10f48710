from bot.pointing.breaker import FAILURES, PAUSE, Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def failing(clock: Clock, times: int) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(times):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_five_failures_in_a_row_open_it() -> None:
    assert failing(Clock(), FAILURES - 1).allows()
    assert not failing(Clock(), FAILURES).allows()


def test_a_success_in_between_begins_anew() -> None:
    breaker = failing(Clock(), FAILURES - 1)
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_after_a_minute_one_is_let_through_and_closes_it() -> None:
    clock = Clock()
    breaker = failing(clock, FAILURES)
    clock.now += PAUSE
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_one_that_fails_again_opens_it_for_another_minute() -> None:
    clock = Clock()
    breaker = failing(clock, FAILURES)
    clock.now += PAUSE
    assert breaker.allows()
    breaker.failed()
    clock.now += PAUSE - 1
    assert not breaker.allows()
    clock.now += 1
    assert breaker.allows()
