"""The shots of a film as a list that imports again without loss."""

import os
from collections.abc import Mapping
from pathlib import Path

from agent.errors import CountersteerError
from agent.events import Json, What
from agent.film import Project
from agent.studio import Studio
from interfaces.shotlists import exact
from interfaces.shotlists.record import Record, of_shot

WRITERS = {".csv": exact.to_csv, ".json": exact.to_json}
BOM = "\ufeff"
"""Before a CSV: without it Excel takes UTF-8 for the local encoding."""


async def records(studio: Studio, project: Project) -> tuple[Record, ...]:
    """Every shot that is in the film, by number, with what its list said besides."""
    kept = await _kept(studio, project)
    shots = sorted(await studio.store.shots(project.id), key=lambda shot: shot.number)
    return tuple(
        of_shot(
            shot,
            listed_as=str(kept.get(shot.id, {}).get("number", "")),
            scene=str(kept.get(shot.id, {}).get("scene", "")),
            notes=_notes(kept.get(shot.id, {}).get("notes")),
        )
        for shot in shots
        if not shot.omitted
    )


def write(path: Path, found: tuple[Record, ...], *, replace: bool) -> None:
    """The records into a file, whole or not at all.

    Raises:
        CountersteerError: Its name is none of a list, it is there already, or it cannot be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise CountersteerError(f"{path.name} is neither .csv nor .json; nothing was written")
    if path.exists() and not replace:
        raise CountersteerError(f"{path} is there already; nothing was written; take another name or add --replace")
    text = writer(found)
    data = (BOM + text if path.suffix.lower() == ".csv" else text).encode("utf-8")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CountersteerError(f"{path} cannot be written ({error.strerror}); name another place") from error


async def _kept(studio: Studio, project: Project) -> dict[str, Mapping[str, Json]]:
    """By shot, what the list it came from said besides the picture."""
    kept: dict[str, Mapping[str, Json]] = {}
    for conversation_id in await studio.store.conversations(project.id):
        for event in await studio.store.events(conversation_id=conversation_id):
            listed = event.data.get("listed")
            if event.what is What.SHOT and event.shot_id and isinstance(listed, dict):
                kept[event.shot_id] = listed
    return kept


def _notes(stored: Json) -> tuple[tuple[str, str], ...]:
    pairs = stored if isinstance(stored, list) else []
    return tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2)
