"""Finding what may answer a question, and reading it.

`retriever` is the way in: `search` proposes `windows`, by words in common, by `word_vectors` and by
the encoder's `encodings`, and the reader reads the best of them into a `topic`. An episode brings a
`part`, made once; `build` keeps parts and puts them together into the `collection` that is
searched. `lists` finds what a transcript announces as a list.
"""
