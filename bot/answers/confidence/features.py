"""The features of confidence: what tells whether the best window answers."""

from bot.answers.retrieval.topic import Topic

FEATURES = ("best", "unmet", "named_unmet")


def features(topic: Topic) -> tuple[float, ...]:
    """Return what `FEATURES` names.

    The best window's logit (how near the search finds it, where nothing was read), the share of the
    question's terms that its passage lacks, and whether one of these is written as a name or has a
    digit.
    """
    first, unmet = topic.ranked[0], topic.unmet
    return (
        first.near if first.logit is None else first.logit,
        len(unmet) / max(1, len(topic.terms)),
        float(any(term.named for term in unmet)),
    )
