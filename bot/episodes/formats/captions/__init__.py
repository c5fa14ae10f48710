"""WebVTT and SubRip: words shown from one time to another."""
