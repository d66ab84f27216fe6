"""What the eyes learn from: the person's labels, the scores and looks of takes; and what a film's calibration says."""

from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import ConflictError
from agent.history import Cause, Subject
from agent.learning import UNCALIBRATED, Calibration, Label, Look, Score
from memory import learned, stored, tables
from memory.changes import note
from memory.rows import Rows, lock
from memory.shelves import CALIBRATIONS, LABELS, LOOKS, SCORES
from memory.whole import whole


class Learning(Rows):
    """Labels, scores, looks and calibrations of the films."""

    @whole
    async def label(self, project_id: str, label: Label, *, cause: Cause | None = None) -> None:
        """Keep what the person said of a take, in place of what was said before."""
        async with self.database.writing() as connection:
            before = await _drop(connection, project_id, label.take_id)
            await LABELS.put(connection, label, project_id=project_id, given_us=self._now_us())
            await self._note_label(connection, cause, project_id, before=before, after=label)

    @whole
    async def unlabel(self, project_id: str, take_id: str, *, cause: Cause | None = None) -> None:
        """Take the word on a take back."""
        async with self.database.writing() as connection:
            before = await _drop(connection, project_id, take_id)
            if before is not None:
                await self._note_label(connection, cause, project_id, before=before, after=None)

    @whole
    async def labels(self, project_id: str) -> tuple[Label, ...]:
        """What the person said of this project's takes, in the order it was said."""
        async with self.database.reading() as connection:
            return await LABELS.all(connection, learned.labels.c.project_id == project_id)

    @whole
    async def scores(self, project_id: str) -> tuple[Score, ...]:
        """What every check read in every take of a project, oldest first."""
        async with self.database.reading() as connection:
            return await SCORES.all(connection, learned.scores.c.project_id == project_id)

    @whole
    async def looks(self, project_id: str) -> tuple[Look, ...]:
        """How the takes of a project look, oldest first."""
        async with self.database.reading() as connection:
            return await LOOKS.all(connection, learned.looks.c.project_id == project_id)

    @whole
    async def calibration(self, project_id: str, *, version: int | None = None) -> Calibration:
        """The newest calibration, or the one of that version; version 0 is that of a film without labels."""
        rows = learned.calibrations
        async with self.database.reading() as connection:
            wanted = version if version is not None else await _newest(connection, project_id)
            if wanted == UNCALIBRATED.version:
                return UNCALIBRATED
            mine = (rows.c.project_id == project_id, rows.c.version == wanted)
            return await CALIBRATIONS.one(connection, *mine, name=f"{project_id} version {wanted}")

    @whole
    async def put_calibration(self, project_id: str, calibration: Calibration, *, by: str, why: str) -> Calibration:
        """Store a calibration as the version after the one it was based on.

        Raises:
            ConflictError: There is a newer one.
        """
        new = replace(calibration, version=calibration.version + 1)
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            newest = await _newest(connection, project_id)
            if newest != calibration.version:
                raise ConflictError(
                    f"the calibration is at version {newest} by now, this one was made from version "
                    f"{calibration.version}; nothing was changed; calibrate again"
                )
            await CALIBRATIONS.put(
                connection, new, project_id=project_id, written_by=by, why=why, written_us=self._now_us()
            )
        return new

    async def _note_label(
        self,
        connection: AsyncConnection,
        cause: Cause | None,
        project_id: str,
        *,
        before: Label | None,
        after: Label | None,
    ) -> None:
        """Write it down under its shot, so that an undo of the shot finds it."""
        of = after or before
        assert of is not None
        await note(
            connection,
            cause,
            project_id=project_id,
            subject=Subject.LABEL,
            subject_id=of.shot_id,
            before=None if before is None else stored.dump(before),
            after={"take_id": of.take_id, "accepted": None} if after is None else stored.dump(after),
            now_us=self._now_us(),
        )


async def _drop(connection: AsyncConnection, project_id: str, take_id: str) -> Label | None:
    rows = learned.labels
    mine = (rows.c.project_id == project_id, rows.c.take_id == take_id)
    before = await LABELS.find(connection, *mine)
    await connection.execute(delete(rows).where(*mine))
    return before


async def _newest(connection: AsyncConnection, project_id: str) -> int:
    rows = learned.calibrations
    newest = select(func.coalesce(func.max(rows.c.version), UNCALIBRATED.version))
    return int(await connection.scalar(newest.where(rows.c.project_id == project_id)) or UNCALIBRATED.version)
