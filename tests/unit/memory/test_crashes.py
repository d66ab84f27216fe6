"""Whatever moment a process dies or a commit fails at, no half state stays."""

import itertools
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import anyio
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from agent.errors import StoreError
from agent.jobs import JobState
from tests.contract.store.building import Film, a_verdict

T = TypeVar("T")

LEAST_MOMENTS = 30
"""A shot's life has more statements and commits than this; fewer would mean that the process died of something else."""


async def test_a_process_killed_at_any_statement_leaves_whole_intents_and_whole_takes(film: Film, file: Path) -> None:
    script = Path(__file__).with_name("crashing.py")
    done = await anyio.run_process(
        [sys.executable, str(script), str(file), film.project.id, film.conversation_id], check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(deaths) > LEAST_MOMENTS
    assert all(found["jobs"] == found["receipts"] for found in deaths)
    assert all(found["kept"] == found["takes"] for found in deaths)
    assert deaths[-1]["takes"]


async def test_each_commit_of_a_shots_life_may_fail_once_and_be_repeated(film: Film) -> None:
    for n in range(9):
        await _live_with_failing_commit(film, n)
    shots = await film.store.shots(film.project.id)
    assert [len(await film.store.takes(shot_id=shot.id)) for shot in shots] == [1] * 9
    assert {job.state for job in await film.store.jobs()} == {JobState.KEPT}
    assert await film.store.spent_micro_usd(film.project.id) == 9 * 400_000


async def _live_with_failing_commit(film: Film, n: int) -> None:
    left = itertools.count(n, -1)

    def fail(_connection: object) -> None:
        if next(left) == 0:
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    engine = film.store.database.engine.sync_engine
    shot = film.a_shot()
    event.listen(engine, "commit", fail)
    shot = await _again(lambda: film.store.add_shot(shot))
    intent = await _again(lambda: film.intent(shot))
    await _again(lambda: film.reserve(intent))
    sending = await _again(lambda: film.move(intent, JobState.SENDING))
    accepted = await _again(lambda: film.move(sending, JobState.ACCEPTED, vendor_id="v1"))
    take = await _again(lambda: film.store.keep_take(film.a_take(accepted)))
    await _again(lambda: film.store.keep_verdict(a_verdict(take), trial=None, entries=()))
    event.remove(engine, "commit", fail)


async def _again(step: Callable[[], Awaitable[T]]) -> T:
    try:
        return await step()
    except StoreError:
        return await step()
