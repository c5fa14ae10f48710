"""What the operator has decided."""

from dataclasses import dataclass, replace
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's choices, the same in every workspace.

    `daily_by` is who may set a channel's daily takeaway, new episodes and show. `retention_days` is
    for how many days questions are kept. `human_channel` is where *Ask a human* posts, if anywhere,
    and `human_team` the workspace of that channel; None if there is but one. `rate_limit` is as
    `RateLimiter` reads it.
    """

    daily_by: Literal["anyone", "admins"] = "anyone"
    retention_days: int = 90
    human_channel: str | None = None
    human_team: str | None = None
    rate_limit: str = "20/minute"

    def in_workspace(self, team_id: str | None) -> Self:
        """Return the policy as it is for one workspace: another one's channel is not for it."""
        if self.human_team in {None, team_id}:
            return self
        return replace(self, human_channel=None)


DEFAULT_POLICY = Policy()
