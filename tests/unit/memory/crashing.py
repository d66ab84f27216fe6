"""Processes that die at the n-th statement or commit of a shot's life; run by `test_crashes`.

Arguments: FILE PROJECT CONVERSATION. Prints, for each n, what the file held afterwards. Forks from one process, so
that the imports are paid once.
"""

import asyncio
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from sqlalchemy import event

from agent.film import Shot
from agent.jobs import JobState
from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids, a_verdict

DIED = 9


async def _live(film: Film, shot: Shot) -> None:
    job = await film.reserve(await film.intent(shot))
    job = await film.move(job, JobState.SENDING)
    job = await film.move(job, JobState.ACCEPTED, vendor_id="v1")
    take = await film.store.keep_take(film.a_take(job))
    await film.store.keep_verdict(a_verdict(take), trial=None, entries=())


async def _die_at(n: int, *, file: str, project_id: str, conversation_id: str) -> None:
    async with open_store(f"sqlite:///{file}", now_us=Clock(), new_id=Ids(f"n{n}")) as store:
        film = Film(store, await store.project(project_id), conversation_id, Ids(f"n{n}"))
        shot = await film.shot()
        left = itertools.count(n, -1)

        def maybe(*_: object) -> None:
            if next(left) == 0:
                os._exit(DIED)

        for moment in ("before_cursor_execute", "commit"):
            event.listen(store.database.engine.sync_engine, moment, maybe)
        await _live(film, shot)


async def _holds(store: SqlStore) -> dict[str, Any]:
    jobs, receipts, takes = await store.jobs(), await store.receipts(), await store.takes()
    return {
        "jobs": sorted(job.id for job in jobs),
        "receipts": sorted(job.id for job, _, _ in receipts),
        "kept": sorted(job.id for job in jobs if job.state is JobState.KEPT),
        "takes": sorted(take.job_id for take in takes),
    }


async def _look(file: str) -> dict[str, Any]:
    async with open_store(f"sqlite:///{file}", now_us=Clock(), new_id=Ids()) as store:
        return await _holds(store)


def _deaths(file: str, project_id: str, conversation_id: str) -> Iterator[dict[str, Any]]:
    for n in itertools.count():
        child = os.fork()
        if child == 0:
            asyncio.run(_die_at(n, file=file, project_id=project_id, conversation_id=conversation_id))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != DIED:
            return
        yield asyncio.run(_look(file))


if __name__ == "__main__":
    for found in _deaths(*sys.argv[1:4]):
        print(json.dumps(found))
