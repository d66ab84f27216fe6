"""What happens when the file, the folder or the disk fails."""

import asyncio
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
import anyio
import pytest
from sqlalchemy import Connection, event, text

from agent.errors import StoreError
from agent.events import What
from agent.film import ShotStatus
from agent.jobs import JobState
from memory.store import SqlStore, open_store
from tests.contract.store.building import Clock, Film, Ids


def _address(file: Path) -> str:
    return f"sqlite:///{file}"


async def _opened(url: str) -> None:
    async with open_store(url, now_us=Clock(), new_id=Ids()):
        pass


@contextmanager
def _statements(store: SqlStore) -> Generator[list[str]]:
    """Every statement of SQL that reaches the file."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(" ".join(statement.split()[:4]))

    event.listen(store.database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.database.engine.sync_engine, "before_cursor_execute", note)


async def test_the_folder_is_made(file: Path, store: SqlStore) -> None:
    assert await anyio.Path(file).exists()


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 1000)])
async def test_every_connection_waits_logs_ahead_and_keeps_references_whole(
    store: SqlStore, pragma: str, value: object
) -> None:
    async with store.database.reading() as connection:
        assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_an_intent_is_on_the_disk_before_it_is_answered_and_a_remark_need_not_be(film: Film) -> None:
    job = await film.intent()
    with _statements(film.store) as seen:
        await film.reserve(job)
        assert seen[:2] == ["PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"]
        seen.clear()
        await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)
        assert seen[:2] == ["PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE"]


@pytest.mark.parametrize(
    ("state", "full"), [(JobState.SENDING, True), (JobState.ACCEPTED, True), (JobState.FAILED, False)]
)
async def test_a_job_that_is_sent_or_accepted_is_on_the_disk(film: Film, state: JobState, full: bool) -> None:
    job = await film.reserve(await film.intent())
    await film.store.set_status(job.shot_id, (await film.store.shot(job.shot_id)).status)
    with _statements(film.store) as seen:
        await film.move(job, state)
    assert ("PRAGMA synchronous = FULL" in seen) is full


async def test_opening_a_store_that_is_up_to_date_imports_no_alembic(file: Path, store: SqlStore) -> None:
    script = (
        "import asyncio, sys\n"
        "from memory.store import open_store\n"
        "async def main():\n"
        f"    async with open_store('{_address(file)}', now_us=lambda: 0, new_id=str): pass\n"
        "asyncio.run(main())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    assert (await anyio.run_process([sys.executable, "-c", script], check=False)).returncode == 0


@pytest.mark.parametrize("url", ["mysql://host/film", "film.db", "", "sqlite://", "sqlite:///:memory:"])
async def test_an_address_that_keeps_nothing_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        await _opened(url)


async def test_a_folder_that_cannot_be_made_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"data.*choose another data folder|data.*doctor"):
        await _opened(_address(tmp_path / "data" / "film.db"))


async def test_a_file_that_cannot_be_opened_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "film.db").mkdir()
    with pytest.raises(StoreError, match=r"film\.db.*writable or choose another"):
        await _opened(_address(tmp_path / "film.db"))


def test_a_file_that_cannot_be_opened_leaves_no_thread_to_a_loop_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "film.db").mkdir()
    for _ in range(30):  # a thread that is late fails only now and then
        with pytest.raises(StoreError):
            asyncio.run(_opened(_address(tmp_path / "film.db")))


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "film.db"
    file.write_bytes(b"this is not a database" * 400)
    with pytest.raises(StoreError, match=r"film\.db.*put a backup in its place"):
        await _opened(_address(file))
    assert file.read_bytes() == b"this is not a database" * 400


async def test_a_password_never_shows_in_an_error() -> None:
    url = "postgresql://ada:hunter2@127.0.0.1:1/film?connect_timeout=2"
    with pytest.raises(StoreError, match="reached") as caught:
        await _opened(url)
    assert "hunter2" not in str(caught.value)


def _fill_disk(connection: Any, _record: object, _proxy: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_count")
    (pages,) = cursor.fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages}")
    cursor.close()


async def test_a_full_disk_is_told_keeps_what_was_there_and_mends_itself(film: Film) -> None:
    kept, engine = await film.shot(), film.store.database.engine
    event.listen(engine.sync_engine, "checkout", _fill_disk)
    large = film.a_shot(because="x" * 100_000)
    with pytest.raises(StoreError, match="free some space"):
        await film.store.add_shot(large)
    assert await film.store.shots(film.project.id) == (kept,)
    event.remove(engine.sync_engine, "checkout", _fill_disk)
    async with engine.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1000000"))
    assert (await film.store.add_shot(large)).number == 2


async def test_a_file_locked_for_too_long_is_told_and_nothing_is_lost(film: Film, file: Path) -> None:
    job = await film.intent()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds it"):
            await film.reserve(job)
        assert await film.store.jobs() == ()
        other.execute("ROLLBACK")
    assert await film.reserve(job) == job


async def test_a_file_locked_for_a_moment_is_waited_for(file: Path, film: Film, clock: Clock) -> None:
    job = await film.intent()
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with open_store(_address(file), now_us=clock, new_id=film.ids) as patient:
            waiting = asyncio.create_task(Film(patient, film.project, film.conversation_id, film.ids).reserve(job))
            release = threading.Timer(0.2, other.execute, ["ROLLBACK"])
            release.start()
            assert await waiting == job
            release.join()


async def test_a_number_that_is_no_number_is_refused_on_every_database(film: Film) -> None:
    data = {"chance": float("nan")}
    with pytest.raises(StoreError):
        await film.store.tell(What.ROUTE, data, project_id=film.project.id, conversation_id=film.conversation_id)


async def test_cancelling_at_any_moment_leaves_a_whole_intent_or_none(film: Film) -> None:
    for moments in range(60):
        job = await film.intent()
        task = asyncio.create_task(film.reserve(job))
        for _ in range(moments):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        stored = [kept.id for kept in await film.store.jobs()]
        proven = [kept.id for kept, _, _ in await film.store.receipts()]
        assert stored == proven
    await film.reserve(await film.intent())


async def test_a_failing_commit_leaves_nothing_and_the_step_can_be_repeated(film: Film) -> None:
    failing = True

    def fail(_connection: Connection) -> None:
        if failing:
            raise sqlite3.OperationalError("disk I/O error")

    job = await film.intent()
    event.listen(film.store.database.engine.sync_engine, "commit", fail)
    with pytest.raises(StoreError, match="disk I/O error"):
        await film.reserve(job)
    failing = False
    assert await film.store.jobs() == ()
    assert await film.store.receipts() == ()
    assert await film.reserve(job) == job


async def test_what_is_done_together_is_kept_together_or_not_at_all(film: Film) -> None:
    job = await film.reserve(await film.intent())
    store = film.store

    async def crashes() -> None:
        await store.set_status(job.shot_id, ShotStatus.RENDERING)
        await store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)
        assert (await store.shot(job.shot_id)).status is ShotStatus.RENDERING, "it reads what it has written"
        raise RuntimeError

    before, story = await store.shot(job.shot_id), await store.events()
    with pytest.raises(RuntimeError):
        await store.together(crashes)
    assert (await store.shot(job.shot_id), await store.events()) == (before, story)


async def test_a_write_that_must_be_on_the_disk_is_refused_in_a_unit_that_need_not_be(film: Film) -> None:
    job = await film.intent()
    with pytest.raises(ValueError, match="durable=True"):
        await film.store.together(partial(film.reserve, job))
    assert await film.store.jobs() == ()
    with _statements(film.store) as seen:
        await film.store.together(partial(film.reserve, job), durable=True)
    assert seen[:2] == ["PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"]
    assert seen.count("BEGIN IMMEDIATE") == 1


async def test_a_task_that_outlives_a_unit_is_free_of_it(film: Film) -> None:
    go = anyio.Event()
    late: list[asyncio.Task[object]] = []

    async def later() -> object:
        await go.wait()
        return await film.store.project(film.project.id)

    async def starts_one() -> None:
        late.append(asyncio.create_task(later()))

    await film.store.together(starts_one)
    go.set()
    assert await late[0] == film.project


async def test_a_cancel_in_a_unit_leaves_the_file_to_the_next_writer(film: Film) -> None:
    for moments in range(0, 40, 3):
        intent = await film.intent()
        task = asyncio.create_task(film.store.together(partial(film.reserve, intent), durable=True))
        for _ in range(moments):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    await film.reserve(await film.intent())


async def test_only_the_lock_and_the_commit_wait_in_another_thread(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []
    hand_over: Callable[..., Awaitable[Any]] = vars(aiosqlite.Connection)["_execute"]  # its own way to its thread

    async def noted(connection: aiosqlite.Connection, fn: Callable[..., Any], *given: Any, **named: Any) -> Any:
        handed.append(str(given[0]) if given else fn.__name__)
        return await hand_over(connection, fn, *given, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    await film.store.shots(film.project.id)
    assert handed == []
    await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)
    assert handed == ["BEGIN IMMEDIATE", "commit"]
