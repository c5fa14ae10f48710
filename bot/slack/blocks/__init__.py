"""The Block Kit parts that every feature builds with. Pure.

`elements` are the smallest parts, `message` the bot's own words as a message, `quotes` the
episode's words as blocks, `modals` forms. `button_value` and `quote_refs` say what a button
carries.
"""
