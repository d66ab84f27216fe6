"""The same script through every door ends in the same stored state, row by row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest

from interfaces.script import reading, results
from interfaces.script.results import End
from interfaces.script.running import run
from tests.support.doors import DOORS, rows
from tests.support.house import Eyesight, a_set

SCRIPT = """\
version: 1
name: the same everywhere
project: Boat
turns:
  - user: low angle, the lamplighter in the rain, 10 s, with Seedance
    expect:
      - {intent: shoot}
      - {event: ask, where: {kind: spend}}
      - {shot: 1, where: {status: waiting for approval}}
  - decide: approve
    expect: [{event: deliver, where: {shot: 1}}]
  - user: the harbour at night, wide, static, 5 s
    expect:
      - {event: verdict, where: {decision: miss}}
      - {event: route, where: {reroute: true}}
      - {shot: harbour, where: {status: delivered, takes: 2}}
  - user: add 'frozen frames' to the negative block
    expect: [{shot: 2, where: {stale: true}}, {film: {terms: frozen frames, coverage: 1}}]
  - user: what have I spent?
    expect: [{event: reply, where: {text: for 3 takes}}]
"""
ALWAYS_THERE = (
    "changes",
    "conversations",
    "decisions",
    "events",
    "jobs",
    "ledger_entries",
    "receipts",
    "takes",
    "turns",
)


async def stored(folder: Path, door: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """What a house holds after the script was played through that door."""
    async with a_set(folder, eyes=Eyesight([set(), {"live action"}])) as film, DOORS[door](film.house) as opened:
        ran = await run(opened, results.begin(reading.parse(SCRIPT, name="s.yaml")), out=lambda line: None)
        assert ran.end is End.PASSED, ran.misses
    return rows(folder)


@pytest.fixture(scope="module")
def at_the_desk(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Mapping[str, Any]]]:
    return anyio.run(stored, tmp_path_factory.mktemp("desk"), "desk")


@pytest.mark.parametrize("door", [name for name in DOORS if name != "desk"])
async def test_a_script_leaves_the_same_rows_whichever_door_it_came_through(
    tmp_path: Path, at_the_desk: Mapping[str, list[Mapping[str, Any]]], door: str
) -> None:
    through = await stored(tmp_path, door)

    assert through.keys() == at_the_desk.keys()
    assert {table for table in ALWAYS_THERE if not through[table]} == set()
    for table, kept in at_the_desk.items():
        assert through[table] == kept, table
