"""Bringing the tables up to date."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from agent.errors import StoreError
from agent.images import Image
from memory import migrating
from memory.columns import metadata
from memory.engine import connect
from memory.migrating import OURS, Steps, backup_of
from memory.store import SqlStore, open_store
from prompts.blocks import StyleBlock
from prompts.references import Reference
from tests.contract.store.building import Clock, Film, Ids

NEXT, LAST = (f"{int(OURS.head) + more:04}" for more in (1, 2))

STEP = """
import os
from alembic import op
revision, down_revision = "{revision}", "{before}"
def upgrade():
    op.execute("CREATE TABLE made_by_{revision} (n INTEGER)")
    {more}
"""


def _later(folder: Path, *, third: str = "pass") -> Steps:
    """Our steps and two more."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "env.py").write_text((OURS.folder / "env.py").read_text())
    for step in (OURS.folder / "versions").glob("v*.py"):
        (versions / step.name).write_text(step.read_text())
    (versions / f"v{NEXT}.py").write_text(STEP.format(revision=NEXT, before=OURS.head, more="pass"))
    (versions / f"v{LAST}.py").write_text(STEP.format(revision=LAST, before=NEXT, more=third))
    return Steps(folder=folder, head=LAST)


def _look(file: Path) -> tuple[str, set[str]]:
    with closing(sqlite3.connect(file)) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        made = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'made_by_%'").fetchall()
    return version, {name for (name,) in made}


async def _bring_up(file: Path, steps: Steps) -> None:
    async with connect(f"sqlite:///{file}") as database:
        await migrating.bring_up(database, steps=steps)


def test_the_version_in_the_code_is_that_of_the_last_step() -> None:
    assert ScriptDirectory(str(OURS.folder)).get_current_head() == OURS.head


async def test_the_steps_make_exactly_the_tables_of_the_code(file: Path, store: SqlStore) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


async def test_an_older_file_is_copied_and_brought_up(film: Film, file: Path, tmp_path: Path) -> None:
    await _bring_up(file, _later(tmp_path / "later"))
    assert _look(file) == (LAST, {f"made_by_{NEXT}", f"made_by_{LAST}"})
    copy = backup_of(file, version=OURS.head)
    assert _look(copy) == (OURS.head, set())
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM projects").fetchall() == [("Zaun",)]


async def test_what_the_first_version_stored_is_read_back_after_its_tables_were_brought_up(
    file: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    (first / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/v0001_first_tables.py"):
        (first / name).write_text((OURS.folder / name).read_text())
    await _bring_up(file, Steps(folder=first, head="0001"))
    with closing(sqlite3.connect(file)) as rows, rows:
        rows.execute("INSERT INTO projects VALUES (1, 'p', 'Zaun', '{}', '16:9', 5.0, '[]', 0)")
        rows.execute("INSERT INTO style_blocks VALUES ('p', 1, 'gouache', 'Ada', '', 0)")
        rows.execute(
            "INSERT INTO project_references VALUES (1, 'p', 'sha', 'alley', '[]', '[]', 'look', 'a.png', '', 0)"
        )
    async with open_store(f"sqlite:///{file}", now_us=Clock(), new_id=Ids()) as store:
        assert await store.style("p") == StyleBlock(text="gouache", version=1)
        alley = Reference(id="sha", label="alley")
        assert await store.references("p") == ((alley, Image(file="a.png", width=0, height=0)),)


async def test_a_new_file_has_nothing_to_copy(file: Path, store: SqlStore) -> None:
    assert not await anyio.Path(backup_of(file, version=OURS.head)).exists()


async def test_an_old_program_refuses_a_newer_file_and_leaves_it(film: Film, file: Path, tmp_path: Path) -> None:
    await _bring_up(file, _later(tmp_path / "later"))
    with pytest.raises(
        StoreError, match=rf"film\.db.*newer Countersteer \(version {LAST}.*up to {OURS.head}\).*update"
    ):
        async with open_store(f"sqlite:///{file}", now_us=Clock(), new_id=Ids()):
            pass
    assert _look(file)[0] == LAST


async def test_a_step_that_fails_leaves_the_file_at_the_step_before(film: Film, file: Path, tmp_path: Path) -> None:
    broken = _later(tmp_path / "broken", third='op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StoreError, match="nowhere"):
        await _bring_up(file, broken)
    assert _look(file) == (NEXT, {f"made_by_{NEXT}"})
    await _bring_up(file, _later(tmp_path / "mended"))
    assert _look(file) == (LAST, {f"made_by_{NEXT}", f"made_by_{LAST}"})


async def test_a_program_killed_in_a_step_leaves_the_file_at_the_step_before(
    film: Film, file: Path, tmp_path: Path
) -> None:
    deadly = _later(tmp_path / "deadly", third="os._exit(9)")
    script = (
        "import asyncio\n"
        "from pathlib import Path\n"
        "from memory import migrating\n"
        "from memory.engine import connect\n"
        "async def main():\n"
        f"    async with connect('sqlite:///{file}') as database:\n"
        f"        steps = migrating.Steps(folder=Path('{deadly.folder}'), head='{LAST}')\n"
        "        await migrating.bring_up(database, steps=steps)\n"
        "asyncio.run(main())\n"
    )
    assert (await anyio.run_process([sys.executable, "-c", script], check=False)).returncode == 9
    assert _look(file) == (NEXT, {f"made_by_{NEXT}"})
    await _bring_up(file, _later(tmp_path / "mended"))
    assert _look(file) == (LAST, {f"made_by_{NEXT}", f"made_by_{LAST}"})


async def test_programs_that_start_at_once_make_the_tables_once(file: Path) -> None:
    await asyncio.gather(*(_bring_up(file, OURS) for _ in range(4)))
    assert _look(file)[0] == OURS.head


async def test_files_that_are_opened_at_once_are_each_brought_up(tmp_path: Path) -> None:
    files = [tmp_path / name / "film.db" for name in "abcd"]
    await asyncio.gather(*(_bring_up(file, OURS) for file in files))
    assert [_look(file)[0] for file in files] == [OURS.head] * 4
