"""What is known about words, whatever the episode says.

`spelling` mends slips against the episodes' vocabulary, `english` tells which words are general
English, `thesaurus` reads an owner's house words.
"""
