"""Posts that must appear once: sent by no client that sends again, found again by their mark.

`once` is what they have in common at Slack's side; `entering` takes the bot into the channel,
`forms` is what their settings share, `stopped` says why posts ended.
"""
