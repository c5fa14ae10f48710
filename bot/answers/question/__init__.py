"""Reading a message: the question in it, small talk, intents, follow-ups.

`parse` finds the clause that asks. `small_talk` and `intents` recognise what needs no search,
`follow_up` what leans on the thread. `terms` takes the question apart into the words that say what
it is about, `languages` tells those in another language so. `same` tells whether two questions
mean the same.
"""
