"""Two at a time, and of one host one: in what is begun, and in what servers see."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from bot.feeds.fetching import Fetcher, several
from tests.fakes.web_host import Answer, Handler, WebHost

Fetching = Callable[..., Fetcher]


class Counting:
    """Counts who is under way at once, altogether and by name."""

    def __init__(self) -> None:
        self._lock, self.names = Lock(), list[str]()
        self.most = self.most_of_one = 0

    def begin(self, name: str) -> None:
        with self._lock:
            self.names.append(name)
            self.most = max(self.most, len(self.names))
            self.most_of_one = max(self.most_of_one, self.names.count(name))

    def end(self, name: str) -> None:
        with self._lock:
            self.names.remove(name)


def test_two_hosts_are_asked_at_once_and_no_third(host: WebHost, fetching: Fetching) -> None:
    counting, both, pause = Counting(), Barrier(2), Event()

    def page(handler: Handler) -> None:
        counting.begin(handler.headers["Host"])
        both.wait(20)  # two are here at the same time, or this fails
        pause.wait(0.03)  # in which a third would come
        counting.end(handler.headers["Host"])
        handler.answer(Answer(b"tea"))

    host.pages["/"] = page
    fetcher = fetching()
    urls = [host.url("/", f"{name}.example") for name in "abcdefgh"]
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda url: fetcher.fetch(url, 10), urls))) == 8
    assert (counting.most, counting.most_of_one) == (2, 1)


def test_one_host_is_asked_once_at_a_time_by_whatever_way(
    host: WebHost, fetching: Fetching
) -> None:
    """Feeds of many hosts lead to one, as with a network that delivers for all of them."""
    counting, pause = Counting(), Event()

    def page(handler: Handler) -> None:
        counting.begin("one")
        pause.wait(0.01)
        counting.end("one")
        handler.answer(Answer(b"tea"))

    moved = {"Location": host.url("/all", "network.example")}
    host.pages.update({"/": Answer(status=302, headers=moved), "/all": page})
    fetcher = fetching()
    urls = [host.url("/", f"{name}.example") for name in "abcdefgh"]
    urls += [host.url("/all", "network.example")] * 4
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda url: fetcher.fetch(url, 10), urls))) == 12
    assert counting.most == 1


def test_a_turn_is_given_back_after_an_error(host: WebHost, fetching: Fetching) -> None:
    fetcher = fetching()
    for _ in range(5):
        with pytest.raises(Exception, match="404"):
            fetcher.fetch(host.url("/none"), 10)


def test_several_do_two_at_a_time_and_of_one_host_one() -> None:
    counting, both = Counting(), Barrier(2)

    def do(job: str) -> str:
        counting.begin(job[0])
        both.wait(20)
        counting.end(job[0])
        return job

    jobs = ["a1", "a2", "a3", "b1", "c1", "d1"]
    done = list(several(jobs, lambda job: job[0], do))
    assert sorted(done) == jobs
    assert [job for job in done if job[0] == "a"] == ["a1", "a2", "a3"]
    assert (counting.most, counting.most_of_one) == (2, 1)


def test_several_of_one_host_are_done_in_their_order() -> None:
    assert list(several(range(20), lambda _: "one", str)) == [str(number) for number in range(20)]


def test_several_of_none_are_none() -> None:
    assert list(several([], str, str)) == []


def test_an_error_of_several_is_raised_and_nothing_more_is_begun() -> None:
    begun: list[int] = []

    def do(job: int) -> int:
        begun.append(job)
        if job == 2:
            raise ValueError("the second")
        return job

    with pytest.raises(ValueError, match="the second"):
        list(several([1, 2, 3, 4], lambda _: "one", do))
    assert begun == [1, 2]


def test_whoever_stops_asking_has_no_more_begun() -> None:
    begun: list[int] = []
    asked = several([1, 2, 3, 4], lambda _: "one", begun.append)
    next(asked)
    asked.close()  # type: ignore[attr-defined]
    assert begun == [1]
