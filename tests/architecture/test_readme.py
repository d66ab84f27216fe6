"""What the README shows is what happens. ``python -m tests.architecture.test_readme`` writes its transcript anew."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import anyio
import pytest
from rich.console import Console

from interfaces.command import playing
from interfaces.command.main import app
from interfaces.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
WIDTH = 120
TRANSCRIPT = re.compile(r"(<!-- transcript: (?P<script>\S+) -->\n```\n)(?P<text>.*?)(```)", re.DOTALL)


async def transcript(script: Path, folder: Path) -> str:
    """What the script prints on a page as wide as the README."""
    paper = Console(file=StringIO(), width=WIDTH, highlight=False)
    await playing.play(Settings(folder=folder), script, transcript=paper)
    assert isinstance(paper.file, StringIO)
    return "\n".join(line.rstrip() for line in paper.file.getvalue().strip().splitlines()) + "\n"


async def test_the_transcript_in_the_readme_is_what_the_script_says(tmp_path: Path) -> None:
    shown = TRANSCRIPT.search(README.read_text(encoding="utf-8"))
    assert shown is not None

    assert shown["text"] == await transcript(ROOT / shown["script"], tmp_path)


def test_every_command_the_readme_names_is_there_and_none_is_missing() -> None:
    named = set(re.findall(r"^\| `countersteer (\S+?)[ `]", README.read_text(encoding="utf-8"), re.MULTILINE))
    there = {
        command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands
    }
    groups = {group.name or "" for group in app.registered_groups}

    assert named == there | groups


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").rglob("*.md")), README], ids=lambda page: page.name)
def test_every_file_a_page_points_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    rooms = re.findall(r"`((?:agent|tools|prompts|memory|interfaces|tests|benchmarks|docs)/[\w./-]+?)`", text)

    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing + [room for room in rooms if not (ROOT / room).exists()] == []


def test_the_help_of_make_names_every_target() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {line.split("\t")[0] for line in told.splitlines()} >= {"demo", "test", "check", "fix"}


if __name__ == "__main__":
    import tempfile

    text = README.read_text(encoding="utf-8")
    found = TRANSCRIPT.search(text)
    assert found is not None
    with tempfile.TemporaryDirectory() as folder:
        fresh = anyio.run(transcript, ROOT / found["script"], Path(folder))
    README.write_text(TRANSCRIPT.sub(lambda match: match[1] + fresh + match[4], text), encoding="utf-8")
