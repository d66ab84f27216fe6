"""The film in other forms: its shots as a list that imports again without loss, and the whole record."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import Response

from agent.film import Project, Take, Verdict
from agent.jobs import Job
from agent.ledger import Line
from agent.studio import Studio
from agent.versions import Version
from interfaces.api.conversations import Happening, happening
from interfaces.api.opened import Film, Opened
from interfaces.board import gathering
from interfaces.board.values import Board
from interfaces.shotlists import exact, exporting
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.receipt import Receipt

router = APIRouter(prefix="/films/{film_id}/export", tags=["export"])

Told = dict[int | str, dict[str, Any]]
CSV: Told = {200: {"description": "Every shot of the list, a row each.", "content": {"text/csv": {}}}}
JSON: Told = {200: {"description": "Every shot of the list.", "content": {"application/json": {}}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What left for one job."""

    job: Job
    prompt_digest: str
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is stored of a film, without its clips and pictures."""

    film: Project
    styles: tuple[Version[StyleBlock], ...]
    negatives: tuple[Version[NegativeBlock], ...]
    board: Board
    takes: tuple[Take, ...]
    verdicts: tuple[Verdict, ...]
    receipts: tuple[Proof, ...]
    ledger: tuple[Line, ...]
    story: tuple[Happening, ...]


@router.get("/shots.csv", summary="The shot list as CSV", response_class=Response, responses=CSV)
async def shots_csv(film: Film, house: Opened) -> Response:
    """Imports again without loss; no spreadsheet runs anything of it."""
    text = exporting.BOM + exact.to_csv(await exporting.records(house.studio, film))
    return _file(text, "text/csv; charset=utf-8", "shots.csv")


@router.get("/shots.json", summary="The shot list as JSON", response_class=Response, responses=JSON)
async def shots_json(film: Film, house: Opened) -> Response:
    """Imports again without loss."""
    text = exact.to_json(await exporting.records(house.studio, film))
    return _file(text, "application/json", "shots.json")


@router.get("/record.json", summary="Everything that is stored of a film", response_model=Record)
async def record(film: Film, house: Opened) -> Response:
    """Blocks, shots, takes, verdicts, receipts, ledger and story: what a film can be explained from."""
    return _file(_records().dump_json(await _record(house.studio, film)), "application/json", "record.json")


async def _record(studio: Studio, film: Project) -> Record:
    store = studio.store
    return Record(
        film=film,
        styles=await store.styles(film.id),
        negatives=await store.negatives(film.id),
        board=await gathering.board(studio, film.id),
        takes=await store.takes(project_id=film.id),
        verdicts=tuple((await store.film_verdicts(film.id)).values()),
        receipts=tuple(
            Proof(job=job, prompt_digest=digest, receipt=receipt)
            for job, digest, receipt in await store.receipts(film.id)
        ),
        ledger=await store.ledger(film.id),
        story=tuple(happening(event) for event in await store.events(project_id=film.id)),
    )


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


@cache
def _records() -> TypeAdapter[Record]:
    return TypeAdapter(Record)
