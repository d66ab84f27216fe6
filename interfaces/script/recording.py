"""A conversation as it was held, written as a script that plays again and expects what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from agent.errors import CountersteerError
from agent.events import Event, What
from agent.film import Ceilings, Project, ShotStatus
from agent.studio import Studio
from agent.talks import Talk
from agent.versions import Block, Version
from interfaces.export import whole
from interfaces.script.vocabulary import MICRO

RESTS: Mapping[What, ShotStatus] = {
    What.DELIVER: ShotStatus.DELIVERED,
    What.PICK: ShotStatus.DELIVERED,
    What.CHOOSE: ShotStatus.CHOICE,
    What.HOLD: ShotStatus.HELD,
}
ASKS = {"spend": ShotStatus.APPROVAL, "refused": ShotStatus.REFUSED, "unknown": ShotStatus.UNKNOWN}
MOVES = frozenset({What.ROUTE, What.SUBMIT, What.ACCEPTED, What.PROGRESS, What.TAKE, What.VERDICT})
HEAD = "# Recorded from a conversation. Take out what need not be so the next time.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A conversation as a script.

    Attributes:
        pictures: The references' files by the path the script names.
        told: What of the conversation the script does not hold.
    """

    script: Mapping[str, Any]
    pictures: Mapping[str, bytes]
    turns: int
    told: tuple[str, ...]


async def record(studio: Studio, talk: Talk, *, folder: str, seed: int | None) -> Recorded:
    """What was said, in what film it was said, and how the shots stood after each turn.

    Args:
        studio: Where it was held.
        talk: The conversation.
        folder: What the pictures' folder beside the script is called.
        seed: Of the sandbox it was held in; ``None`` where vendors answered.

    Raises:
        CountersteerError: Nothing was said in it.
    """
    store = studio.store
    events = await store.events(conversation_id=talk.id)
    requests = [event for event in events if event.what is What.REQUEST]
    if not requests:
        raise CountersteerError("nothing was said in that conversation, so there is nothing to record")
    project = await store.project(talk.project_id)
    shots = await store.shots(project.id)
    numbers = {shot.id: shot.number for shot in shots}
    turns = [
        _turn(asked, [event for event in events if asked.number < event.number < end], events, numbers)
        for asked, end in zip(requests, [*(each.number for each in requests[1:]), 1 << 62], strict=True)
    ]
    pictures, references = await _references(studio, project, folder)
    elsewhere = sorted(shot.number for shot in shots if shot.conversation_id != talk.id)
    script = {
        "version": 1,
        "name": f"{project.name}, recorded",
        "project": project.name,
        "style": _plain(_then(await store.styles(project.id), requests[0]).text),
        "negatives": _layers(_then(await store.negatives(project.id), requests[0])),
        "references": references,
        "money": _money(project.ceilings),
        "seed": seed,
        "turns": turns,
    }
    told = (*_told(project, requests, events, elsewhere), *_drawn(seed))
    said = {key: value for key, value in script.items() if value not in (None, [], {})}
    return Recorded(script=said, pictures=pictures, turns=len(turns), told=told)


def write(recorded: Recorded, file: Path, *, replace: bool) -> None:
    """The script and its pictures, each whole or not at all.

    Raises:
        ExportError: One is there already and may not be replaced, or cannot be written.
    """
    for name, data in recorded.pictures.items():
        whole.write(file.parent / name, data, replace=replace)
    notes = "".join(f"# {sentence}\n" for sentence in recorded.told)
    body = yaml.safe_dump(dict(recorded.script), sort_keys=False, allow_unicode=True, width=110)
    whole.write(file, f"{HEAD}{notes}{body}".encode(), replace=replace)


def _turn(
    asked: Event, since: Sequence[Event], story: Sequence[Event], numbers: Mapping[str, int]
) -> Mapping[str, Any]:
    """One turn: what was said or decided, and how each shot that it moved stood when the next one came."""
    touched = list(dict.fromkeys(event.shot_id for event in since if event.shot_id and event.what in MOVES))
    end = since[-1].number if since else asked.number
    stood = {shot_id: _stood([e for e in story if e.shot_id == shot_id and e.number <= end]) for shot_id in touched}
    expected = [{"shot": numbers[shot_id], "where": where} for shot_id, where in stood.items() if where]
    return {
        **_said(asked, since, numbers),
        **({} if all(stood.values()) else {"wait": False}),
        **({"expect": expected} if expected else {}),
    }


def _said(asked: Event, since: Sequence[Event], numbers: Mapping[str, int]) -> Mapping[str, Any]:
    decided = next((event for event in since if event.what is What.DECIDED), None)
    if asked.data.get("button") and decided is not None and decided.shot_id:
        answer = "approve" if decided.data["approve"] else "decline"
        return {"decide": answer, "shot": numbers[decided.shot_id]}
    return {"user": _plain(str(asked.data["text"]))}


def _stood(story: Sequence[Event]) -> Mapping[str, Any]:
    """How a shot stood after its story so far; nothing while something was on its way."""
    last = next((event for event in reversed(story) if event.what in {*MOVES, *RESTS, What.ASK}), None)
    if last is None or last.what in MOVES:
        return {}
    status = ASKS.get(str(last.data.get("kind"))) if last.what is What.ASK else RESTS[last.what]
    if last.data.get("cancelled"):
        status = ShotStatus.CANCELLED
    takes = [event.data["model"] for event in story if event.what is What.TAKE]
    verdicts = [event.data["decision"] for event in story if event.what is What.VERDICT]
    return {"status": status.value if status else "", "models": takes, "verdicts": verdicts}


def _then(versions: Sequence[Version[Block]], first: Event) -> Block:
    """The version that held when the conversation began."""
    held = [version for version in versions if version.written_us <= first.at_us]
    return (held or versions)[-1 if held else 0].block


def _layers(block: Any) -> Mapping[str, list[str]]:
    return {name: [_plain(term) for term in getattr(block, name)] for name in ("format", "anatomy", "quality")}


def _money(ceilings: Ceilings) -> Mapping[str, float]:
    usual = Ceilings()
    names = ("shot", "project", "ask_above", "shot_worth")
    changed = {f"{name}_usd": getattr(ceilings, name + MICRO) / 1e6 for name in names}
    found = {name: value for name, value in changed.items() if value != getattr(usual, f"{name[:-4]}{MICRO}") / 1e6}
    takes = {"takes_per_shot": ceilings.takes_per_shot} if ceilings.takes_per_shot != usual.takes_per_shot else {}
    return {**found, **takes}


async def _references(
    studio: Studio, project: Project, folder: str
) -> tuple[Mapping[str, bytes], list[Mapping[str, Any]]]:
    pictures: dict[str, bytes] = {}
    references: list[Mapping[str, Any]] = []
    for nth, (reference, image) in enumerate(await studio.store.references(project.id), start=1):
        name = f"{folder}/{nth:02}-{whole.slug(reference.label, otherwise='reference')}{Path(image.file).suffix}"
        pictures[name] = await studio.clips.read(image.file)
        rules = {
            "use": [*map(_plain, reference.use)],
            "ignore": [*map(_plain, reference.ignore)],
            "known_as": dict(image.known_as),
        }
        said = {key: rule for key, rule in rules.items() if rule}
        references.append({"label": _plain(reference.label), "file": name, "role": reference.role.value, **said})
    return pictures, references


def _told(project: Project, requests: Sequence[Event], events: Sequence[Event], elsewhere: Sequence[int]) -> list[str]:
    """What the script cannot say of how it was."""
    told: list[str] = []
    if elsewhere:
        told.append(f"Shots made elsewhere are not made by it: {', '.join(map(str, elsewhere))}.")
    if any(request.data.get("button") for request in requests):
        told.append("Buttons and forms became words; what a form filled in may be missing.")
    if any(event.what is What.SETTING for event in events):
        told.append("Ceilings are as they stood at the end.")
    if project.excluded or project.plan_first or project.reference_rules:
        told.append("Exclusions, planning first and rules for references are not set up by it; say them in a turn.")
    if (project.ratio, project.seconds) != ("16:9", 5.0):
        told.append(f"The film's picture ({project.ratio}) and length ({project.seconds:g} s) are not set up by it.")
    return told


def _drawn(seed: int | None) -> tuple[str, ...]:
    return (
        () if seed is None else (f"Its sandbox draws by seed {seed}, that of the settings; another gives other clips.",)
    )


def _plain(text: str) -> str:
    """The words themselves, also where they look like a variable."""
    return text.replace("${", "$${")
