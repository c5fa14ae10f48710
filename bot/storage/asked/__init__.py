"""Questions, thumbs, turns of threads, and questions that were handed to a person."""
