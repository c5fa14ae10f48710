"""What is shown for an answer, and what its buttons do.

`message` turns an `Answer` or `NoAnswer` into blocks, with the row that `buttons` makes. Each
button has a file with its listener: `more`, `in_context`, `share`, `thumbs` with `feedback`. `kept`
is what a person answered before, below a decline.
Buttons carry where quotes stand, never their words, and everything is quoted afresh.
"""
