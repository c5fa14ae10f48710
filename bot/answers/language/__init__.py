"""What is known about words, whatever the episode says.

`thesaurus` knows which words mean the same, `spelling` mends slips against the episodes'
vocabulary, `word_frequencies` tells how rare a word is. Their data files stand beside them.
"""
