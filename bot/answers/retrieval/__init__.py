"""Finding what may answer a question, and reading it.

`retriever` is the way in: `search` proposes `windows`, by words in common and by `word_vectors`,
and the reader reads the best of them. `lists` finds what the transcript announces as a list.
"""
