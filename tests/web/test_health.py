"""Whether something is missing is looked up seldom and answered soon."""

from threading import Event, Thread

from bot.errors import BotError
from bot.web import Readiness


def test_what_is_missing_is_named() -> None:
    def away() -> None:
        raise BotError("postgresql://user:password@host is away")

    assert Readiness({"database": away, "index": lambda: None}).missing() == ["database"]


def test_what_impairs_answers_is_told_and_nothing_is_missing() -> None:
    readiness = Readiness({"index": lambda: None}, impaired=lambda: "model.onnx: damaged")
    assert (readiness.missing(), readiness.impaired()) == ([], "model.onnx: damaged")
    assert Readiness({}).impaired() is None


def test_it_is_not_looked_up_again_at_once() -> None:
    looks: list[int] = []
    readiness = Readiness({"database": lambda: looks.append(1)})
    assert [readiness.missing() for _ in range(50)] == [[]] * 50
    assert len(looks) == 1


def test_what_hangs_counts_as_missing_and_is_asked_once() -> None:
    go_on, looks = Event(), list[int]()

    def hang() -> None:
        looks.append(1)
        go_on.wait()

    readiness = Readiness({"database": hang})
    asked = [Thread(target=readiness.missing) for _ in range(5)]
    for one in asked:
        one.start()
    assert readiness.missing() == ["database"]
    for one in asked:
        one.join()
    assert len(looks) == 1
    go_on.set()
