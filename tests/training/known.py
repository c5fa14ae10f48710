"""Who wrote questions that an earlier round has learned from."""

from collections.abc import Sequence

from tests.training.data import Question


def authors(questions: Sequence[Question], last: Sequence[str]) -> frozenset[str]:
    """Return who wrote questions before and up to some authors: `train-a` to `train-z`, `train-aa`.

    What no author of `questions/` wrote has no name, and belongs to them: SQuAD, QMSum, and the
    evaluation files that are trained on.
    """
    found = {one.author for one in questions}
    return frozenset(one for one in found if not one or any(_up_to(one, end) for end in last))


def _up_to(author: str, last: str) -> bool:
    """Return whether an author is this one or one before, of those with the same first name."""
    alike = author.partition("-")[0] == last.partition("-")[0]
    return alike and (len(author), author) <= (len(last), last)
