"""``countersteer shots import`` and ``export``: a list shown, agreed to, and made; a film written as a list."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio.to_thread

from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.shotlists import exporting, importing, preview, sources
from interfaces.story import Line, Tone
from interfaces.wiring import Parts, open_house

DONE, FAILED = 0, 1
YES = frozenset({"y", "yes"})

Asked = Callable[[str], Awaitable[bool]]
"""Puts a question to the person and says whether the answer was yes."""


async def bring_in(
    settings: Settings,
    name: str | None,
    file: Path,
    *,
    yes: bool = False,
    valid_only: bool = False,
    ask: Asked | None = None,
    parts: Parts | None = None,
) -> int:
    """Show what a list was understood as, ask, and make its shots; they are planned, and nothing is sent for them.

    Args:
        settings: Where the films are.
        name: The film.
        file: The list.
        yes: Make them without asking; not where rows are left that cannot be made.
        valid_only: Make the rows that can be made, and leave the others.
        ask: Who is asked; the terminal, unless something else is given.
        parts: What takes the place of the usual.
    """
    out = console()
    async with open_house(settings, parts=parts) as house:
        project = await house.project(name)
        known = await importing.known(house.studio, project)
        listing = await anyio.to_thread.run_sync(lambda: sources.read(file, scene=known))
        found = await importing.candidates(house.studio, project, listing)
        for line in preview.lines(listing, found, source=file.name):
            write(out, line)
        ready = [each for each in found if each.shot is not None]
        refusal = _refusal(len(found) - len(ready), len(ready), yes=yes, valid_only=valid_only)
        if refusal:
            write(out, Line(text=refusal, tone=Tone.BAD))
            return FAILED
        twice = await importing.again(house.studio, project, ready)
        if twice:
            write(out, Line(text=f"{twice} of them are in the film already, word for word.", tone=Tone.OPEN))
        quotes = await importing.price(house.studio, [each.shot for each in ready if each.shot is not None])
        for line in preview.prices(quotes):
            write(out, line)
        question = f"Make {count(len(ready), 'shot')} in {project.name}{_leaving(len(found) - len(ready))}? [y/N] "
        if not (yes or await (ask or _at_terminal)(question)):
            write(out, "Nothing was imported.")
            return FAILED
        shots = await importing.keep(house.studio, project, ready, source=file.name)
        numbers = f"shot {shots[0].number}" if len(shots) == 1 else f"shots {shots[0].number} to {shots[-1].number}"
        write(out, Line(text=f"Imported as {numbers}, planned. Nothing was sent; say go in the chat.", tone=Tone.GOOD))
    return DONE


async def write_out(settings: Settings, name: str | None, file: Path, *, replace: bool = False) -> None:
    """Every shot of a film into a CSV or JSON file that imports again without loss."""
    async with open_house(settings) as house:
        project = await house.project(name)
        found = await exporting.records(house.studio, project)
        await anyio.to_thread.run_sync(lambda: exporting.write(file, found, replace=replace))
        write(console(), f"{count(len(found), 'shot')} of {project.name} are in {file}.")


def _refusal(bad: int, ready: int, *, yes: bool, valid_only: bool) -> str:
    """Why nothing is made, where rows are left that cannot be, and nobody said to leave them."""
    if not ready:
        return "None of them can be made as they stand, so nothing was imported; mend the list and import it again."
    if bad and yes and not valid_only:
        rows = count(bad, "row")
        return f"{rows} cannot be made, so nothing was imported; mend the list, or add --valid-only to leave them out."
    return ""


def _leaving(bad: int) -> str:
    return f" and leave {count(bad, 'row')} out" if bad else ""


async def _at_terminal(question: str) -> bool:
    """The answer at the terminal; where nobody can be asked it is no, and says what to add."""
    if not sys.stdin.isatty():
        write(console(), f"{question.rstrip()} There is nobody to ask here; add --yes.")
        return False
    answer = await anyio.to_thread.run_sync(lambda: input(question), abandon_on_cancel=True)
    return answer.strip().lower() in YES
