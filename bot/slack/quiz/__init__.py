"""The quiz on the reference sheet's terms.

It is a modal that goes from a question to what the sheet says to the choice, and on to the next.
Its whole state stands in the modal, and nothing of it is kept. `form` is called as buttons are
pressed, `views` draws; the questions are made in `bot.answers.episode.quiz`.
"""
