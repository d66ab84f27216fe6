"""Negative blocks predicted by the real parts and scored by the scorer that is published with the cases."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from agent.reading.planner import RulePlanner
from benchmarks.cases_negatives import predict
from tests.support import cases

FILES = ("negatives/open.jsonl", "negatives_heldout/looked.jsonl", "negatives_heldout/unseen.jsonl")
LEAST = {"layer": 0.97}
LEAST_ELSEWHERE = 0.95


@pytest.mark.parametrize("name", FILES)
async def test_findings_layers_and_what_models_are_told_reach_what_is_promised(name: str) -> None:
    known = cases.lines(cases.DATA / name)
    scorer = cases.scorer()
    tally: Any = scorer.Tally()

    predictions = [prediction async for prediction in _predicted(known)]
    scorer.run_negatives(known, {each["id"]: each for each in predictions}, tally)

    rows = {row["field"]: min(row["precision"] or 0, row["recall"] or 0) for row in tally.rows()}
    assert len(predictions) == len(known)
    assert {field: rate for field, rate in rows.items() if rate < LEAST.get(field, LEAST_ELSEWHERE)} == {}


async def test_a_block_of_syntax_alone_has_findings_and_nothing_to_send() -> None:
    (prediction,) = [
        each async for each in _predicted([{"id": "a", "block": "<lora:x:1>", "style": None, "shot": None}])
    ]

    assert [finding["type"] for finding in prediction["findings"]] == ["foreign_syntax"]
    assert prediction["compiled"] == {}


async def test_a_term_that_a_model_cannot_be_told_is_named() -> None:
    block = "a dragon, watermark"
    (prediction,) = [each async for each in _predicted([{"id": "a", "block": block, "style": None, "shot": None}])]

    assert prediction["untold"] == {"positive": ["a dragon"]}
    assert "dragon" not in prediction["compiled"]["positive"]
    assert "dragon" in prediction["compiled"]["prose"]


def _predicted(known: list[Any]) -> AsyncGenerator[Any, None]:
    return predict(known, planner=RulePlanner(), folder=Path())
