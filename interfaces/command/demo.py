"""``make demo``: a film in the sandbox from first word to contact sheet, by itself and without a key."""

import shutil
import sys
from importlib import resources
from pathlib import Path

from rich.console import Console

from interfaces.command import outermost, playing
from interfaces.command.terminal import WIDEST, console, write
from interfaces.settings import ModelSettings, Settings

FOLDER = Path("demo")


async def demo(settings: Settings) -> int:
    """Play the packaged film into a fresh folder and say where everything is."""
    folder = _fresh_folder()
    sandbox = _rehearsal(settings, folder / "data")
    film = Path(str(resources.files("interfaces").joinpath("script", "demo.yaml")))
    with (folder / "transcript.txt").open("w", encoding="utf-8") as file:
        transcript = Console(file=file, width=WIDEST, highlight=False)
        code = await playing.play(sandbox, film, sheet=folder, transcript=transcript)
    shutil.copytree(sandbox.folder / "clips", folder / "clips")
    write(console(), f"Transcript: {folder / 'transcript.txt'}; clips: {folder / 'clips'}")
    return code


def _rehearsal(settings: Settings, folder: Path) -> Settings:
    """Settings in which nothing is billed, whatever accounts are configured."""
    nobody = ModelSettings()
    return settings.model_copy(
        update={"folder": folder, "vendors": {}, "llm": nobody, "vlm": nobody, "sandbox_url": None}
    )


def _fresh_folder() -> Path:
    """The next free folder: an earlier film is never written over."""
    number = 1 + sum(1 for _ in FOLDER.glob("film-*"))
    while (FOLDER / f"film-{number}").exists():
        number += 1
    folder = FOLDER / f"film-{number}"
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(outermost.run(demo))
