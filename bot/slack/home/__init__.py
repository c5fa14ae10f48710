"""The Home tab, and the pane that opens beside it.

`listener` gathers what a person's Home shows and publishes it, `blocks` draws it, `report` is the
part for admins, `prompts` are the questions that the pane suggests.
"""
