"""Predictions for files of cases: what is read, what is written, and what is refused."""

import io
import json
from pathlib import Path

import pytest

from agent.intents import Draft, Shoot
from agent.reading.planner import RulePlanner
from benchmarks import cases
from tests.support.fake_openai import FakeOpenAI, listening, means, says


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


def test_a_run_with_a_language_model_says_who_read_what_and_for_how_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, '{"id": "a", "text": "CU a fox, 5s"}', '{"id": "b", "text": "a pier"}')
    server = FakeOpenAI(
        means(Shoot(drafts=(Draft(action="a fox"),)), tokens=(1000, 100)), says("", refusal="no", tokens=(500, 0))
    )
    with listening(server) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        monkeypatch.setenv("COUNTERSTEER_LLM__MODEL", "a model")
        monkeypatch.setenv("COUNTERSTEER_LLM__USD_PER_MILLION_READ", "2")
        monkeypatch.setenv("COUNTERSTEER_LLM__USD_PER_MILLION_WRITTEN", "10")
        monkeypatch.chdir(tmp_path)
        out = tmp_path / "out.jsonl"
        monkeypatch.setattr("sys.argv", ["cases", "requests", str(path), "--planner", "model", "--out", str(out)])
        with pytest.raises(SystemExit) as left:
            cases.main()

    told = json.loads(capsys.readouterr().out)
    assert left.value.code == 0
    assert (told["read_by"], told["calls"]) == ({"a model": 1, "rules": 1}, 2)
    assert (told["tokens_read"], told["tokens_written"], told["usd"]) == (1500, 100, 0.004)
    assert [json.loads(line)["planner"] for line in out.read_text().splitlines()] == ["a model", "rules"]


async def test_without_a_language_model_the_settings_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="COUNTERSTEER_LLM__MODEL"):
        async with cases.planner_named("model"):
            pass
