"""The loop of the terminal: a line in, what the bot says to it out."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.answers.question.suggestions import suggestions
from bot.slack import Services
from bot.slack.help import COMMAND, EXAMPLES, examples_for
from bot.terminal.conversation import MENTION, Conversation
from bot.terminal.drawing import ACCENT, QUIET, buttons, clean, draw
from bot.terminal.stand_in import Message, StandIn

PROMPT = "> "
NARROWEST, WIDEST = 20, 88  # columns: shorter lines and longer ones are hard to read
UNWRAPPED = 100_000  # columns: what reads a pipe gets its paragraphs whole
_FAREWELLS = frozenset({"exit", "quit"})
_WELCOME = "An automated bot that answers from the podcast's transcript, as it does in Slack."
_TRY = f"Try {COMMAND} define RAG, {MENTION} what is an agent? or just ask; exit ends it."
_TRY_HELP = f"Try {COMMAND} help, {COMMAND} episodes or just ask; exit ends it."


def chat(services: Services, lines: TextIO, output: TextIO) -> None:
    """Answer line after line until they end, or until `exit`, `quit`, Ctrl-D or Ctrl-C.

    A number presses the button of the last answer that bears it. Quotes say their file and line.
    """
    console = _console(output)
    with StandIn() as slack:
        conversation = Conversation(replace(services, files=True), slack)
        said: list[Message] = []
        for line in _typed(lines, console, _welcome(services)):
            said = _answer(line, conversation, said)
            console.print(draw(said) if said else Text("No answer came.\n", QUIET))


def _answer(line: str, conversation: Conversation, said: list[Message]) -> list[Message]:
    """Return what the bot says to a line; `said` is what it said last."""
    choices = {str(number): button for number, button in enumerate(buttons(said), 1)}
    if line in choices:
        return conversation.press(choices[line])
    if line.isdecimal():
        return [Message(f"No button here bears {line}.", (), ephemeral=True)]
    return conversation.say(line)


def _welcome(services: Services) -> tuple[str, ...]:
    """Return what a person is told first; a term is named only where the library defines it."""
    knows = examples_for(suggestions(services.answerer.library)) == EXAMPLES
    return _WELCOME, _TRY if knows else _TRY_HELP


def _typed(lines: TextIO, console: Console, welcome: Iterable[str]) -> Iterator[str]:
    """Yield the lines that say something, without the white space around them."""
    source = _prompted(console, welcome) if lines.isatty() else _read(lines, console)
    for line in map(str.strip, source):
        if line.lower() in _FAREWELLS:
            return
        if line:
            yield line


def _prompted(console: Console, welcome: Iterable[str]) -> Iterator[str]:
    """Yield what a person types, with a welcome before it and line editing where there is any."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 (its import gives `input` editing and a history)
    for line in welcome:
        console.print(Text(line, QUIET))
    console.print()
    try:
        while True:
            yield input(PROMPT)
    except (EOFError, KeyboardInterrupt):
        console.print()


def _read(lines: TextIO, console: Console) -> Iterator[str]:
    """Yield the lines of a pipe or a file, each shown before it is answered."""
    for line in lines:
        if line.strip():
            console.print(Text(PROMPT, ACCENT).append(clean(line.strip()), "bold"))
        yield line


def _console(output: TextIO) -> Console:
    """Where the conversation is drawn: as wide as its terminal, and in colour only there."""
    console = Console(file=output, highlight=False, emoji=False, markup=False)
    console.width = min(max(console.width, NARROWEST), WIDEST) if console.is_terminal else UNWRAPPED
    return console
