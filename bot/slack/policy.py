"""What the operator has decided."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's choices, the same in every workspace.

    `daily_by` is who may set a daily takeaway. `retention_days` is for how many days questions are
    kept. `human_channel` is where *Ask a human* posts, if anywhere. `rate_limit` is as
    `RateLimiter` reads it.
    """

    daily_by: Literal["anyone", "admins"] = "anyone"
    retention_days: int = 90
    human_channel: str | None = None
    rate_limit: str = "20/minute"


DEFAULT_POLICY = Policy()
