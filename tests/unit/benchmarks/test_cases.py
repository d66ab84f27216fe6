"""Predictions for files of cases: what is read, what is written, and what is refused."""

import io
import json
from pathlib import Path

import pytest

from agent.reading.planner import RulePlanner
from benchmarks import cases


def file_of(folder: Path, *lines: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def test_each_request_becomes_one_line_with_its_id(tmp_path: Path) -> None:
    path = file_of(tmp_path, '{"id": "b", "text": "CU a fox, no rain, 5s"}', "", '{"id": "a", "text": "a pier"}')
    out = io.StringIO()

    written = await cases.write(
        cases.predictor("requests"), cases.read(path), planner=RulePlanner(), folder=tmp_path, out=out
    )

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (written, first["id"], second["id"]) == (2, "b", "a")
    assert (first["n_shots"], first["shots"][0]["negatives_add"]) == (1, ["rain"])


@pytest.mark.parametrize(("line", "said"), [("{", "line 1"), ("[1]", "line 1"), ('{"text": "a"}', "with an id")])
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SystemExit, match=said):
        cases.read(file_of(tmp_path, line))


async def test_without_a_language_model_the_settings_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="COUNTERSTEER_LLM__MODEL"):
        async with cases.planner_named("model"):
            pass
