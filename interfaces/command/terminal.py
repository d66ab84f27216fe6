"""What every command prints with: rich where there is a terminal, plain lines where there is none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from agent.money import usd
from agent.studio import Studio
from interfaces.wiring import House

_COLOURS = (
    ("DELIVERED", "bold green"),
    ("YOUR CHOICE", "bold yellow"),
    ("UNKNOWN", "bold red"),
    ("re-routed", "cyan"),
    ("SEEN:", "red"),
    ("DIRECTOR", "bold"),
)


def console() -> Console:
    """The terminal; colours only where one is there and ``NO_COLOR`` is not set."""
    return Console(highlight=False, soft_wrap=True)


def write(out: Console, line: str) -> None:
    """One line of the story, in its colour. Text from outside is never read as markup."""
    colour = next((colour for mark, colour in _COLOURS if mark in line), None)
    out.print(f"[{colour}]{escape(line)}[/]" if colour else escape(line))


@asynccontextmanager
async def progress(out: Console, house: House, project_id: str) -> AsyncIterator[None]:
    """A line that moves while the worker works: what renders, what is spent."""
    if not out.is_terminal:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("starting")

        async def follow() -> None:
            while True:
                bar.update(task, description=await status(house, project_id))
                await asyncio.sleep(0.3)

        following = asyncio.create_task(follow())
        try:
            yield
        finally:
            following.cancel()


async def status(house: House, project_id: str) -> str:
    """What goes on and what it has cost, on one line."""
    pulse = house.worker.pulse
    return f"{pulse.waiting} rendering, {pulse.busy} at work, {await cost(house.studio, project_id)}"


async def cost(studio: Studio, project_id: str) -> str:
    """Spent so far; sandbox money says so."""
    spent = usd(await studio.store.spent_micro_usd(project_id))
    return f"{spent} (sandbox)" if studio.sandbox else spent
