"""The Home tab, and the pane that opens beside it.

`listener` is called as they open: `gathering` collects what a person's Home shows (`contents`),
`blocks` draws it, and `admins` what admins alone see of it; `prompts` are the questions that the
pane suggests. `actions` is called as a button of Home is pressed; `report` draws the report that
admins open.
"""
