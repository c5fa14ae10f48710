"""What is posted next. Pure."""

import hashlib
from collections import Counter
from collections.abc import Sequence

TAKEAWAY = "/takeaway/"  # stands in the key of every takeaway


def next_item(keys: Sequence[str], used: Counter[str], subscription_id: str) -> str:
    """Return the key among `keys`, which are not empty, that is to be posted after those `used`.

    Takeaways come first, in order, then the rest in an order of the subscription's own. Nothing
    comes again before everything has come as often; keys that are no longer there do not count.
    """

    def turn(key: str) -> tuple[int, bool, str]:
        shuffled = hashlib.sha256(f"{subscription_id} {key}".encode()).hexdigest()
        takeaway = TAKEAWAY in key
        return used[key], not takeaway, "" if takeaway else shuffled

    return min(keys, key=turn)
