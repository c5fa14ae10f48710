"""The commands of `python -m bot`, each in the module of its subject.

A command imports what it needs when it runs: `ask` never loads Slack, and `--help` nothing.
"""
