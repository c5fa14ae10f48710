"""From spans of the transcript to quotes, and back.

`quotes` makes a quote from a passage's sentences and finds it again from its coordinates.
`transcript_page` gives the turns around a quote.
"""
