"""Questions, thumbs, turns of threads, and what was handed to a person and answered."""
