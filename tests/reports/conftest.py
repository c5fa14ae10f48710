from collections.abc import Callable, Iterable

import pytest

from bot.reports import Report, build
from bot.storage import Feedback, Question, Store
from tests.storage.samples import ASKER, NOW

MakeReport = Callable[..., Report]


@pytest.fixture
def report_of(memory: Store) -> MakeReport:
    """The report of questions and thumbs that were given today."""

    def make(questions: Iterable[Question] = (), judged: Iterable[Feedback] = ()) -> Report:
        for question in questions:
            memory.questions.add(ASKER, question)
        for given in judged:
            memory.questions.judge(ASKER, given)
        return build(memory, NOW)

    return make


@pytest.fixture
def memory() -> Iterable[Store]:
    """A store in memory."""
    store = Store.open()
    yield store
    store.close()
