"""Projects with their blocks, whose versions only ever grow, and their references."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import ConflictError, NotFoundError
from agent.film import Ceilings, Project
from agent.history import Cause, Subject
from agent.images import Image
from agent.versions import Block, Version
from memory import stored, tables
from memory.changes import note
from memory.engine import queue_up
from memory.rows import PROJECT_NAMES, Rows, lock
from memory.shelves import IMAGES, NEGATIVES, PROJECTS, REFERENCES, STYLES, Shelf
from memory.whole import whole
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.references import Reference

FIRST_BY = "the project's start"


class Projects(Rows):
    """The films and what holds for all their shots."""

    @whole
    async def create_project(
        self,
        name: str,
        *,
        style: str,
        negative: NegativeBlock,
        ceilings: Ceilings,
        ratio: str,
        seconds: float,
        motion: str = "",
    ) -> Project:
        """Store a new project with the first version of both blocks.

        Raises:
            ConflictError: The name is taken.
        """
        project = Project(id=self._new_id("project"), name=name, ceilings=ceilings, ratio=ratio, seconds=seconds)
        async with self.database.writing() as connection:
            await queue_up(connection, line=PROJECT_NAMES)
            if await PROJECTS.find(connection, tables.projects.c.name == name):
                raise ConflictError(f"there is a project {name!r} already; nothing was made; choose another name")
            await PROJECTS.put(connection, project, created_us=self._now_us())
            first = StyleBlock(text=style, version=1, motion=motion)
            await self._write(connection, STYLES, project.id, first, by=FIRST_BY, why="")
            await self._write(connection, NEGATIVES, project.id, replace(negative, version=1), by=FIRST_BY, why="")
        return project

    @whole
    async def project(self, project_id: str) -> Project:
        """The project of that id."""
        async with self.database.reading() as connection:
            return await PROJECTS.one(connection, tables.projects.c.id == project_id, name=project_id)

    @whole
    async def project_named(self, name: str) -> Project:
        """The project a person calls so."""
        films = await self.projects()
        found = next((film for film in films if film.name == name), None)
        if found is None:
            raise NotFoundError(what="project", name=name, known=[film.name for film in films])
        return found

    @whole
    async def projects(self) -> tuple[Project, ...]:
        """All projects, oldest first."""
        async with self.database.reading() as connection:
            return await PROJECTS.all(connection)

    @whole
    async def save_project(self, project: Project, *, cause: Cause | None = None) -> None:
        """Store a changed project.

        Raises:
            ConflictError: Another project has its new name.
        """
        rows = tables.projects
        async with self.database.writing() as connection:
            await queue_up(connection, line=PROJECT_NAMES)
            if await PROJECTS.find(connection, rows.c.name == project.name, rows.c.id != project.id):
                raise ConflictError(f"there is a project {project.name!r} already; nothing was changed")
            await lock(connection, rows, project.id, what="project")
            before = await PROJECTS.one(connection, rows.c.id == project.id, name=project.id)
            await connection.execute(update(rows).where(rows.c.id == project.id).values(**stored.dump(project)))
            await self._note_block(connection, cause, Subject.PROJECT, project.id, before=before, after=project)

    @whole
    async def style(self, project_id: str, *, version: int | None = None) -> StyleBlock:
        """The style block, the newest unless a version is named."""
        async with self.database.reading() as connection:
            return await _read(connection, STYLES, project_id, version=version)

    @whole
    async def negative(self, project_id: str, *, version: int | None = None) -> NegativeBlock:
        """The negative block, the newest unless a version is named."""
        async with self.database.reading() as connection:
            return await _read(connection, NEGATIVES, project_id, version=version)

    @whole
    async def styles(self, project_id: str) -> tuple[Version[StyleBlock], ...]:
        """Every version of the style block, oldest first."""
        return await self._versions(STYLES, project_id)

    @whole
    async def negatives(self, project_id: str) -> tuple[Version[NegativeBlock], ...]:
        """Every version of the negative block, oldest first."""
        return await self._versions(NEGATIVES, project_id)

    @whole
    async def put_style(
        self,
        project_id: str,
        text: str,
        *,
        by: str,
        why: str,
        seen: int,
        motion: str | None = None,
        cause: Cause | None = None,
    ) -> StyleBlock:
        """Store a new version of the style block, based on version ``seen``, whose motion text stays if none is given.

        Raises:
            ConflictError: There is a newer one.
        """
        # If this is not the one of version ``seen``, the change is refused below.
        before = (await self.style(project_id)).motion
        block = StyleBlock(text=text, version=seen + 1, motion=before if motion is None else motion)
        return await self._follow(STYLES, project_id, block, by=by, why=why, cause=cause)

    @whole
    async def put_negative(
        self, project_id: str, block: NegativeBlock, *, by: str, why: str, seen: int, cause: Cause | None = None
    ) -> NegativeBlock:
        """Store a new version of the negative block, based on version ``seen``.

        Raises:
            ConflictError: There is a newer one.
        """
        changed = replace(block, version=seen + 1)
        return await self._follow(NEGATIVES, project_id, changed, by=by, why=why, cause=cause)

    @whole
    async def add_reference(self, project_id: str, reference: Reference, *, image: Image, note: str) -> None:
        """Keep a reference; one with the same label takes the place of the earlier one."""
        values = {**stored.dump(image), "note": note, "created_us": self._now_us()}
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            await REFERENCES.put(connection, reference, project_id=project_id, **values)

    @whole
    async def references(self, project_id: str) -> tuple[tuple[Reference, Image], ...]:
        """Each reference with its image, in the order the labels were first used."""
        mine = tables.references.c.project_id == project_id
        async with self.database.reading() as connection:
            kept = zip(await REFERENCES.all(connection, mine), await IMAGES.all(connection, mine), strict=True)
        return tuple({reference.label: (reference, image) for reference, image in kept}.values())

    @whole
    async def image(self, project_id: str, reference: Reference) -> Image:
        """The image of a reference, also of one whose label was given to another since."""
        rows = tables.references
        mine = (rows.c.project_id == project_id, rows.c.id == reference.id, rows.c.label == reference.label)
        async with self.database.reading() as connection:
            found = await IMAGES.all(connection, *mine)
        if not found:
            raise NotFoundError(what=IMAGES.what, name=reference.label)
        return found[-1]

    @whole
    async def _follow(
        self, shelf: Shelf[Block], project_id: str, block: Block, *, by: str, why: str, cause: Cause | None
    ) -> Block:
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            newest = await _read(connection, shelf, project_id)
            if newest.version != block.version - 1:
                raise ConflictError(
                    f"the {shelf.what} is at version {newest.version} by now, the change was made from version "
                    f"{block.version - 1}; nothing was changed; look at the newer one and change that"
                )
            await self._write(connection, shelf, project_id, block, by=by, why=why)
            subject = Subject.STYLE if isinstance(block, StyleBlock) else Subject.NEGATIVE
            await self._note_block(connection, cause, subject, project_id, before=newest, after=block)
        return block

    async def _versions(self, shelf: Shelf[Block], project_id: str) -> tuple[Version[Block], ...]:
        rows = shelf.table
        question = select(*shelf.columns, rows.c.written_by, rows.c.why, rows.c.written_us)
        async with self.database.reading() as connection:
            found = await connection.execute(question.where(rows.c.project_id == project_id).order_by(rows.c.version))
            return tuple(_version(shelf, row) for row in found)

    async def _note_block(
        self,
        connection: AsyncConnection,
        cause: Cause | None,
        subject: Subject,
        project_id: str,
        *,
        before: object,
        after: object,
    ) -> None:
        await note(
            connection,
            cause,
            project_id=project_id,
            subject=subject,
            subject_id=project_id,
            before=stored.dump(before),
            after=stored.dump(after),
            now_us=self._now_us(),
        )

    async def _write(
        self, connection: AsyncConnection, shelf: Shelf[Block], project_id: str, block: Block, *, by: str, why: str
    ) -> None:
        await shelf.put(connection, block, project_id=project_id, written_by=by, why=why, written_us=self._now_us())


def _version(shelf: Shelf[Block], row: Any) -> Version[Block]:
    fields = dict(row._mapping)
    by, why, written_us = (fields.pop(name) for name in ("written_by", "why", "written_us"))
    return Version(block=stored.load(shelf.kind, fields), by=by, why=why, written_us=written_us)


async def _read(
    connection: AsyncConnection, shelf: Shelf[Block], project_id: str, *, version: int | None = None
) -> Block:
    rows = shelf.table
    newest = select(func.max(rows.c.version)).where(rows.c.project_id == project_id).scalar_subquery()
    wanted = newest if version is None else version
    name = project_id if version is None else f"{project_id} version {version}"
    return await shelf.one(connection, rows.c.project_id == project_id, rows.c.version == wanted, name=name)
