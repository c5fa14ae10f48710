"""What only one format needs is loaded when a file of that format is read."""

import subprocess
import sys

LAZY = {"lxml", "webvtt", "charset_normalizer"}


def test_the_package_loads_no_parser() -> None:
    script = f"import sys, bot.episodes.knowledge.reading; print(sys.modules.keys() & {LAZY})"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "set()"
