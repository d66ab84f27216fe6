"""The whole record of a film as JSON: what it can be explained from, without its clips and pictures."""

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from agent.film import Project, Take, Verdict
from agent.jobs import Job
from agent.ledger import Line
from agent.studio import Studio
from agent.versions import Version
from interfaces.api.conversations import Happening, happening
from interfaces.board import gathering
from interfaces.board.values import Board
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.receipt import Receipt


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


async def as_json(studio: Studio, film: Project) -> bytes:
    """Blocks, shots, takes, verdicts, receipts, ledger and story."""
    return _records().dump_json(await record(studio, film))


async def record(studio: Studio, film: Project) -> Record:
    """The same as values."""
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


@cache
def _records() -> TypeAdapter[Record]:
    return TypeAdapter(Record)
