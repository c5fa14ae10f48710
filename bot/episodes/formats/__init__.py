"""From the bytes of a transcript file to one text with its turns and times, format by format."""
