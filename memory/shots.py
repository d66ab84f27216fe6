"""Shots, the sheets they had before, the prompts made of them and the routes chosen for them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import ConflictError, NotFoundError
from agent.film import Route, Shot, ShotStatus
from agent.history import Cause, Subject
from memory import production, stored, tables
from memory.changes import note
from memory.rows import Rows, lock
from memory.shelves import ROUTES, SHOTS
from memory.whole import whole
from prompts.prompt import Prompt

_FIXED = {"id", "project_id", "conversation_id", "number"}
"""What a shot keeps for good."""


class Shots(Rows):
    """The shots of the films."""

    @whole
    async def add_shot(self, shot: Shot, *, cause: Cause | None = None) -> Shot:
        """Store a shot under the project's next number (``shot.number`` is ignored)."""
        async with self.database.writing() as connection:
            return await self._add_shot(connection, shot, cause)

    @whole
    async def add_shots(self, shots: Sequence[Shot], *, cause: Cause | None = None) -> tuple[Shot, ...]:
        """Store shots under the project's next numbers, all or none."""
        async with self.database.writing() as connection:
            return tuple([await self._add_shot(connection, shot, cause) for shot in shots])

    @whole
    async def shot(self, shot_id: str) -> Shot:
        """The shot of that id."""
        async with self.database.reading() as connection:
            return await SHOTS.one(connection, tables.shots.c.id == shot_id, name=shot_id)

    @whole
    async def shot_numbered(self, project_id: str, number: int) -> Shot:
        """The shot a person calls so, also one that was taken out of the list."""
        rows = tables.shots
        async with self.database.reading() as connection:
            found = await SHOTS.find(connection, rows.c.project_id == project_id, rows.c.number == number)
            if found is not None:
                return found
            last = await connection.scalar(select(func.max(rows.c.number)).where(rows.c.project_id == project_id))
        raise NotFoundError(what="shot", name=str(number), known=[f"1 to {last}" if last else "none yet"])

    @whole
    async def shots(self, project_id: str) -> tuple[Shot, ...]:
        """A project's shots by number."""
        async with self.database.reading() as connection:
            shots = await SHOTS.all(connection, tables.shots.c.project_id == project_id)
        return tuple(sorted(shots, key=lambda shot: shot.number))

    @whole
    async def latest_shots(self, project_id: str, *, most: int) -> tuple[Shot, ...]:
        """The last so many shots of the list, by number."""
        rows = tables.shots
        listed = SHOTS.select(rows.c.project_id == project_id, rows.c.omitted.is_(False))
        latest = listed.order_by(None).order_by(rows.c.number.desc()).limit(most)
        async with self.database.reading() as connection:
            found = [SHOTS.load(row) for row in await connection.execute(latest)]
        return tuple(reversed(found))

    @whole
    async def shot_numbers(self, project_id: str) -> Mapping[str, int]:
        """By id, the numbers of all shots of the list, in their order."""
        rows = tables.shots
        listed = select(rows.c.id, rows.c.number).where(rows.c.project_id == project_id, rows.c.omitted.is_(False))
        async with self.database.reading() as connection:
            return {row.id: row.number for row in await connection.execute(listed.order_by(rows.c.number))}

    @whole
    async def save_shot(self, shot: Shot, *, cause: Cause | None = None) -> None:
        """Store a changed shot. A changed sheet keeps its old revision in the history.

        Raises:
            ConflictError: The sheet was changed since ``shot`` was read, or without a new revision.
        """
        rows = tables.shots
        async with self.database.writing() as connection:
            await lock(connection, rows, shot.id, what="shot")
            before = await SHOTS.one(connection, rows.c.id == shot.id, name=shot.id)
            _refuse_older(before, shot)
            if shot.revision > before.revision:
                await self._put_away(connection, before)
            fields = {name: value for name, value in stored.dump(shot).items() if name not in _FIXED}
            await connection.execute(update(rows).where(rows.c.id == shot.id).values(**fields))
            await self._note_shot(connection, cause, shot, before=stored.dump(before), after=stored.dump(shot))

    @whole
    async def renumber(self, project_id: str, shot_ids: Sequence[str], *, cause: Cause | None = None) -> None:
        """Give those shots the numbers they have among them anew, in that order.

        Raises:
            NotFoundError: One of them is no shot of this project.
        """
        rows = tables.shots
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            shots = {shot.id: shot for shot in await SHOTS.all(connection, rows.c.project_id == project_id)}
            for stranger in set(shot_ids) - shots.keys():
                raise NotFoundError(what="shot", name=stranger)
            numbers = sorted(shots[shot_id].number for shot_id in shot_ids)
            for shot_id, number in zip(shot_ids, numbers, strict=True):  # two shots never share a number on the way
                await connection.execute(update(rows).where(rows.c.id == shot_id).values(number=-number))
            await connection.execute(
                update(rows).where(rows.c.project_id == project_id, rows.c.number < 0).values(number=-rows.c.number)
            )
            was = sorted(shot_ids, key=lambda shot_id: shots[shot_id].number)
            await note(
                connection,
                cause,
                project_id=project_id,
                subject=Subject.ORDER,
                subject_id=project_id,
                before={"shots": was},
                after={"shots": list(shot_ids)},
                now_us=self._now_us(),
            )

    @whole
    async def set_status(self, shot_id: str, status: ShotStatus, *, because: str = "") -> None:
        """Move a shot on, leaving all else as it is."""
        rows = tables.shots
        async with self.database.writing() as connection:
            moved = await connection.execute(
                update(rows).where(rows.c.id == shot_id).values(status=status.value, because=because)
            )
            if moved.rowcount != 1:
                raise NotFoundError(what="shot", name=shot_id)

    @whole
    async def pick(
        self, shot_id: str, take_id: str, *, status: ShotStatus, because: str = "", cause: Cause | None = None
    ) -> None:
        """Circle a take and move the shot on, leaving its sheet as it is."""
        rows = tables.shots
        async with self.database.writing() as connection:
            await lock(connection, rows, shot_id, what="shot")
            shot = await SHOTS.one(connection, rows.c.id == shot_id, name=shot_id)
            await connection.execute(
                update(rows)
                .where(rows.c.id == shot_id)
                .values(picked_take_id=take_id, status=status.value, because=because)
            )
            before = stored.dump(shot)
            await self._note_shot(connection, cause, shot, before=before, after={**before, "picked_take_id": take_id})

    @whole
    async def keep_prompt(self, project_id: str, prompt: Prompt) -> str:
        """Store a prompt once per project; its digest."""
        rows = production.prompts
        digest = prompt.digest
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            mine = (rows.c.project_id == project_id, rows.c.digest == digest)
            if await connection.scalar(select(rows.c.digest).where(*mine)) is None:
                values = {"digest": digest, "prompt": stored.dump(prompt), "created_us": self._now_us()}
                await connection.execute(insert(rows).values(project_id=project_id, **values))
        return digest

    @whole
    async def prompt(self, digest: str) -> Prompt:
        """The prompt as it is stored; the audit compares it with its digest."""
        rows = production.prompts
        async with self.database.reading() as connection:
            fields = await connection.scalar(
                select(rows.c.prompt).where(rows.c.digest == digest).order_by(rows.c.created_us).limit(1)
            )
        if fields is None:
            raise NotFoundError(what="prompt", name=digest)
        return stored.load(Prompt, fields)

    @whole
    async def keep_route(self, project_id: str, route: Route) -> None:
        """Store a decision with its reasons."""
        async with self.database.writing() as connection:
            await ROUTES.put(connection, route, project_id=project_id, created_us=self._now_us())

    @whole
    async def routes(self, shot_id: str) -> tuple[Route, ...]:
        """All decisions for a shot, oldest first."""
        async with self.database.reading() as connection:
            return await ROUTES.all(connection, production.routes.c.shot_id == shot_id)

    @whole
    async def route(self, route_id: str) -> Route:
        """The decision of that id."""
        async with self.database.reading() as connection:
            return await ROUTES.one(connection, production.routes.c.id == route_id, name=route_id)

    async def _note_shot(
        self,
        connection: AsyncConnection,
        cause: Cause | None,
        shot: Shot,
        *,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any],
    ) -> None:
        await note(
            connection,
            cause,
            project_id=shot.project_id,
            subject=Subject.SHOT,
            subject_id=shot.id,
            before=before,
            after=after,
            now_us=self._now_us(),
        )

    async def _add_shot(self, connection: AsyncConnection, shot: Shot, cause: Cause | None) -> Shot:
        rows = tables.shots
        await lock(connection, tables.projects, shot.project_id, what="project")
        last = await connection.scalar(
            select(func.coalesce(func.max(rows.c.number), 0)).where(rows.c.project_id == shot.project_id)
        )
        fields = {**stored.dump(shot), "number": (last or 0) + 1}
        await connection.execute(insert(rows).values(**fields, created_us=self._now_us()))
        await self._note_shot(connection, cause, shot, before=None, after=fields)
        return stored.load(Shot, fields)

    async def _put_away(self, connection: AsyncConnection, shot: Shot) -> None:
        values = {"shot_id": shot.id, "revision": shot.revision, "sheet": stored.dump(shot.sheet)}
        await connection.execute(insert(tables.sheets).values(**values, replaced_us=self._now_us()))


def _refuse_older(before: Shot, after: Shot) -> None:
    unnumbered = after.sheet != before.sheet and after.revision == before.revision
    if after.revision < before.revision or unnumbered:
        raise ConflictError(
            f"shot {before.number} is at revision {before.revision}, the change names revision {after.revision}; "
            "nothing was changed; read the shot again and change that"
        )
