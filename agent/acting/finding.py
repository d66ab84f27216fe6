"""Finding the shot or take a person means."""

from agent.acting.outcome import Turn
from agent.errors import NotFoundError
from agent.film import Shot, Take
from agent.studio import Studio


async def shot(studio: Studio, turn: Turn, number: int | None) -> Shot:
    """The shot of that number, or the current one: the latest of the film.

    Raises:
        NotFoundError: There is none.
    """
    if number is not None:
        return await studio.store.shot_numbered(turn.project_id, number)
    known = await studio.store.shots(turn.project_id)
    if not known:
        raise NotFoundError(what="shot", name="current")
    return max(known, key=lambda each: each.number)


async def take(studio: Studio, chosen: Shot, number: int | None) -> Take:
    """The take of that number, or the shot's latest.

    Raises:
        NotFoundError: There is none.
    """
    takes = await studio.store.takes(shot_id=chosen.id)
    wanted = [each for each in takes if number in (None, each.number)]
    if not wanted:
        known = [str(each.number) for each in takes]
        raise NotFoundError(what=f"take of shot {chosen.number}", name=str(number or "any"), known=known)
    return max(wanted, key=lambda each: each.number)
