"""The commands that answer, and that read what is answered from: `chat` to `evaluate`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.bootstrap.environment import settings
from bot.errors import BotError

app = typer.Typer()


@app.command()
def chat() -> None:
    """Talk to the bot in this terminal; no token is needed.

    Example: echo '/llm define RAG' | python -m bot chat
    """
    bootstrap.chat(settings())


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as a JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Answer a JSON object a line.")] = False,
    episode: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Look in this one episode alone.")
    ] = None,
) -> None:
    """Answer one question, or one a line of standard input.

    Example: python -m bot ask 'Why do models hallucinate?'

    With --jsonl each line is {"question": …, "history": [earlier questions, oldest first],
    "episode": slug}, of which the question alone is needed.
    """
    if question is None and not jsonl:
        raise typer.BadParameter("give a QUESTION, or --jsonl for those of standard input")
    if question is not None and jsonl:
        raise typer.BadParameter("give a QUESTION or --jsonl, and not both")
    given = settings()
    answerer = bootstrap.answerer(given)
    from bot.answers import as_text
    from bot.episodes.knowledge.near import no_such
    from bot.jsonl import answer_lines, record

    if episode is not None and answerer.library.place(episode) is None:
        raise BotError(no_such(answerer.library, episode))
    with bootstrap.pointer(given) as pointer:
        if question is None:
            failed = False
            for answered in answer_lines(answerer, sys.stdin, episode, pointer):
                typer.echo(json.dumps(answered))
                failed |= "error" in answered
            raise typer.Exit(failed)
        answer = answerer.ask(question, episode=episode, pointer=pointer)
    typer.echo(json.dumps(record(answer), indent=2) if as_json else as_text(answer, files=True))


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A knowledge folder, an episode's, or a transcript.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="All faults and warnings, not the first of a file.")
    ] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Print a draft of one episode's episode.yaml.")
    ] = False,
) -> None:
    """Say what transcripts hold, and what cannot be read.

    Example: python -m bot check knowledge/episode-02
    """
    from bot.answers.language.spoken import detected, spoken
    from bot.answers.language.thesaurus import faults
    from bot.episodes import check
    from bot.episodes.drafts.suggest import draft
    from bot.episodes.telling import contents, refusals

    path = path or settings().knowledge_dir
    if suggest:
        typer.echo(draft(path, detected), nl=False)
        return
    library = check(path)
    for line in contents(library, path, spoken, verbose=verbose):
        typer.echo(line)
    found = [*library.faults, *faults(path)]
    for line in refusals(found, verbose=verbose):
        typer.echo(line, err=True)
    raise typer.Exit(bool(found))


@app.command()
def text(
    source: Annotated[
        str, typer.Argument(help="A transcript, an episode's folder, its source or its slug.")
    ],
    times: Annotated[
        bool, typer.Option("--times", help="A table instead: where and when each cue is said.")
    ] = False,
) -> None:
    """Print the text whose characters an episode's quotes count.

    Example: python -m bot text episode-02

    With --times the columns are start and end in characters, from and until in seconds, the
    speaker, and the line of the file (in JSON the number of the segment).
    """
    from bot.episodes.knowledge.finding import find, table

    given = settings()
    episode = find(source, given.knowledge_dir, given.cache_dir)
    typer.echo((table(episode) if times else episode.text).encode(), nl=False)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="FILE", help="Questions, as YAML.")],
    as_json: Annotated[bool, typer.Option("--json", help="Figures as a JSON object.")] = False,
    models: Annotated[
        list[str] | None,
        typer.Option("--model", metavar="NAME", help="Also with this model of MODEL_URL's."),
    ] = None,
) -> None:
    """Measure how often the bot quotes and declines rightly.

    With --model, which may be given more than once, a language model chooses where the search is
    unsure; the figures with and without it, and what it took, stand side by side.

    Example: python -m bot evaluate tests/evaluation/dev.yaml
    """
    given = settings()
    answerer = bootstrap.answerer(given)
    from bot.evaluation import Comparison, Report, run

    with_models: dict[str, Report] = {}
    for name in models or ():  # before the others: what is wrong with them is told at once
        with bootstrap.pointer(given, name) as pointer:
            with_models[name] = run(questions, answerer, pointer=pointer)
    local = run(questions, answerer)
    found = Comparison(local, with_models) if models else local
    typer.echo(json.dumps(found.as_json(), indent=2) if as_json else found.as_text())
