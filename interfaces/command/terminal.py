"""What every command prints with: wrapped and coloured where there is a terminal, one plain line each where not."""

import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from agent import batches
from agent.money import usd
from agent.studio import Studio
from interfaces.command.under_way import UnderWay
from interfaces.story import Line, Tone

WIDEST = 110  # columns; longer lines are hard to read whatever the terminal offers
TURNS_EVERY_S = 0.3

_STYLES = {
    Tone.PLAIN: "",
    Tone.PERSON: "bold",
    Tone.GOOD: "green",
    Tone.BAD: "red",
    Tone.OPEN: "yellow",
    Tone.MOVE: "cyan",
    Tone.QUIET: "dim",
}


def console() -> Console:
    """The terminal; colours only where one is there and ``NO_COLOR`` is not set. Into a pipe, lines stay whole."""
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, soft_wrap=piped)


def write(out: Console, line: Line | str) -> None:
    """One line in its tone, wrapped under its own beginning. Text from outside is never read as markup."""
    told = line if isinstance(line, Line) else Line(text=line)
    text = Text(printable(told.text), style=_STYLES[told.tone])
    if out.soft_wrap:
        out.print(Text.assemble(told.margin, text))
        return
    indent = len(text.plain) - len(text.plain.lstrip())
    room = max(20, min(out.width, WIDEST) - len(told.margin) - indent)
    for nth, row in enumerate(text[indent:].wrap(out, room) or [Text()]):
        row.rstrip()
        margin = told.margin if nth == 0 and not told.under else _blank(told.margin)
        out.print(Text.assemble((margin, "dim"), " " * indent, row), soft_wrap=True)


def printable(text: str) -> str:
    """The text without anything that could move the cursor, colour the terminal or turn the direction of reading."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "" for char in text)


@asynccontextmanager
async def progress(out: Console, under_way: UnderWay) -> AsyncGenerator[None]:
    """A line that moves while the worker works: what each shot is at, what is spent."""
    if not out.is_terminal:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("")

        async def turn() -> None:
            while True:
                bar.update(task, description=printable(under_way.line()))
                await anyio.sleep(TURNS_EVERY_S)

        async with anyio.create_task_group() as group:
            group.start_soon(turn)
            yield
            group.cancel_scope.cancel()


async def cost(studio: Studio, project_id: str) -> str:
    """Spent so far; sandbox money says so."""
    spent = usd(await studio.store.spent_micro_usd(project_id))
    return f"{spent} (sandbox)" if studio.sandbox else spent


async def so_far(studio: Studio, project_id: str) -> str:
    """The cost, and while many shots are made together, how far they are."""
    spent, batch = await cost(studio, project_id), await batches.latest(studio, project_id)
    return f"{spent} · {batch.line}" if batch is not None and batch.going else spent


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 shot, 2 shots."""
    return f"{number} {one}" if number == 1 else f"{number} {many or f'{one}s'}"


def _blank(margin: str) -> str:
    """As wide as the margin, without the name: for what belongs to the line above."""
    return "".join(char if char in "| " else " " for char in margin)
