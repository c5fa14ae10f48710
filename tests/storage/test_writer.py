"""Questions that are written a moment after they were answered."""

import logging
from collections.abc import Iterable
from threading import Event

import pytest

from bot.storage import Asker, BatchWriter, Question, Store, StoreError
from bot.storage.asked.questions import Questions
from tests.storage.samples import ASKER, NOW, a_question


class Failing(Questions):
    """Fails once with an error, and says when it did."""

    def __init__(self, store: Store, error: Exception) -> None:
        super().__init__(store.database, store.workspaces)
        self.error: Exception | None = error
        self.failed = Event()

    def add_all(self, asked: Iterable[tuple[Asker, Question]]) -> None:
        error, self.error = self.error, None
        if error:
            self.failed.set()
            raise error
        super().add_all(asked)


def test_what_waits_at_the_end_is_written(store: Store) -> None:
    writer = BatchWriter(store.questions, store.thread_turns)
    given = [a_question(str(number)) for number in range(3)]
    for question in given:
        writer.add(ASKER, question)
    writer.close()
    kept = store.questions.asked(NOW)
    assert sorted(one.id for one in kept) == sorted(one.id for one in given)


@pytest.mark.parametrize("error", [StoreError("away"), RuntimeError("a fault of ours")])
def test_after_a_failure_the_next_questions_are_written(
    store: Store, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(store, error)
    writer = BatchWriter(failing, store.thread_turns)
    writer.add(ASKER, a_question("lost"))
    assert failing.failed.wait(timeout=10)
    writer.add(ASKER, a_question("kept"))
    writer.close()
    assert [one.question for one in store.questions.asked(NOW)] == ["kept"]
    [said] = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert said.getMessage().startswith("1 questions or turns are not kept")
