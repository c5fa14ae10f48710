"""New episodes in a channel: its settings, the cards, and the lists of what is too much for cards.

`command` reads `/llm new …`, `form` is the same as a modal, `listeners` hands either to
`settings`, which changes what is kept; `words` tells how it stands. `card` gathers what is said of
an episode, `message` draws it, and `posts` sends it for the loop, as `bot.announcing` plans.
"""
