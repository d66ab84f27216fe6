"""Where a film stands, in the words a chat begins and ends with."""

from agent.film import Project, Shot, ShotStatus
from interfaces.command.terminal import cost, count
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import House

GOING = (ShotStatus.OPEN, ShotStatus.RENDERING)
ASKING = (ShotStatus.APPROVAL, ShotStatus.CHOICE, ShotStatus.REFUSED, ShotStatus.UNKNOWN)


async def greeting(house: House, project: Project, settings: Settings) -> tuple[Line, ...]:
    """Film, models, and what was left from the last time."""
    shots = await house.studio.store.shots(project.id)
    going, asking = _numbers(shots, GOING), _numbers(shots, ASKING)
    so_far = count(len(shots), "shot") if shots else "no shots yet"
    lines = [
        Line(text=f"Film: {project.name}, {so_far}. Kept in {house.folder}.", tone=Tone.PERSON),
        Line(text=_models(house)),
        Line(text=_reader(settings)),
        Line(text="Describe a shot, or type help. Ctrl-D leaves, Ctrl-C stops; both lose nothing.", tone=Tone.QUIET),
    ]
    if going:
        lines.insert(1, Line(text=f"{_are(going)} on the way and {_go(going)} on now.", tone=Tone.MOVE))
    if asking:
        lines.insert(1, Line(text=f"{_are(asking)} waiting for you; 'status' says for what.", tone=Tone.OPEN))
    return tuple(lines)


async def farewell(house: House, project: Project) -> tuple[Line, ...]:
    """Cost, and what goes on at the next start."""
    shots = await house.studio.store.shots(project.id)
    going, asking = _numbers(shots, GOING), _numbers(shots, ASKING)
    lines = [Line(text=f"{project.name}: {await cost(house.studio, project.id)} so far. Everything is stored.")]
    if asking:
        lines.append(Line(text=f"{_are(asking)} waiting for you; 'status' says for what.", tone=Tone.OPEN))
    if going:
        text = f"{_are(going)} not finished and {_go(going)} on where {'it' if len(going) == 1 else 'they'} stopped"
        lines.append(Line(text=f"{text} when you start again.", tone=Tone.OPEN))
    return tuple(lines)


def _models(house: House) -> str:
    vendors = ", ".join(sorted(house.studio.vendors))
    if house.studio.sandbox:
        return f"Models: sandbox. Stand-ins answer for {vendors}; nothing is billed, nothing leaves this machine."
    return f"Models: {vendors}, live. What they make is billed to your accounts."


def _reader(settings: Settings) -> str:
    """Who reads the messages; a server that is set without a model is not passed over in silence."""
    if settings.llm.model:
        return f"Messages are read by {settings.llm.model}; where it fails, by the built-in rules, which is then said."
    told = "Messages are read by the built-in rules."
    named = settings.openai_base_url or settings.openai_api_key
    return f"{told} OPENAI_... is set, but COUNTERSTEER_LLM__MODEL names no model." if named else told


def _numbers(shots: tuple[Shot, ...], statuses: tuple[ShotStatus, ...]) -> list[int]:
    return sorted(shot.number for shot in shots if shot.status in statuses)


def _are(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return f"Shot {listed} is" if len(numbers) == 1 else f"Shots {listed} are"


def _go(numbers: list[int]) -> str:
    return "goes" if len(numbers) == 1 else "go"
