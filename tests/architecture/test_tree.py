"""What may be in the tree, and what may never be."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_FOLDERS = {"agent", "tools", "prompts", "memory", "interfaces", "tests", "docs", "benchmarks", ".ci"}
TOP_FILES = {
    *(".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "SECURITY.md", "pyproject.toml"),
    *("constraints.txt", "constraints-studio.txt", "hashes.txt", "langgraph.json"),
}
# Spelled in parts, so that this file does not find itself.
HOSTS = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "deb" + r"\.debian"))
)
MACHINE = re.compile(r"(?<![\w./])/(?:work|root|home/\w+|Users/\w+)/")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _texts() -> list[tuple[Path, str]]:
    texts: list[tuple[Path, str]] = []
    for file in _tracked():
        try:
            texts.append((file, file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


def test_nothing_lies_at_the_root_that_has_no_business_there() -> None:
    top = {file.relative_to(ROOT).parts[0] for file in _tracked()}

    assert top <= TOP_FOLDERS | TOP_FILES


@pytest.mark.parametrize(("what", "pattern"), [("a registry's host", HOSTS), ("a path of one machine", MACHINE)])
def test_no_file_names(what: str, pattern: re.Pattern[str]) -> None:
    found = [f"{file.relative_to(ROOT)}: {hit.group()}" for file, text in _texts() for hit in pattern.finditer(text)]

    assert found == [], what


def test_the_constraints_pin_every_requirement() -> None:
    pinned = {
        line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    wanted = {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in (*project["dependencies"], *extras)}

    assert wanted <= pinned
