"""The open cases for negative blocks, answered by the real parts."""

import json
from pathlib import Path
from typing import Any

import pytest

from prompts import entries, lint, pasted, terms
from prompts.assemble import assemble
from prompts.dialect import Channel, Dialect
from prompts.render import render
from prompts.sheet import Sheet
from tests.unit.prompts import makers, scoring

_CASES = Path(__file__).parents[2] / "data" / "negatives" / "open.jsonl"


def _cases() -> list[Any]:
    return [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["id"]))
def test_an_open_case_is_answered_without_a_miss(case: dict[str, Any]) -> None:
    assert list(scoring.misses(case, _answer(case))) == []


def test_the_rules_notice_a_lost_term_a_wrong_layer_and_a_false_remark() -> None:
    case = _cases()[0]
    answer = _answer(case)
    answer["findings"].append(("duplicate", ("watermark",)))
    answer["layers"]["live action"] = "quality"
    answer["compiled"]["native"] = answer["compiled"]["native"].replace("merged faces", "")

    assert len(list(scoring.misses(case, answer))) == 3


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    read = pasted.read(case["block"])
    sheet = Sheet(action=case["shot"] or "A figure waits")
    style, block = makers.style(case["style"]), read.block(version=1)
    prompt = assemble(sheet, style=style, negative=block)
    remarks = {*read.remarks, *lint.lint(sheet, style=style, negative=block)}
    return {
        "findings": [(remark.kind.value, remark.terms) for remark in remarks],
        "layers": {entries.read(part).text: _layer(part) for part in entries.split(case["block"])},
        "compiled": {
            "native": render(prompt, makers.FIELD, model="field").negative_field,
            "prose": _last_line(render(prompt, makers.CLAUSE, model="clause").text),
            "positive": _last_line(render(prompt, Dialect(channel=Channel.INVERTED), model="positive").text),
        },
    }


def _layer(entry: str) -> str:
    """The layer; "other" for content that no layer is about."""
    guess = terms.guess(entry)
    return "other" if guess.content else guess.layer.value


def _last_line(text: str) -> str:
    return text.rsplit("\n", 1)[1]
