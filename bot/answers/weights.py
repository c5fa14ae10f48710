"""The fitted weights of the ranking and of the confidence.

Written by `python -m bot.evaluation.fit`; not by hand.
"""

import json
from pathlib import Path

_WEIGHTS = json.loads(Path(__file__).with_name("weights.json").read_text("utf-8"))
RANKING: dict[str, float] = _WEIGHTS["ranking"]
CONFIDENCE: dict[str, float] = _WEIGHTS["confidence"]
