"""Log lines say which request they are about."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import pytest

from bot.log_context import AboutFilter, about
from bot.slack.requests.fair_executor import FairExecutor


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.handler.addFilter(AboutFilter())
    return caplog


def test_a_line_says_what_it_is_about_also_from_a_worker(lines: pytest.LogCaptureFixture) -> None:
    def handle() -> None:
        about.set("T1 app_mention")
        with ThreadPoolExecutor(1) as threads:
            FairExecutor(threads).submit(logging.warning, "%s went wrong", "It").result()

    Context().run(handle)
    assert lines.messages == ["[T1 app_mention] It went wrong"]


def test_a_line_about_no_request_is_left_alone(lines: pytest.LogCaptureFixture) -> None:
    Context().run(logging.warning, "%d %%", 3)
    assert lines.messages == ["3 %"]
