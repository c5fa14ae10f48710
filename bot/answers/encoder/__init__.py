"""The encoder: a small model that lays a text near the questions that it answers.

`encoder` turns texts into vectors, one by one, with the reader's tokenizer. `card.json` says what
the model was trained on, how to make it again, and how well it finds.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
