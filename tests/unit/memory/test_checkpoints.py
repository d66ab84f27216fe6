"""Checkpoints: plain values come back, and nothing else."""

import os
import sys
from pathlib import Path

import anyio

from memory.checkpoints import beside

FOREIGN = """
import asyncio, enum
from dataclasses import dataclass
from langgraph.checkpoint.base import empty_checkpoint
from memory.checkpoints import open_checkpoints

@dataclass
class Foreign:
    secret: str

class Kind(enum.StrEnum):
    ONE = "one"

async def main():
    values = {{"shot_id": "shot-1", "tries": 2, "ids": ["a", "b"], "foreign": Foreign(secret="x"), "kind": Kind.ONE}}
    config = {{"configurable": {{"thread_id": "t", "checkpoint_ns": ""}}}}
    async with open_checkpoints("{url}") as saver:
        kept = dict(empty_checkpoint(), channel_values=values, channel_versions={{key: "1" for key in values}})
        await saver.aput(config, kept, {{}}, kept["channel_versions"])
    async with open_checkpoints("{url}") as saver:
        back = (await saver.aget_tuple(config)).checkpoint["channel_values"]
    for key, value in back.items():
        print(key, type(value).__name__, value)

asyncio.run(main())
"""


async def _run(script: str, *, strict: str) -> tuple[int, str, str]:
    # In a process of its own: LangGraph decides once, when it is first imported.
    environment = {**os.environ, "LANGGRAPH_STRICT_MSGPACK": strict}
    done = await anyio.run_process([sys.executable, "-c", script], check=False, env=environment)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


async def test_a_foreign_type_comes_back_as_a_plain_value(file: Path) -> None:
    code, told, error = await _run(FOREIGN.format(url=f"sqlite:///{file}"), strict="true")
    assert code == 0, error
    assert told.splitlines() == [
        "shot_id str shot-1",
        "tries int 2",
        "ids list ['a', 'b']",
        "foreign dict {'secret': 'x'}",
        "kind str one",
    ]
    assert await anyio.Path(beside(file)).exists()


async def test_without_strict_mode_checkpoints_do_not_open(file: Path) -> None:
    code, told, error = await _run(FOREIGN.format(url=f"sqlite:///{file}"), strict="false")
    assert (code, told) == (1, "")
    assert "StoreError: checkpoints could bring in foreign objects" in error
    assert not await anyio.Path(beside(file)).exists()


async def test_on_postgres_a_missing_library_is_named() -> None:
    hidden = "import sys; sys.modules['langgraph.checkpoint.postgres.aio'] = None\n"
    program = hidden + FOREIGN.format(url="postgresql://nobody@127.0.0.1:1/film")
    code, _, error = await _run(program, strict="true")
    assert (code, "need langgraph-checkpoint-postgres, which is not installed" in error) == (1, True)
