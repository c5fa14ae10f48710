"""Fail where int8 loses more than .005 against float.

python -m tests.training.compare FLOAT_FIGURES.json INT8_FIGURES.json
"""

import json
import sys
from pathlib import Path

MOST_LOST = 0.005
_HIGHER_IS_BETTER = ("found first", "found three", "auroc", "auroc of the probability")


def lost(before: Path, after: Path) -> dict[str, float]:
    """Return how much each figure on unseen episodes fell."""
    old, new = (json.loads(path.read_text("utf-8"))["unseen"] for path in (before, after))
    return {name: round(old[name] - new[name], 4) for name in _HIGHER_IS_BETTER}


def main(before: str, after: str) -> int:
    """Print what was lost; 1 where it is too much."""
    figures = lost(Path(before), Path(after))
    print(json.dumps(figures))
    return int(max(figures.values()) > MOST_LOST)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
