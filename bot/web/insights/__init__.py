"""The page that shows a workspace's owners what was asked.

`page` checks the link and answers; `gathering` counts, `rows` names, and `showing` hands both to
the template. `drawings` draws, in `shapes`, along what `scales` measures.
"""

from bot.web.insights.page import PATH, Sources, insights

__all__ = ["PATH", "Sources", "insights"]
