"""``countersteer project drift``: which takes look unlike the film, the farthest first."""

from agent.policy import drift
from agent.policy.drift import FAR, FEWEST, Drift
from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house


async def show(settings: Settings, name: str | None) -> None:
    """A line per take that has a look, and how many stand out."""
    async with open_house(settings) as house:
        project, store, out = await house.project(name), house.studio.store, console()
        shots, takes = await store.shots(project.id), await store.takes(project_id=project.id)
        found = drift.drifts(shots, takes, await store.looks(project.id))
        named = {
            take.id: f"shot {shot.number}, take {take.number}"
            for shot in shots
            for take in takes
            if take.shot_id == shot.id
        }
        if not found:
            write(out, f"{project.name}: {FEWEST} inspected takes make a film to drift from; there are fewer.")
            return
        for each in found:
            write(out, _line(named[each.take_id], each))
        far = sum(each.outlier for each in found)
        write(out, f"{project.name}: {count(len(found), 'take')}, {far} of them past {FAR:g} times the usual distance.")


def _line(take: str, found: Drift) -> Line:
    told = f"{found.far:.1f} times the usual, by its {found.part}"
    figures = f"film {found.film:.1f}, neighbours {found.neighbours:.1f}"
    return Line(text=f"  {take}: {told} ({figures})", tone=Tone.BAD if found.outlier else Tone.PLAIN)
