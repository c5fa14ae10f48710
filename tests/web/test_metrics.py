"""What Prometheus is shown."""

from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

from bot.storage import StoreError
from bot.web.metrics import Metrics


def samples(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """The value of each sample, by its name and the values of its labels."""
    shown = text_string_to_metric_families(metrics.exposition().decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in shown
        for sample in family.samples
    }


def posts() -> Mapping[str, int]:
    return {"posted": 3}


def away() -> Mapping[str, int]:
    raise StoreError("away")


def test_questions_count_by_surface_and_outcome_and_their_time_by_surface() -> None:
    metrics = Metrics(posts)
    metrics.answered("command", "answered", 0.12)
    metrics.answered("command", "declined", 0.02)
    shown = samples(metrics)
    assert shown["bot_requests_total", "answered", "command"] == 1
    assert shown["bot_requests_total", "command", "declined"] == 1
    assert shown["bot_answer_seconds_count", "command"] == 2
    assert shown["bot_answer_seconds_bucket", "0.025", "command"] == 1


def test_errors_count_by_a_bounded_set_of_words() -> None:
    metrics = Metrics(posts)
    for word in ("channel_not_found", "internal", *(f"word{n}" for n in range(100))):
        metrics.failed(word)
    counted = {key: value for key, value in samples(metrics).items() if "errors_total" in key[0]}
    assert counted == {
        ("bot_errors_total", "channel_not_found"): 1,
        ("bot_errors_total", "internal"): 1,
        ("bot_errors_total", "other"): 100,
    }


def test_posts_are_those_of_the_store() -> None:
    assert samples(Metrics(posts))["bot_posts", "posted"] == 3


def test_without_the_database_the_rest_is_shown() -> None:
    metrics = Metrics(away)
    metrics.failed("internal")
    assert next(iter(samples(metrics))) == ("bot_errors_total", "internal")
    assert not any(key[0] == "bot_posts" for key in samples(metrics))
