"""The fitted weights of the ranking and of the confidence.

`weights.json` is written by `python -m bot.evaluation.fit`, not by hand. A feature that it does
not know yet weighs nothing.
"""

import json
from pathlib import Path

import numpy as np

from bot.answers.confidence.model import Model

PATH = Path(__file__).with_name("weights.json")
_WEIGHTS = json.loads(PATH.read_text("utf-8"))
RANKING: dict[str, float] = _WEIGHTS["ranking"]
CONFIDENCE = Model(
    center=np.array(_WEIGHTS["confidence"]["center"]),
    scale=np.array(_WEIGHTS["confidence"]["scale"]),
    form=np.array(_WEIGHTS["confidence"]["form"]),
    slope=_WEIGHTS["confidence"]["slope"],
    offset=_WEIGHTS["confidence"]["offset"],
)
