"""Reading a message: the question in it, small talk, intents, follow-ups.

`parse` finds the clause that asks. `small_talk` and `intents` recognise what needs no search,
`follow_up` what leans on the thread. `terms` takes the question apart into the words to search
for, `answer_types` says what kind of answer it expects.
"""
