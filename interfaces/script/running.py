"""Running a script: turns in, the story out, and what was expected but did not come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio.to_thread

from agent.auditing import audit
from agent.events import Event
from agent.film import Ceilings, Project
from interfaces import story
from interfaces.references import add_reference
from interfaces.script.form import Expectation, Money, ReferenceFile, Script, ScriptError, Turn
from interfaces.wiring import House
from prompts import defaults
from prompts.blocks import NegativeBlock
from tools.sandbox import plates

Line = Callable[[str], None]


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


async def run(house: House, script: Script, *, beside: Path, out: Line) -> Ran:
    """Play the script in a new project and tell the story line by line.

    Raises:
        CountersteerError: The project or a reference cannot be made.
    """
    project = await _project(house, script, beside=beside)
    conversation_id = await house.studio.store.open_conversation(project.id, door="script")
    misses: list[Miss] = []
    seen = 0
    for nth, turn in enumerate(script.turns, start=1):
        events = await _play(house, turn, project=project, conversation_id=conversation_id, after=seen, out=out)
        seen = events[-1].number if events else seen
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


async def _play(
    house: House, turn: Turn, *, project: Project, conversation_id: str, after: int, out: Line
) -> tuple[Event, ...]:
    if turn.user is not None:
        out(f"\nDIRECTOR  {turn.user}")
        await house.desk.say(conversation_id, project_id=project.id, text=turn.user)
    if turn.wait:
        await house.worker.run(until_rest=True)
    events = await house.desk.story(conversation_id, after=after)
    numbers = {shot.id: shot.number for shot in await house.studio.store.shots(project.id)}
    for event in events:
        for line in story.tell(event, shot=numbers.get(event.shot_id or "")):
            out(f"  {line}")
    return events


async def _project(house: House, script: Script, *, beside: Path) -> Project:
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
    )
    style = await house.studio.store.style(project.id)
    for reference in script.references:
        await add_reference(
            house.studio,
            project.id,
            data=await anyio.to_thread.run_sync(_image, reference, beside, style.text),
            label=reference.label,
            use=reference.use,
            ignore=reference.ignore,
            note=reference.file or f"sandbox plate {reference.plate}",
        )
    return project


def _image(reference: ReferenceFile, beside: Path, style: str) -> bytes:
    """The file beside the script, or the plate as the sandbox draws the film's style."""
    if reference.file is None:
        return plates.plate(reference.plate or 1, style=style)
    try:
        return (beside / reference.file).read_bytes()
    except OSError as error:
        raise ScriptError(f"reference {reference.label}: {reference.file} cannot be read ({error.strerror})") from error


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
        return bool(value.get(bound) == wanted)
    if isinstance(value, str) and isinstance(wanted, str):
        return wanted.casefold() in value.casefold()
    return bool(wanted in value) if isinstance(value, list | dict) and not isinstance(wanted, list) else value == wanted


def _sentence(expectation: Expectation, rest: Sequence[Event]) -> str:
    near = [dict(event.data) for event in rest if event.what is expectation.event]
    came = f"came: {near[:3]}" if near else f"came: {', '.join(event.what for event in rest) or 'nothing'}"
    return f"expected {expectation.event} where {expectation.where}; {came}"
