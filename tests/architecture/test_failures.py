"""The table of failures stays in step with the tests it names."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = 46
ROW = re.compile(r"^\| (\d+) \|.*\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def _rows() -> dict[int, list[tuple[Path, str]]]:
    """Row to the files and names of its tests."""
    table = (ROOT / "docs" / "failures.md").read_text()
    return {int(row[1]): [(_file(file), name) for file, name in NAMED.findall(row[0])] for row in ROW.finditer(table)}


def _file(named: str) -> Path:
    return ROOT / (named if "/" in named else f"tests/conversations/{named}")


def test_every_failure_has_a_row_of_its_own_with_a_test() -> None:
    rows = _rows()

    assert list(rows) == list(range(1, ROWS + 1))
    assert [number for number, tests in rows.items() if not tests] == []


def test_every_test_that_the_table_names_is_there() -> None:
    missing = [
        f"row {number}: {name} in {file.relative_to(ROOT)}"
        for number, tests in _rows().items()
        for file, name in tests
        if not file.is_file() or not re.search(rf"^(?:async )?def {name}\(", file.read_text(), re.MULTILINE)
    ]

    assert missing == []
