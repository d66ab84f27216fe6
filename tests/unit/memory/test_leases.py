"""Leases: one run per key, late writes refused."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from sqlalchemy import select

from agent.errors import ConflictError
from agent.events import What
from memory import tables
from memory.engine import connect
from memory.leases import Leases
from memory.store import SqlStore
from tests.contract.store.building import Clock, Film, Ids

SECOND_US = 1_000_000


class Sleeper:
    """Moves the clock instead of waiting; a renewal that should not happen is held back for good."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.clock.now += int(seconds * SECOND_US)

    async def stand_still(self, _seconds: float) -> None:
        await asyncio.Event().wait()


async def _let_others_go_on(_seconds: float) -> None:
    await asyncio.sleep(0.001)


@pytest.fixture
def frozen(store: SqlStore, clock: Clock) -> Leases:
    """A process that never gets to renew."""
    return Leases(store.database, now_us=clock, new_id=Ids("frozen"), sleep=Sleeper(clock).stand_still)


@pytest.fixture
async def other(file: Path, store: SqlStore, clock: Clock) -> AsyncIterator[Leases]:
    """Another process with a connection of its own."""
    async with connect(f"sqlite:///{file}") as database:
        yield Leases(database, now_us=clock, new_id=Ids("other"), sleep=Sleeper(clock).wait)


@pytest.fixture
async def patient(file: Path, store: SqlStore, clock: Clock) -> AsyncIterator[Leases]:
    """Another process whose waiting moves no clock, however often it gets to ask."""
    async with connect(f"sqlite:///{file}") as database:
        yield Leases(database, now_us=clock, new_id=Ids("patient"), sleep=_let_others_go_on)


async def _fence(store: SqlStore, key: str) -> tuple[int, str | None]:
    rows = tables.leases
    async with store.database.reading() as connection:
        row = (await connection.execute(select(rows).where(rows.c.key == key))).one()
    return row.fence, row.holder


async def test_in_one_process_turns_run_one_after_another_in_order(frozen: Leases) -> None:
    steps: list[str] = []

    async def turn(name: str) -> None:
        async with frozen.hold("conversation-1"):
            steps.append(f"{name} in")
            await asyncio.sleep(0)
            steps.append(f"{name} out")

    await asyncio.gather(*(turn(name) for name in "abcd"))
    assert steps == [f"{name} {way}" for name in "abcd" for way in ("in", "out")]


async def test_different_keys_do_not_wait_for_each_other(frozen: Leases) -> None:
    async with frozen.hold("conversation-1"), frozen.hold("shot-1"):
        pass


async def test_each_holder_gets_a_higher_number_and_gives_the_lease_back(frozen: Leases, store: SqlStore) -> None:
    for expected in (1, 2, 3):
        async with frozen.hold("shot-1"):
            assert await _fence(store, "shot-1") == (expected, "holder-frozen-1")
    assert await _fence(store, "shot-1") == (3, None)


async def test_a_lease_is_given_back_when_the_turn_fails(frozen: Leases, store: SqlStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with frozen.hold("shot-1"):
            raise ZeroDivisionError
    assert await _fence(store, "shot-1") == (1, None)


async def test_another_process_waits_until_the_lease_has_run_out(
    frozen: Leases, other: Leases, clock: Clock, store: SqlStore
) -> None:
    begun = clock.now
    async with frozen.hold("shot-1"), other.hold("shot-1"):
        assert clock.now - begun >= 10 * SECOND_US
        assert await _fence(store, "shot-1") == (2, "holder-other-1")
    assert (await _fence(store, "shot-1"))[0] == 2


async def test_a_late_write_of_the_first_holder_is_refused(
    film: Film, frozen: Leases, other: Leases, clock: Clock
) -> None:
    job = await film.intent()

    async def remark() -> None:
        await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)

    async with frozen.hold("shot-1"):
        await remark()
        await asyncio.create_task(_take_over(other))
        for late in (remark(), film.reserve(job)):
            with pytest.raises(ConflictError, match="shot-1 was taken over"):
                await late
    assert len(await film.store.events(conversation_id=film.conversation_id)) == 1
    await film.reserve(job)


async def _take_over(other: Leases) -> None:
    async with other.hold("shot-1"):
        pass


async def test_what_goes_on_after_its_lease_was_given_back_is_free_of_it(film: Film, frozen: Leases) -> None:
    released = asyncio.Event()

    async def later() -> None:
        await released.wait()
        await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)

    async with frozen.hold("conversation-1"):
        task = asyncio.create_task(later())
    async with frozen.hold("conversation-1"):
        pass
    released.set()
    await task


async def test_a_renewed_lease_is_not_taken_over(frozen: Leases, patient: Leases, clock: Clock) -> None:
    async with frozen.hold("shot-1"):
        waiting = asyncio.create_task(_take_over(patient))
        for _ in range(6):
            clock.now += 5 * SECOND_US
            await frozen.renew()
            assert not waiting.done()
    await waiting


async def test_a_lease_is_renewed_while_it_is_held(store: SqlStore, clock: Clock) -> None:
    asked: list[float] = []
    due, renewed = asyncio.Event(), asyncio.Event()

    async def tick(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) > 1:
            renewed.set()
            await asyncio.Event().wait()
        await due.wait()

    leases = Leases(store.database, now_us=clock, new_id=Ids("l"), sleep=tick, for_s=9.0)
    async with leases.hold("shot-1"):
        clock.now += 8 * SECOND_US
        due.set()
        await renewed.wait()
        async with store.database.reading() as connection:
            until_us = await connection.scalar(select(tables.leases.c.until_us))
    assert until_us == clock.now + 9 * SECOND_US
    assert asked == [3.0, 3.0]


async def test_a_cancelled_wait_keeps_nobody_out(frozen: Leases, store: SqlStore) -> None:
    for moments in range(0, 40, 3):
        task = asyncio.create_task(_take_over(frozen))
        for _ in range(moments):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        async with asyncio.timeout(5), frozen.hold("shot-1"):
            pass


async def test_two_processes_on_one_file_never_hold_one_key_at_once(film: Film, file: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("two_writers.py")
    done = await anyio.run_process(
        [sys.executable, str(script), str(file), film.project.id, film.conversation_id], check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    events = await film.store.events(conversation_id=film.conversation_id)
    story = [(event.data["by"], event.data["step"]) for event in events]
    assert len(story) == 2 * 2 * 10
    turns = list(zip(story[::2], story[1::2], strict=True))
    assert all(begun == (who, "begin") and ended == (who, "end") for begun, ended in turns for who in [begun[0]])
    assert sorted(shot.number for shot in await film.store.shots(film.project.id)) == list(range(1, 21))
