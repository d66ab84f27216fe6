"""What ``countersteer people`` does: lines of the list, added and shown."""

import secrets
from datetime import UTC, datetime

from agent.errors import CountersteerError, NotFoundError
from agent.people import HOUSE, Grant, Role, standing
from interfaces import annals
from interfaces.api.access import cookie_of, key_of
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from interfaces.slack import knowing
from interfaces.story import Line
from interfaces.wiring import House, open_house

SECRET_BYTES = 32
NOBODY = "Nobody is named yet, so everybody who can reach this house is an owner: countersteer people add"


async def add(settings: Settings, name: str, role: Role, *, film: str | None, slack: str, token: bool) -> None:
    """Say what somebody is; a token is shown once and kept by nobody here.

    Raises:
        CountersteerError: There is no such film, the name is empty, or somebody else is known by that key.
    """
    if name.strip() == HOUSE:
        raise CountersteerError("a person needs a name; nothing was changed")
    shown = secrets.token_urlsafe(SECRET_BYTES) if token else ""
    keys = [*([key_of(cookie_of(shown))] if shown else []), *([f"{knowing.KEY}{slack}"] if slack else [])] or [""]
    async with open_house(settings) as house:
        project_id = await _film(house, film)
        for key in keys:
            line = Grant(name=name.strip(), role=role, key=key, project_id=project_id)
            await house.studio.store.grant(line)
    write(console(), f"{name.strip()} is {_a(role)} of {film or 'every film'}.")
    if shown:
        write(console(), f"Their token, shown this once: {shown}")


async def remove(settings: Settings, name: str, *, film: str | None) -> None:
    """Take it away.

    Raises:
        NotFoundError: They are nothing there.
    """
    async with open_house(settings) as house:
        project_id, now = await _film(house, film), standing(await house.studio.store.grants())
        if (name, project_id) not in now:
            raise NotFoundError(what="person there", name=name, known=sorted({who for who, _ in now}))
        await house.studio.store.grant(Grant(name=name, role=None, project_id=project_id))
    write(console(), f"{name} is nothing in {film or 'every film'} any more; what they did stays.")


async def show_all(settings: Settings) -> None:
    """Who is what now."""
    async with open_house(settings) as house:
        now = standing(await house.studio.store.grants())
        films = {project.id: project.name for project in await house.studio.store.projects()}
    for (name, project_id), role in sorted(now.items(), key=lambda each: (each[0][0], each[0][1] or "")):
        write(console(), f"{name}: {role} of {films[project_id] if project_id else 'every film'}")
    if not now:
        write(console(), NOBODY)


async def history(settings: Settings, film: str | None) -> None:
    """Who changed what of a film, oldest first."""
    async with open_house(settings) as house:
        entries = await annals.of_film(house.studio.store, (await house.project(film)).id)
    for entry in entries:
        at = datetime.fromtimestamp(entry.at_us / 1_000_000, UTC)
        write(console(), f"{at:%Y-%m-%d %H:%M} UTC  {entry.by}: {entry.what}")
        for line in entry.diff:
            write(console(), Line(text=f"    {line}"))


async def _film(house: House, name: str | None) -> str | None:
    return None if name is None else (await house.studio.store.project_named(name)).id


def _a(role: Role) -> str:
    return f"an {role}" if role is Role.OWNER else f"a {role}"
