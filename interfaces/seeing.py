"""The store as whoever asks may see it: each way to a film, and to what is of one, ends at those that are theirs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from agent.film import Project, Shot, Take
from agent.history import Cause
from agent.people import Grant, Right
from agent.store import Store
from agent.talks import Said, Talk
from interfaces.asking import asker
from prompts.blocks import NegativeBlock, StyleBlock


def seen(store: Store) -> Store:
    """The store for every door of a house; the house itself sees all of it."""
    return cast(Store, _Seen(store))  # what is not of one film is the store's own


class _Seen:
    """Every id that a door can be given is looked up here first, so no door can forget to ask."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def projects(self) -> tuple[Project, ...]:
        return tuple(project for project in await self._store.projects() if asker().sees(project.id))

    async def project(self, project_id: str) -> Project:
        asker().must_see(project_id, what="project", name=project_id)
        return await self._store.project(project_id)

    async def project_named(self, name: str) -> Project:
        found = await self._store.project_named(name)
        asker().must_see(found.id, what="project", name=name)
        return found

    async def create_project(self, name: str, **fields: Any) -> Project:
        asker().must_be_let(Right.FILMS, project_id=None)
        return await self._store.create_project(name, **fields)

    async def add_reference(self, project_id: str, *given: Any, **fields: Any) -> None:
        asker().must_be_let(Right.DIRECT, project_id=project_id)
        await self._store.add_reference(project_id, *given, **fields)

    async def add_shots(self, shots: Sequence[Shot], *, cause: Cause | None = None) -> tuple[Shot, ...]:
        for project_id in {shot.project_id for shot in shots}:
            asker().must_be_let(Right.DIRECT, project_id=project_id)
        return await self._store.add_shots(shots, cause=cause)

    async def put_style(self, project_id: str, *given: Any, **fields: Any) -> StyleBlock:
        asker().must_be_let(Right.BLOCKS, project_id=project_id)
        return await self._store.put_style(project_id, *given, **fields)

    async def put_negative(self, project_id: str, *given: Any, **fields: Any) -> NegativeBlock:
        asker().must_be_let(Right.BLOCKS, project_id=project_id)
        return await self._store.put_negative(project_id, *given, **fields)

    async def add_turn(self, conversation_id: str, text: str, *, turn_id: str | None = None) -> str:
        return await self._store.add_turn(conversation_id, text, turn_id=turn_id, said_by=asker().name)

    async def grant(self, line: Grant) -> None:
        asker().must_be_let(Right.KEYS, project_id=line.project_id)
        await self._store.grant(replace(line, by=asker().name))

    async def conversation(self, conversation_id: str) -> Talk:
        found = await self._store.conversation(conversation_id)
        asker().must_see(found.project_id, what="conversation", name=conversation_id)
        return found

    async def turn(self, turn_id: str) -> Said:
        found = await self._store.turn(turn_id)
        talk = await self._store.conversation(found.conversation_id)
        asker().must_see(talk.project_id, what="turn", name=turn_id)
        return found

    async def shot(self, shot_id: str) -> Shot:
        found = await self._store.shot(shot_id)
        asker().must_see(found.project_id, what="shot", name=shot_id)
        return found

    async def shot_numbered(self, project_id: str, number: int) -> Shot:
        asker().must_see(project_id, what="shot", name=str(number))
        return await self._store.shot_numbered(project_id, number)

    async def shots(self, project_id: str) -> tuple[Shot, ...]:
        asker().must_see(project_id, what="project", name=project_id)
        return await self._store.shots(project_id)

    async def take(self, take_id: str) -> Take:
        found = await self._store.take(take_id)
        asker().must_see(found.project_id, what="take", name=take_id)
        return found

    async def talks(self, project_id: str) -> tuple[Talk, ...]:
        asker().must_see(project_id, what="project", name=project_id)
        return await self._store.talks(project_id)
