"""Whether to answer.

`decide` is the way in: it takes what was read for a question, has the probability estimated that
the best window answers, and says yes, or no with its reason. `features` and `model` are one way to
estimate it; another one is passed to `decide`.
"""
