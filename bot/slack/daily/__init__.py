"""A channel's daily takeaway: its settings and its posts.

`command` reads `/llm daily …`, `form` is the same as a modal, `listeners` hands either to
`settings`, which changes what is kept; `words` tells how it stands. `message` is the post itself
and `posts` sends it for the loop in `bot.posting`.
"""
