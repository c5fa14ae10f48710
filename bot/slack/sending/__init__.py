"""Getting a message to a channel, a thread or a person.

`replies` answers where a request came from, or the person alone if that cannot be; `channels`
posts to a channel that a person chose; `retries` says which calls are made again.
"""
