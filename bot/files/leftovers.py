"""Files that nothing needs any more, in folders that lose nothing by losing them."""

import logging
import time
from collections.abc import Collection
from pathlib import Path

UNUSED = 7 * 24 * 3600  # seconds: an episode that was away for a day is not read again

log = logging.getLogger(__name__)


def delete_unused(folder: Path, used: Collection[str]) -> None:
    """Delete the files of a folder whose names are not `used`, once they are a week old."""
    gone = time.time() - UNUSED
    try:
        for file in folder.iterdir():
            if file.name not in used and file.is_file() and file.stat().st_mtime < gone:
                file.unlink(missing_ok=True)
    except OSError as error:  # another process tidies too
        log.debug("Not all was tidied in %s: %s", folder, error)
