"""What a person gets who installs the wheel and has nothing else of ours."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    return next(out.glob("*.whl"))


def _run(site: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The console script's code from the wheel, seen from an empty folder."""
    code = (
        "import interfaces, sys; sys.stderr.write(interfaces.__file__); from interfaces.command.main import run; run()"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "COUNTERSTEER_FOLDER": str(cwd / "films")}
    command = [sys.executable, "-P", "-c", code, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=90)


def test_the_wheel_holds_the_rooms_with_their_words_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}

    assert {name for name in tops if not name.endswith(".dist-info")} == {
        "agent", "tools", "prompts", "memory", "interfaces",
    }  # fmt: skip
    assert any(name.startswith("prompts/vocabulary/") and name.endswith(".toml") for name in names)
    assert any(name.startswith("prompts/templates/") and name.endswith(".md") for name in names)
    assert {"agent/py.typed", "interfaces/contact/contact_sheet.html", "interfaces/script/demo.yaml"} <= set(names)


def test_the_installed_command_shoots_a_take_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    cwd = tmp_path / "empty"
    cwd.mkdir()
    script = cwd / "one.yaml"
    script.write_text("version: 1\nname: one\nproject: one\nturns: [{user: 'a boat on the river, wide, 4 s'}]\n")

    done = _run(site, cwd, "script", "one.yaml")

    assert str(site) in done.stderr, "the checkout was used instead of the wheel"
    assert "take 1 from" in done.stdout, done.stderr
    assert "both blocks on 100%" in done.stdout
