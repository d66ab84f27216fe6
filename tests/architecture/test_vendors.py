"""A vendor is one file: taken away, exactly that vendor is gone; added, it is there. Nothing else is edited."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.video import registry

ROOT = Path(__file__).resolve().parents[2]
VIDEO = ROOT / "tools" / "video"
ROOMS = ("agent", "tools", "prompts", "memory", "interfaces", "tests")
NAMES = [vendor.name for vendor in registry.vendors()]
SHARED = {"registry", "vendor"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def run(tree: Path, *arguments: str, seconds: float = 100) -> subprocess.CompletedProcess[str]:
    """A module of the copy, run from its root; nothing of the checkout is seen."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "COUNTERSTEER_FOLDER": str(tree / "films")}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=seconds
    )


def models(tree: Path) -> set[str]:
    """The models that `countersteer models` lists."""
    done = run(tree, "-c", "from interfaces.command.main import run; run()", "models")
    assert done.returncode == 0, done.stderr
    return {line.split(": ")[0] for line in done.stdout.splitlines() if " per second, " in line}


@pytest.mark.parametrize("vendor", NAMES)
def test_a_vendor_imports_no_other(vendor: str) -> None:
    for file in (VIDEO / f"{vendor}.py", *VIDEO.glob(f"{vendor}_*.py")):
        ours = {
            name.split(".")[2]
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            for name in _imported(node)
            if name.startswith("tools.video.")
        }
        assert {name for name in ours if name not in SHARED and name.split("_")[0] != vendor} == set(), file.name


@pytest.mark.parametrize("vendor", NAMES)
def test_without_its_file_exactly_that_vendor_is_gone_and_the_rest_works(tree: Path, vendor: str) -> None:
    file = tree / "tools" / "video" / f"{vendor}.py"
    aside = file.rename(file.with_suffix(".aside"))
    try:
        rest = {p.name for each in registry.vendors() if each.name != vendor for p in each.profiles}
        assert models(tree) == rest
    finally:
        aside.rename(file)


def test_a_vendor_that_is_one_more_file_is_listed_routed_to_and_held_to_the_contract(tree: Path) -> None:
    shutil.copy(ROOT / "tests" / "support" / "nova.py", tree / "tools" / "video" / "nova.py")
    shutil.copy(ROOT / "tests" / "support" / "nova_stand_in.py", tree / "tools" / "sandbox" / "nova.py")
    assert "nova-1" in models(tree)

    script = tree / "one.yaml"
    script.write_text(
        "version: 1\nname: one\nproject: one\nturns: [{user: 'a boat on the river, wide, 4 s, use nova-1'}]\n"
    )
    shot = run(tree, "-c", "from interfaces.command.main import run; run()", "script", "one.yaml")
    assert "take 1 from nova-1" in shot.stdout, shot.stdout + shot.stderr
    assert "both blocks on 100%" in shot.stdout

    held = run(tree, "-m", "pytest", "-q", "-k", "nova", "tests/contract/test_video_models.py")
    assert held.returncode == 0, held.stdout[-3000:]
    assert " passed" in held.stdout
    assert "skipped" not in held.stdout


def _imported(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module == "tools.video":
        return tuple(f"tools.video.{alias.name}" for alias in node.names)
    return (node.module or "",) if isinstance(node, ast.ImportFrom) else ()
