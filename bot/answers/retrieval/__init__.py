"""Finding passages for a question and ranking them.

`retriever` is the way in: the index proposes passages, `windows` are the runs of sentences in
them, `features` measures each window against the question, `ranking` puts the best first. `lists`
finds what the transcript announces as a list.
"""
