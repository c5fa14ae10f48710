"""The fitted weights of the ranking and of the confidence, read from `weights.json`.

`python -m bot.evaluation.fit` writes the file. A feature that it does not know yet weighs nothing.
"""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("weights.json")
_WEIGHTS = json.loads(PATH.read_text("utf-8"))
RANKING: dict[str, float] = _WEIGHTS["ranking"]
CONFIDENCE: dict[str, Any] = _WEIGHTS["confidence"]
