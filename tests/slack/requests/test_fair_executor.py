"""A share of the workers for everybody."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Timer

import pytest

from bot.slack.requests.fair_executor import AT_ONCE, FairExecutor, submit_for


def test_somebody_else_need_not_wait_for_one_persons_many_requests() -> None:
    with ThreadPoolExecutor(AT_ONCE + 1) as threads:
        fair, gate = FairExecutor(threads), Event()
        submit_for("one")
        held = [fair.submit(gate.wait, 10) for _ in range(50)]
        submit_for("another")
        assert fair.submit(lambda: "answered").result(timeout=5) == "answered"
        gate.set()
        assert [future.result(timeout=5) for future in held] == [True] * 50


def test_one_persons_requests_keep_their_order() -> None:
    with ThreadPoolExecutor(1) as threads:
        fair, done = FairExecutor(threads), list[int]()
        submit_for("one")
        futures = [fair.submit(done.append, number) for number in range(20)]
        futures[-1].result(timeout=5)
        assert done == list(range(20))


def test_a_person_whose_calls_wait_in_line_is_known() -> None:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        fair, gate = FairExecutor(threads), Event()
        submit_for("one")
        held = [fair.submit(gate.wait, 10) for _ in range(2 * AT_ONCE)]
        assert fair.keeps_waiting("one")
        assert not fair.keeps_waiting("another")
        gate.set()
        assert all(future.result(timeout=5) for future in held)
        assert not fair.keeps_waiting("one")


def test_work_of_nobody_waits_for_no_turn() -> None:
    with ThreadPoolExecutor(AT_ONCE + 2) as threads:
        fair, gate = FairExecutor(threads), Event()
        submit_for(None)
        held = [fair.submit(gate.wait, 10) for _ in range(AT_ONCE + 1)]
        assert fair.submit(lambda: 1).result(timeout=5) == 1
        gate.set()
        assert all(future.result(timeout=5) for future in held)


def test_what_fails_is_raised_and_frees_its_place() -> None:
    def fail() -> None:
        raise ValueError("broken")

    with ThreadPoolExecutor(1) as threads:
        fair = FairExecutor(threads)
        submit_for("one")
        broken: list[Future[None]] = [fair.submit(fail) for _ in range(AT_ONCE + 2)]
        for future in broken:
            with pytest.raises(ValueError, match="broken"):
                future.result(timeout=5)
        assert fair.submit(lambda: "well").result(timeout=5) == "well"


def test_what_was_taken_is_finished_when_the_executor_closes() -> None:
    done, gate = list[int](), Event()
    with ThreadPoolExecutor(2) as threads:
        fair = FairExecutor(threads)

        def finish(number: int) -> None:
            gate.wait(5)
            done.append(number)

        submit_for("one")
        for number in range(6):
            fair.submit(finish, number)
        Timer(0.2, gate.set).start()  # by then the executor is closing
    assert sorted(done) == list(range(6))
