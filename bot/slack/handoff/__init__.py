"""A question that the episode does not answer goes to a person, and the answer comes back.

`ask` opens the form and posts the question to the human channel, `answer` takes what a person
writes there back to whoever asked, `kept` keeps it for whoever asks the same and withdraws it
again, `blocks` are the forms and messages of all.
"""
