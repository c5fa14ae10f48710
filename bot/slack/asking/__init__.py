"""A question arrives: by mention, direct message, thread, form, shortcut or workflow.

Each surface has a file with its listeners and a `Reply`, which says what differs there. All of
them call `answer_question` in `answering`. `message_text` finds the question in a payload,
`turn_taking` whether a message in a thread is meant for the bot, `thread_history` what was said
above it.
"""
