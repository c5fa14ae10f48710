"""What the episode says of itself: facts, terms, takeaways, a quiz.

`facts` answers questions about the episode, `glossary` and `definitions` those about a term of
the reference sheet, `highlights` is what the daily post shows of an episode, `library_highlights`
of all, `quiz` asks about the sheet.
"""
