"""A question arrives: by mention, direct message, thread, form, shortcut or workflow.

Each surface has a file with its listeners and a `Reply`, which says what differs there. All of
them call `answer_question` in `answering`. `visible_text` reads a payload as a person sees it,
`message_text` finds the question in it, `turn_taking` whether a message in a thread is meant for
the bot, `thread_history` what was said above it, from the turns that `kept_turns` keeps or from
Slack. `here` has a channel's questions prefer a show.
"""
