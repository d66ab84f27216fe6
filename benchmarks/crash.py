"""kill -9 at every named place of a shot's life, then going on: what was paid, and was any of it lost or paid twice?

Run as ``python -m benchmarks.crash [REPEATS [WORKERS [DURABILITY]]]``. Each run is a message and its shot, killed once
and gone on with until nothing moves: by the same process started anew on a file, or by the other workers of a house on
Postgres, with every durability of LangGraph's checkpoints. The stand-ins' own list of accepted jobs is held against the
rows. Kling is asked which jobs it has; Veo cannot be, so a job whose outcome nobody knows may stay open there, visibly.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import asyncio
import json
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import anyio
from langgraph.pregel import Pregel

from agent import buying
from agent.film import ShotStatus
from agent.jobs import JobState
from benchmarks import crews
from interfaces.crew import Crew
from interfaces.wiring import DATABASE, House, Parts

REPEATS = 20
POINTS = (
    "turn.acked",
    "submit.intent_saved",
    "submit.sending",
    "submit.sent",
    "submit.accepted",
    "poll.terminal",
    "download.partial",
    "download.renamed",
    "inspect.done",
    "verdict.saved",
)
DURABILITIES = ("sync", "async", "exit")
VENDORS = {"Kling": True, "Veo": False}
"""Which vendor makes the shot, and whether it can be asked what it accepted."""

BAD = ("extra", "repeated", "lost", "unanswered", "restless")
"""Jobs accepted twice where the vendor can be asked, and where it cannot; clips without a take; turns without an
answer; shots that nothing moves any more."""

WORKERS = (1, 3)
MOST_LIVES = 4
LAG_S = 0.1  # the stand-ins list a job at once
SOON_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One run: who is killed where.

    Attributes:
        url: Database of a house of several workers; ``None`` for one process on a file.
    """

    point: str
    durability: str
    vendor: str
    workers: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KillOnce:
    """SIGKILL to whichever process reaches a place first; nothing is flushed, nothing is tidied."""

    at: str
    folder: Path

    async def reach(self, name: str) -> None:
        """Die here, if this is the place and nobody did."""
        if name == self.at and not self.struck:
            (self.folder / "struck").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def struck(self) -> bool:
        """Whether somebody died."""
        return (self.folder / "struck").exists()


def run(case: Case, folder: Path) -> Counter[str]:
    """What became of one shot, as counts that are to be 0, and what was reached."""
    fail = KillOnce(at=case.point, folder=folder)
    with _durably(case.durability), patch.object(buying, "LISTING_LAG_S", LAG_S):
        if case.workers == 1:
            _one_after_another(case, folder, fail)
        else:
            _several(case, folder, fail)
    return Counter(killed=fail.struck) + asyncio.run(_outcome(case, folder))


def cases(repeats: int, *, crews_of: Sequence[int], durabilities: Sequence[str], url: str | None) -> Iterator[Case]:
    """Every place and vendor, so many times: one process on a file, several on the database."""
    for _, workers, durability, point, vendor in product(range(repeats), crews_of, durabilities, POINTS, VENDORS):
        where = url if workers > 1 else None
        yield Case(point=point, durability=durability, vendor=vendor, workers=workers, url=where)


def main() -> None:
    """Run and print."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    crews_of = [int(sys.argv[2])] if len(sys.argv) > 2 else WORKERS
    durabilities = sys.argv[3:] or DURABILITIES
    crews.ready()
    totals: dict[tuple[int, str], Counter[str]] = {}
    template = asyncio.run(crews.template())
    with crews.postgres() if max(crews_of) > 1 else nullcontext() as url:
        for case in cases(repeats, crews_of=crews_of, durabilities=durabilities, url=url):
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / DATABASE).write_bytes(template)  # tables are made once
                found = run(case, Path(folder)) + Counter(runs=1)
            totals.setdefault((case.workers, case.durability), Counter()).update(found)
            if any(found[name] for name in BAD) or not found["killed"]:
                print(f"{case}: {dict(found)}")
    _print(totals)
    total: Counter[str] = sum(totals.values(), Counter[str]())
    figures = {name: total[name] for name in ("runs", "killed", "unknown", *BAD)}
    missed = [name for name in BAD if total[name]] + (["killed"] if total["killed"] != total["runs"] else [])
    print(json.dumps({"benchmark": "crash", "repeats": repeats, "figures": figures, "missed": missed}))


def _one_after_another(case: Case, folder: Path, fail: KillOnce) -> None:
    crews.ended(crews.forked(partial(_life, case, folder, fail, say=True)))
    for _ in range(MOST_LIVES):
        if crews.ended(crews.forked(partial(_life, case, folder, fail, say=False))) == 0:
            return


async def _life(case: Case, folder: Path, fail: KillOnce, *, say: bool) -> None:
    async with crews.house(folder, url=None, parts=Parts(fail=fail)) as house:
        await house.worker.recover()
        await house.desk.recover()
        async with anyio.create_task_group() as group:
            group.start_soon(house.desk.run)
            if say:
                await _say(case, house, folder)
            await house.desk.rest()
            await house.worker.run(until_rest=True)
            group.cancel_scope.cancel()


def _several(case: Case, folder: Path, fail: KillOnce) -> None:
    page = crews.forked(partial(_page, case, folder, fail))
    crews.ended(page)
    for child in [crews.forked(partial(_worker, case, folder, fail)) for _ in range(case.workers)]:
        crews.ended(child)


async def _page(case: Case, folder: Path, fail: KillOnce) -> None:
    async with crews.house(folder, url=case.url, elsewhere=True, parts=Parts(fail=fail)) as house:
        await _say(case, house, folder)


async def _worker(case: Case, folder: Path, fail: KillOnce) -> None:
    async with crews.house(folder, url=case.url, elsewhere=True, parts=Parts(fail=fail)) as house:
        await Crew(house, for_s=SOON_S, late_s=SOON_S).run(until_rest=True)


async def _say(case: Case, house: House, folder: Path) -> None:
    project, talk = await crews.film(house, folder.name)
    await house.desk.hear(talk, project_id=project.id, text=f"a boat on the river, wide, 5 s, with {case.vendor}")


async def _outcome(case: Case, folder: Path) -> Counter[str]:
    paid = crews.accepted(folder)
    async with crews.house(folder, url=case.url) as house:
        store = house.studio.store
        project = await store.project_named(folder.name)
        shots = await store.shots(project.id)
        jobs = await store.film_jobs(project.id)
        takes = await store.takes(project_id=project.id)
        talks = await store.talks(project.id)
        said = [turn for talk in talks for turn in await store.turns(talk.id)]
    unknown = sum(job.state is JobState.UNKNOWN for job in jobs)
    rests = [shot for shot in shots if shot.status in (ShotStatus.DELIVERED, ShotStatus.UNKNOWN)]
    extra = max(len(paid) - 1, 0)
    return Counter(
        unknown=unknown,
        extra=extra if VENDORS[case.vendor] else 0,
        repeated=0 if VENDORS[case.vendor] else extra,
        lost=max(len(paid) - len(takes) - unknown, 0),
        unanswered=sum(turn.reply is None for turn in said) + (not said),
        restless=len(shots) - len(rests) + (not shots),
    )


def _durably(mode: str) -> Any:
    """Every graph writes its checkpoints so, whatever it is asked for."""
    ainvoke = vars(Pregel)["ainvoke"]

    async def forced(graph: Pregel[Any, Any, Any, Any], *given: Any, **named: Any) -> Any:
        return await ainvoke(graph, *given, **{**named, "durability": mode})

    return patch.object(Pregel, "ainvoke", forced)


def _print(totals: dict[tuple[int, str], Counter[str]]) -> None:
    columns = ("runs", "killed", "unknown", *BAD)
    print(f"{'workers and durability':26}" + "".join(f"{name:>12}" for name in columns))
    for (workers, durability), found in sorted(totals.items()):
        print(f"{f'{workers}, {durability}':26}" + "".join(f"{found[name]:>12}" for name in columns))


if __name__ == "__main__":
    main()
