"""From spans of the transcript to quotes, and back."""
