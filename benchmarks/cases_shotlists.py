"""Shot lists as the scorer wants them: each file read as the import reads it, before anything is made of it."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from pathlib import Path
from typing import Any

from agent.ports import Planner
from agent.reading.tables.listing import Listed
from benchmarks.cases import Case, Prediction
from benchmarks.cases_requests import shot
from interfaces.shotlists import sources
from interfaces.shotlists.opening import UnreadableListError


async def predict(cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
    """What the import understands of each file; a file that cannot be read has no rows, and says why."""
    for case in cases:
        yield prediction(str(case["id"]), _file(str(case["file"]), folder))


def prediction(case_id: str, file: Path) -> dict[str, Any]:
    """One file as the scorer wants it."""
    try:
        listing = sources.read(file)
    except UnreadableListError as error:
        return {"id": case_id, "rows": [], "error": str(error)}
    return {"id": case_id, "rows": [_row(listed) for listed in listing.shots], "told": list(listing.told)}


def _row(listed: Listed) -> dict[str, Any]:
    aside = [f"{heading}: {text}" for heading, text in listed.aside]
    told = shot(listed.draft)
    notes = "; ".join(filter(None, (told["notes"], *aside)))
    return {"shot_id": listed.number, "scene": listed.scene, **told, "notes": notes}


def _file(name: str, folder: Path) -> Path:
    """Where a case's file lies: its name may begin with the folder that the cases are in."""
    return next((path for path in _places(name, folder) if path.is_file()), folder / name)


def _places(name: str, folder: Path) -> Iterator[Path]:
    yield folder / name
    yield folder.parent / name
    yield folder / Path(name).name
