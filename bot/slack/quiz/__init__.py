"""The quiz on the reference sheet's terms.

It is a modal that goes on from question to question; its whole state stands in the modal, and
nothing of it is kept. The questions are made in `bot.answers.episode.quiz`.
"""
