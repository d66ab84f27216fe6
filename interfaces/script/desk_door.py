"""A script at the desk of a house in this process: the house makes the film, the desk hears what is said."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from pydantic import TypeAdapter

from agent.auditing import audit
from agent.errors import BadSheetError
from agent.film import Ceilings, Project
from agent.intents import Decide
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.following import Following, Hear
from interfaces.references import add_reference, read_image
from interfaces.script.doors import Tell
from interfaces.script.form import Money, ReferenceFile, Script
from interfaces.script.places import ScriptError
from interfaces.script.reading import Written
from interfaces.wiring import House
from prompts import defaults
from prompts.blocks import NegativeBlock
from prompts.normal import clean
from tools.sandbox import plates

DOOR = "script"


class DeskDoor:
    """One film in an open house, whose worker runs whenever somebody waits."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._film_id = ""
        self._working = anyio.Lock()

    async def open(self, written: Written, *, tell: Tell) -> str:
        """Make the film with all that the script sets up; its id.

        Raises:
            CountersteerError: The project or a reference cannot be made.
        """
        project = await make_film(self.house, written.script, beside=written.folder, tell=tell)
        self._film_id = project.id
        return project.id

    async def converse(self, hear: Hear) -> "DeskVoice":
        """Begin a conversation."""
        conversation_id = await self.house.studio.store.open_conversation(self._film_id, door=DOOR)
        return DeskVoice(self.house, self._film_id, conversation_id, hear, working=self._working)

    async def board(self) -> Mapping[str, Any]:
        """The film's board, as the API sends it."""
        found: Mapping[str, Any] = _boards().dump_python(
            await gathering.board(self.house.studio, self._film_id), mode="json"
        )
        return found

    async def coverage(self) -> float:
        """Recomputed from stored receipts."""
        return (await audit(self.house.studio, self._film_id)).coverage


class DeskVoice:
    """One conversation at the desk."""

    def __init__(
        self, house: House, film_id: str, conversation_id: str, hear: Hear, *, working: anyio.Lock | None = None
    ) -> None:
        self.house = house
        self.film_id = film_id
        self.conversation_id = conversation_id
        self._following = Following(house, project_id=film_id, conversation_id=conversation_id, hear=hear)
        self._working = working or anyio.Lock()

    async def say(self, text: str) -> str | None:
        """Say it; the reason where it cannot be taken as a turn."""
        return await self.house.desk.say(self.conversation_id, project_id=self.film_id, text=text)

    async def decide(self, *, shot: int, approve: bool) -> None:
        """As the page's buttons do."""
        text = f"{'yes' if approve else 'no'} to shot {shot}"
        intents = (Decide(approve=approve, shot=shot),)
        await self.house.desk.act(self.conversation_id, project_id=self.film_id, text=text, intents=intents)

    async def catch_up(self) -> None:
        """Hear what happened since the last time."""
        await self._following.catch_up()

    async def until_rest(self) -> None:
        """Let the worker work until nothing moves any more; it works for one at a time, and for all of them."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._following.keep_up)
            async with self._working:
                await self.house.worker.run(until_rest=True)
            group.cancel_scope.cancel()
        await self._following.catch_up()


async def make_film(house: House, script: Script, *, beside: Path, tell: Tell) -> Project:
    """The script's film with its blocks, references and ceilings.

    Raises:
        CountersteerError: The project or a reference cannot be made.
    """
    negative = defaults.negative()
    if script.negatives is not None:
        negative = NegativeBlock(**script.negatives.model_dump(), version=1)
    project = await house.studio.store.create_project(
        script.project,
        style=script.style or defaults.style().text,
        negative=negative,
        ceilings=ceilings(script.money),
        ratio="16:9",
        seconds=5.0,
        motion=clean(script.motion).text,
    )
    style = await house.studio.store.style(project.id)
    for reference in script.references:
        data = await image(reference, beside=beside, style=style.text)
        await _add(house, project, reference, data=data, tell=tell)
    return project


async def image(reference: ReferenceFile, *, beside: Path, style: str) -> bytes:
    """The file beside the script, or the plate as the sandbox draws the film's style.

    Raises:
        ScriptError: It cannot be read.
    """
    if reference.file is None:
        return await anyio.to_thread.run_sync(lambda: plates.plate(reference.plate or 1, style=style))
    try:
        return await read_image(beside / reference.file)
    except BadSheetError as error:
        raise ScriptError(f"reference {reference.label}: {error}") from error


def ceilings(money: Money) -> Ceilings:
    """The default ceilings with what the script says of them."""
    given = {
        "shot_micro_usd": money.shot_usd,
        "project_micro_usd": money.project_usd,
        "ask_above_micro_usd": money.ask_above_usd,
        "shot_worth_micro_usd": money.shot_worth_usd,
    }
    amounts = {name: round(value * 1e6) for name, value in given.items() if value is not None}
    found = replace(Ceilings(), **amounts)
    return replace(found, takes_per_shot=money.takes_per_shot) if money.takes_per_shot else found


async def _add(house: House, project: Project, reference: ReferenceFile, *, data: bytes, tell: Tell) -> None:
    try:
        added = await add_reference(
            house.studio,
            project.id,
            data=data,
            label=reference.label,
            use=reference.use,
            ignore=reference.ignore,
            role=reference.role,
            known_as=reference.known_as,
            note=reference.file or f"sandbox plate {reference.plate}",
        )
    except BadSheetError as error:
        raise ScriptError(f"reference {reference.label}: {error}") from error
    for sentence in added.told:
        tell(f"reference {reference.label}: {sentence}")


@cache
def _boards() -> TypeAdapter[Board]:
    return TypeAdapter(Board)
