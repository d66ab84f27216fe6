"""Running a script: turns in, the story out, and what was expected but did not come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import anyio.to_thread

from agent.auditing import audit
from agent.errors import BadSheetError
from agent.events import Event
from agent.film import Ceilings, Project
from interfaces import story
from interfaces.following import Following
from interfaces.references import add_reference, read_image
from interfaces.script.form import Expectation, Money, ReferenceFile, Script, ScriptError, Turn
from interfaces.story import Line, Tone
from interfaces.wiring import House
from prompts import defaults
from prompts.blocks import NegativeBlock
from prompts.normal import clean
from tools.sandbox import plates

MOST_SHOWN = 3  # events of the expected kind that came but did not meet it

Out = Callable[[Line], None]
Watching = Callable[[Event, int | None], None]


def _nobody(event: Event, shot: int | None) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An expectation that was not met."""

    turn: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What running gave.

    Attributes:
        coverage: Share of stored receipts that hold both blocks; 1.0 or the run fails.
    """

    project: Project
    conversation_id: str
    events: tuple[Event, ...]
    misses: tuple[Miss, ...]
    coverage: float


async def run(house: House, script: Script, *, beside: Path, out: Out, watching: Watching = _nobody) -> Ran:
    """Play the script in a new project and tell the story line by line, while it happens.

    Args:
        house: Where it is played.
        script: What is said, and what must come of it.
        beside: The folder that the script's files are named from.
        out: Hears every line.
        watching: Hears every event with its shot's number.

    Raises:
        CountersteerError: The project or a reference cannot be made.
    """
    project = await _project(house, script, beside=beside, out=out)
    conversation_id = await house.studio.store.open_conversation(project.id, door="script")
    stage = _Stage(house=house, project=project, conversation_id=conversation_id, out=out, watching=watching)
    misses: list[Miss] = []
    for nth, turn in enumerate(script.turns, start=1):
        events = await stage.play(turn)
        misses += [Miss(turn=nth, sentence=sentence) for sentence in unmet(turn.expect, events)]
    audited = await audit(house.studio, project.id)
    return Ran(
        project=project,
        conversation_id=conversation_id,
        events=await house.desk.story(conversation_id),
        misses=tuple(misses),
        coverage=audited.coverage,
    )


def unmet(expected: Sequence[Expectation], events: Sequence[Event]) -> tuple[str, ...]:
    """What did not come, in order: each expectation is looked for after the event that met the one before."""
    missing: list[str] = []
    at = 0
    for expectation in expected:
        found = next((nth for nth in range(at, len(events)) if _meets(events[nth], expectation)), None)
        if found is None:
            missing.append(_sentence(expectation, events[at:]))
        else:
            at = found + 1
    return tuple(missing)


class _Stage:
    """Where the turns of one script are played, one after the other."""

    def __init__(self, *, house: House, project: Project, conversation_id: str, out: Out, watching: Watching) -> None:
        self._house = house
        self._project = project
        self._conversation_id = conversation_id
        self._out = out
        self._watching = watching
        self._came: list[Event] = []
        self._following = Following(house, project_id=project.id, conversation_id=conversation_id, hear=self._hear)

    async def play(self, turn: Turn) -> tuple[Event, ...]:
        """Say it, wait if the turn waits, and return what came."""
        self._came = []
        if turn.user is not None:
            self._out(Line(text=""))
            self._out(Line(text=f"DIRECTOR  {turn.user}", tone=Tone.PERSON))
            refusal = await self._house.desk.say(self._conversation_id, project_id=self._project.id, text=turn.user)
            if refusal is not None:
                self._out(Line(text=refusal, tone=Tone.OPEN))
        await (self._following.until_rest() if turn.wait else self._following.catch_up())
        return tuple(self._came)

    async def _hear(self, event: Event, shot: int | None) -> None:
        self._came.append(event)
        self._watching(event, shot)
        for line in story.tell(event, shot=shot):
            self._out(line)


async def _project(house: House, script: Script, *, beside: Path, out: Out) -> Project:
    negative = defaults.negative()
    if script.negatives is not None:
        negative = NegativeBlock(**script.negatives.model_dump(), version=1)
    project = await house.studio.store.create_project(
        script.project,
        style=script.style or defaults.style().text,
        negative=negative,
        ceilings=_ceilings(script.money),
        ratio="16:9",
        seconds=5.0,
        motion=clean(script.motion).text,
    )
    style = await house.studio.store.style(project.id)
    for reference in script.references:
        await _add(house, project, reference, data=await _image(reference, beside, style.text), out=out)
    return project


async def _add(house: House, project: Project, reference: ReferenceFile, *, data: bytes, out: Out) -> None:
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
        out(Line(text=f"reference {reference.label}: {sentence}"))


async def _image(reference: ReferenceFile, beside: Path, style: str) -> bytes:
    """The file beside the script, or the plate as the sandbox draws the film's style."""
    if reference.file is None:
        return await anyio.to_thread.run_sync(lambda: plates.plate(reference.plate or 1, style=style))
    try:
        return await read_image(beside / reference.file)
    except BadSheetError as error:
        raise ScriptError(f"reference {reference.label}: {error}") from error


def _ceilings(money: Money) -> Ceilings:
    given = {
        "shot_micro_usd": money.shot_usd,
        "project_micro_usd": money.project_usd,
        "ask_above_micro_usd": money.ask_above_usd,
        "shot_worth_micro_usd": money.shot_worth_usd,
    }
    amounts = {name: round(value * 1e6) for name, value in given.items() if value is not None}
    ceilings = replace(Ceilings(), **amounts)
    return replace(ceilings, takes_per_shot=money.takes_per_shot) if money.takes_per_shot else ceilings


def _meets(event: Event, expectation: Expectation) -> bool:
    return event.what is expectation.event and all(
        _holds(event.data, key, wanted) for key, wanted in expectation.where.items()
    )


def _holds(data: Mapping[str, Any], key: str, wanted: Any) -> bool:
    name, _, bound = key.partition(".")
    value = data.get(name)
    if bound in ("max", "min"):
        return isinstance(value, int | float) and (value <= wanted if bound == "max" else value >= wanted)
    if bound and isinstance(value, dict):
        return bool(cast(Mapping[str, Any], value).get(bound) == wanted)
    if isinstance(value, str) and isinstance(wanted, str):
        return wanted.casefold() in value.casefold()
    return bool(wanted in value) if isinstance(value, list | dict) and not isinstance(wanted, list) else value == wanted


def _sentence(expectation: Expectation, rest: Sequence[Event]) -> str:
    near = [dict(event.data) for event in rest if event.what is expectation.event][:MOST_SHOWN]
    kinds = ", ".join(dict.fromkeys(event.what for event in rest)) or "nothing"
    return f"expected {expectation.event} where {expectation.where}; came: {near or kinds}"
