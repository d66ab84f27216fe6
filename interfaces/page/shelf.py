"""The shelf of films: each with a picture of it and its figures."""

from dataclasses import dataclass

from agent.film import Project, ShotStatus
from agent.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One film.

    Attributes:
        take_id: A circled take to show of it, the latest shot's; empty before there is one.
    """

    film: Project
    shots: int
    delivered: int
    spent_micro_usd: int
    take_id: str


async def shelf(studio: Studio) -> tuple[Shelved, ...]:
    """Every film, the latest first."""
    return tuple([await _shelved(studio, film) for film in reversed(await studio.store.projects())])


async def _shelved(studio: Studio, film: Project) -> Shelved:
    listed = [shot for shot in await studio.store.shots(film.id) if not shot.omitted]
    circled = [shot.picked_take_id for shot in listed if shot.picked_take_id]
    return Shelved(
        film=film,
        shots=len(listed),
        delivered=sum(shot.status is ShotStatus.DELIVERED for shot in listed),
        spent_micro_usd=await studio.store.spent_micro_usd(film.id),
        take_id=circled[-1] if circled else "",
    )
