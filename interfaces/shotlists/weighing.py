"""What speaks against the shots of a list, under the names the list gives them, before any of them is made."""

from collections import Counter
from collections.abc import Sequence

from agent import conflicts
from agent.film import Project
from agent.reading.tables.listing import Listed
from agent.studio import Studio
from interfaces.shotlists.importing import Candidate
from prompts.conflicts import Conflict


async def against(studio: Studio, project: Project, ready: Sequence[Candidate]) -> tuple[Conflict, ...]:
    """The conflict report over all shots that can be made; nothing is stored."""
    made = [(each.listed, each.shot) for each in ready if each.shot is not None]
    names = called([listed for listed, _ in made])
    return await conflicts.report(studio, project.id, [shot for _, shot in made], names=names)


async def numbers(studio: Studio, project: Project, ready: Sequence[Candidate]) -> range:
    """What the film would call these shots, which is what the report's advice calls them."""
    first = await conflicts.next_number(studio, project.id)
    return range(first, first + len(ready))


def called(listed: Sequence[Listed]) -> tuple[str, ...]:
    """What each shot is called: its number, with its row where another one has that number or it has none."""
    numbers = Counter(each.number for each in listed)
    return tuple(
        each.number if each.number and numbers[each.number] == 1 else f"{each.number} ({each.where})".strip()
        for each in listed
    )
