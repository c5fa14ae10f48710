"""The features of confidence: what tells whether the best window answers."""

import math
from collections.abc import Iterator, Sequence

from bot.answers.question.answer_types import compares, demand, errand, focus, timely
from bot.answers.question.parse import Form
from bot.answers.question.terms import Clue
from bot.answers.retrieval.features import FEATURES as RANKED
from bot.answers.retrieval.ranking import Ranked
from bot.answers.retrieval.retriever import Topic

# What the ranking saw of the best window, and the forms of question that matter.
_SEEN = (
    "literal",
    "meant",
    "kin",
    "topic",
    "asked_literal",
    "asked_likeness",
    "asked_repeated",
    "short",
)
_FORMS = (Form.KEYWORDS, Form.DEFINITION, Form.REASON, Form.METHOD, Form.CLOSED)
FEATURES = (
    *_SEEN,
    "covered",
    "score",
    "margin",
    "lead",
    "unmet",
    "unmet_rarest",
    "unknown",
    "names_missing",
    "demand",
    "number_unmet",
    "name_unmet",
    "focus",
    "focus_unmet",
    "focus_meant",
    "compares",
    "compares_unmet",
    "timely",
    "errand",
    "few_clues",
    *(form.value for form in _FORMS),
)
_NAMES = frozenset({"name", "place", "date"})


def features(retrieval: Topic) -> tuple[float, ...]:
    """Return what `FEATURES` names, of the best window among the ranked ones."""
    question, clues, measure, ranked = (
        retrieval.question,
        retrieval.clues,
        retrieval.measure,
        retrieval.ranked,
    )
    best = ranked[0]
    seen = dict(zip(RANKED, best.features, strict=True))
    total = _weight(clues) or 1.0
    unmet = measure.unmet(best.number)
    literal, meant = measure.met_in(best.number, best.first, best.last)
    met = [*literal, *meant]
    missing = _weight(unmet)
    wanted = demand(question.core)
    failed = wanted is not None and not any(map(wanted.met_by, _sentences(best)))
    compared = compares(question.core)
    named = focus(question.core)
    focused = [clue for clue in clues if clue.stems & named]
    weight = _weight(focused) or 1.0
    foreign = [
        clue.weight for clue in clues if clue.foreign and clue not in literal and clue not in meant
    ]
    found = {
        **{name: seen[name] for name in _SEEN},
        "covered": 1 - missing / total,
        "score": best.score / 10,
        "margin": min(2.0, best.score - ranked[1].score) if len(ranked) > 1 else 2.0,
        "lead": 1 / sum(math.exp(one.score - best.score) for one in ranked),
        "unmet": missing,
        "unmet_rarest": max((clue.weight for clue in unmet), default=0.0),
        "unknown": _weight([clue for clue in clues if not clue.known]) / total,
        "names_missing": max(foreign, default=0.0),
        "demand": float(wanted is not None),
        "number_unmet": float(failed and wanted is not None and wanted.kind not in _NAMES),
        "name_unmet": float(failed and wanted is not None and wanted.kind in _NAMES),
        "focus": float(bool(focused)),
        "focus_unmet": 1 - _weight([one for one in focused if one in met]) / weight
        if focused
        else 0.0,
        "focus_meant": _weight([one for one in focused if one in meant]) / weight,
        "compares": float(compared),
        "compares_unmet": missing if compared else 0.0,
        "timely": float(timely(question.core)),
        "errand": float(errand(question.core)),
        "few_clues": 1 / max(1, len(clues)),
        **{form.value: float(question.form is form) for form in _FORMS},
    }
    return tuple(found[name] for name in FEATURES)


def _weight(clues: Sequence[Clue]) -> float:
    return sum(clue.weight for clue in clues)


def _sentences(ranked: Ranked) -> Iterator[str]:
    passage = ranked.passage
    for span in passage.sentences[ranked.first : ranked.last + 1]:
        yield passage.episode.words(span)
