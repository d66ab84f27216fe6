"""``countersteer shots import`` and ``export``: a list shown, agreed to, and made; a film written as a list."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import anyio.to_thread

from agent.film import Project, Shot
from agent.studio import Studio
from interfaces.command import checking
from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.shotlists import exporting, importing, preview, sources, weighing
from interfaces.shotlists.importing import Candidate
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
    async with open_house(settings, parts=parts) as house:
        project = await house.project(name)
        found = await _shown(house.studio, project, file)
        ready = [each for each in found if each.shot is not None]
        await _weigh(house.studio, project, ready)
        bad = len(found) - len(ready)
        refusal = _refusal(bad, len(ready), yes=yes, valid_only=valid_only)
        if refusal:
            write(console(), Line(text=refusal, tone=Tone.BAD))
            return FAILED
        await _price(house.studio, project, ready)
        question = f"Make {count(len(ready), 'shot')} in {project.name}{_leaving(bad)}? [y/N] "
        if not (yes or await (ask or _at_terminal)(question)):
            write(console(), "Nothing was imported.")
            return FAILED
        shots = await importing.keep(house.studio, project, ready, source=file.name)
        write(console(), _imported(shots))
    return DONE


async def write_out(settings: Settings, name: str | None, file: Path, *, replace: bool = False) -> None:
    """Every shot of a film into a CSV or JSON file that imports again without loss."""
    async with open_house(settings) as house:
        project = await house.project(name)
        found = await exporting.records(house.studio, project)
        await anyio.to_thread.run_sync(lambda: exporting.write(file, found, replace=replace))
        write(console(), f"{count(len(found), 'shot')} of {project.name} are in {file}.")


async def _shown(studio: Studio, project: Project, file: Path) -> tuple[Candidate, ...]:
    """The rows of a list as shots of the film, shown."""
    known = await importing.known(studio, project)
    listing = await anyio.to_thread.run_sync(lambda: sources.read(file, scene=known))
    found = await importing.candidates(studio, project, listing)
    for line in preview.lines(listing, found, source=file.name):
        write(console(), line)
    return found


async def _weigh(studio: Studio, project: Project, ready: Sequence[Candidate]) -> None:
    """The conflict report over the whole list; it stops nobody, since planned shots can be changed."""
    found = await weighing.against(studio, project, ready)
    checking.show(console(), found)
    sure = sum(conflict.sure for conflict in found)
    write(
        console(), f"{project.name}, {count(len(ready), 'shot')}: {count(len(found), 'conflict')}, {sure} sure to fail."
    )
    if found:
        numbers = _numbers(await weighing.numbers(studio, project, ready))
        write(console(), f"Imported, these are {numbers}; countersteer shots check shows the conflicts again.")


async def _price(studio: Studio, project: Project, ready: Sequence[Candidate]) -> None:
    """What is there already is told, and what first takes of all would come to."""
    twice = await importing.again(studio, project, ready)
    if twice:
        write(console(), Line(text=f"{twice} of them are in the film already, word for word.", tone=Tone.OPEN))
    for line in preview.prices(await importing.price(studio, [each.shot for each in ready if each.shot is not None])):
        write(console(), line)


def _imported(shots: Sequence[Shot]) -> Line:
    numbers = _numbers([shot.number for shot in shots])
    return Line(text=f"Imported as {numbers}, planned. Nothing was sent; say go in the chat.", tone=Tone.GOOD)


def _numbers(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"shot {first}" if first == last else f"shots {first} to {last}"


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
