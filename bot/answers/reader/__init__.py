"""The reader: a small cross-encoder that reads a question and a window of the transcript together.

`pairs` turns both into tokens, `reader` runs the model that stands beside it and gives a logit.
`card.json` says what the model was trained on, how to make it again, and how well it reads.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
TOKENIZER = FOLDER / "tokenizer.json"
