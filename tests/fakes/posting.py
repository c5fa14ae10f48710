"""What tests of daily posts and those of new episodes start from: a clock, channels."""

import pytest

from tests.fakes.channels import Clock, FakeChannels
from tests.storage.samples import NOW


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def channels() -> FakeChannels:
    return FakeChannels()
