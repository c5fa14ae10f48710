"""Transcripts in JSON, whichever program wrote them."""
