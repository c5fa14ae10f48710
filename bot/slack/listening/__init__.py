"""Answers unasked: a channel's setting, what is heard there, and the answers.

`command` reads `/llm listen …`, `form` turns it on, `listeners` hands either to `settings`, which
changes what is kept; `words` tells how it stands. `hearing` takes down the questions of channels
that want it. `message` is an answer and `posts` sends it for the loop, as `bot.listening` plans.
"""
