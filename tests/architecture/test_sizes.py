"""Budgets: a file wants to be read in one sitting, a function on one screen."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agent", "tools", "prompts", "memory", "interfaces", "benchmarks")
MOST_LINES_PER_FILE = 300
MOST_LINES_PER_FUNCTION = 40
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))

# A migration is a record: it is never edited once released, and taking one apart would say nothing new. It may be long;
# its functions may not.
RECORDS = ROOT / "memory" / "migrations" / "versions"


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.parent != RECORDS], ids=lambda file: str(file.relative_to(ROOT))
)
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")

    assert lines <= MOST_LINES_PER_FILE, f"{file.name} has {lines} lines; look for the second file inside"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_function_fits_on_a_screen(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}

    assert {name: lines for name, lines in long.items() if lines > MOST_LINES_PER_FUNCTION} == {}


@pytest.mark.parametrize("room", ["agent", "tools", "prompts", "memory", "interfaces"])
def test_no_module_has_a_name_that_says_nothing(room: str) -> None:
    empty_names = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "types", "inspect"}

    assert [file for file in (ROOT / room).rglob("*.py") if file.stem in empty_names] == []
