"""Which words are general English: those that the reader's tokenizer knows whole.

Its vocabulary is BERT's (Devlin et al., 2019; Apache-2.0): 30,522 pieces, of which about 22,000
are the commonest words of Wikipedia and of books. Names, jargon and slips come in several pieces.
"""

import json
from functools import cache

from bot.answers.reader import TOKENIZER


@cache
def english() -> frozenset[str]:
    """Return the words, in small letters; none where the vocabulary is missing or damaged."""
    try:
        vocabulary = json.loads(TOKENIZER.read_bytes())["model"]["vocab"]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(word for word in vocabulary if word.isalpha())
