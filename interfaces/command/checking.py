"""``countersteer shots check``: what speaks against what in the whole film, before anything is paid."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from agent.conflicts import report_film
from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house
from prompts.conflicts import Between, Conflict

DONE, FAILED = 0, 1
MOST_NAMED = 12
"""Shots that are listed by name; of more the number is enough to go by."""


async def check(settings: Settings, name: str | None) -> int:
    """The table of conflicts over all open shots; 1 when a shot would surely fail."""
    async with open_house(settings) as house:
        project, out = await house.project(name), console()
        found = await report_film(house.studio, project.id)
        show(out, found)
        shots = count(len(await house.studio.store.shots(project.id)), "shot")
        sure = sum(conflict.sure for conflict in found)
        write(out, f"{project.name}, {shots}: {count(len(found), 'conflict')}, {sure} of them sure to fail.")
        return FAILED if sure else DONE


def show(out: Console, conflicts: Sequence[Conflict]) -> None:
    """One table: what disagrees, how many shots it concerns, which, and what to do about it."""
    order = list(Between)
    for between, group in groupby(sorted(conflicts, key=lambda each: order.index(each.between)), lambda c: c.between):
        held = tuple(group)
        write(out, Line(text=f"{between}: {len(held)}", tone=Tone.PERSON))
        for conflict in held:
            write(out, Line(text=_row(conflict), tone=Tone.BAD if conflict.sure else Tone.OPEN))
            write(out, Line(text=f"                  do: {conflict.advice}", tone=Tone.QUIET))


def _row(conflict: Conflict) -> str:
    mark = "fails" if conflict.sure else "warns"
    figure = count(len(conflict.shots), "shot") if conflict.shots else "film"
    return f"  {mark:<6}{figure:>9}  {conflict.sentence}{_named(conflict.shots)}"


def _named(shots: Sequence[str]) -> str:
    return f" [{', '.join(shots)}]" if 0 < len(shots) <= MOST_NAMED else ""
