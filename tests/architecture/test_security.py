"""docs/security.md in step with the tree: tests and files it names are there, and every row has a guard to take out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from benchmarks import mutation
from benchmarks.mutation import Guard

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (S\d+) \|(.+)\|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|toml)|hashes\.txt)`")


def _text() -> str:
    return (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_threat_has_a_row_with_a_guard_and_a_test_that_are_there() -> None:
    rows = dict(ROW.findall(_text()))

    assert list(rows) == [f"S{number}" for number in range(1, 21)]
    for threat, row in rows.items():
        assert FILE.findall(row), f"{threat} names no file"
        assert TEST.findall(row), f"{threat} names no test"
        assert [file for file in FILE.findall(row) if not (ROOT / file).is_file()] == []
        assert [name for file, name in TEST.findall(row) if name not in _tests_of(file)] == []


def test_every_threat_has_a_guard_that_can_be_taken_out_and_a_test_for_that() -> None:
    guards = mutation.guards()

    assert {threat for guard in guards for threat in guard.threats} >= set(dict(ROW.findall(_text())))
    assert [
        guard.test for guard in guards if guard.test.split("::")[1] not in _tests_of(guard.test.split("::")[0])
    ] == []


@pytest.mark.parametrize("guard", mutation.guards(), ids=lambda guard: f"{guard.file}: {guard.out[:40]}")
def test_a_guard_stands_where_the_list_says(guard: Guard) -> None:
    assert (ROOT / guard.file).read_text(encoding="utf-8").count(guard.out) == 1
