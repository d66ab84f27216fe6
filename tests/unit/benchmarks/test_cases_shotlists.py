"""The open shot lists, and our own, as the scorer sees what the import understands of them."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agent.reading.planner import RulePlanner
from benchmarks import cases, cases_shotlists
from tests.support.cases import scorer

DATA = Path(__file__).parents[2] / "data" / "shotlists"
EXACT = ("row count", "shot_id", "scene", "duration_s")


async def scored(name: str) -> tuple[ModuleType, Any]:
    """The tally over one folder of lists."""
    folder, score = DATA / name, scorer()
    known = cases.read(folder / "expected.jsonl")
    predictions = cases_shotlists.predict(known, planner=RulePlanner(), folder=folder)
    found = {str(each["id"]): each async for each in predictions}
    tally = score.Tally()
    score.run_shotlists(known, found, tally)
    return score, tally


@pytest.mark.parametrize("name", ["open", "tuned", "later"])
async def test_rows_are_exact_and_fields_are_found(name: str) -> None:
    _, tally = await scored(name)
    rows = {row["field"]: row for row in tally.rows()}
    fields = [row for field, row in rows.items() if field not in EXACT and "own field" not in field]
    right, wrong = sum(row["tp"] for row in fields), sum(row["fn"] + row["fp"] for row in fields)

    assert {field: rows[field]["recall"] for field in EXACT if field in rows and rows[field]["n"]} == {
        field: 1.0 for field in EXACT if field in rows and rows[field]["n"]
    }, tally.fails
    assert right / (right + wrong) >= 0.98, tally.fails


async def test_a_list_that_cannot_be_read_has_no_rows_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    predictions = cases_shotlists.predict([{"id": "a", "file": "empty.csv"}], planner=RulePlanner(), folder=tmp_path)

    assert [(each["rows"], "empty" in each["error"]) async for each in predictions] == [([], True)]
