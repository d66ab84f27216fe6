"""``make demo``: a film in the sandbox from first word to contact sheet, by itself and without a key."""

import shutil
import sys
from importlib import resources
from pathlib import Path

import anyio
from rich.console import Console

from interfaces.command import playing
from interfaces.settings import Settings

FOLDER = Path("demo")


async def demo() -> int:
    """Play the packaged film into a fresh folder and say where everything is."""
    folder = _fresh_folder()
    settings = Settings(folder=folder / "data")
    film = Path(str(resources.files("interfaces").joinpath("script", "demo.yaml")))
    out = Console(highlight=False, soft_wrap=True, record=True)
    code = await playing.play(settings, film, sheet=folder, out=out)
    shutil.copytree(settings.folder / "clips", folder / "clips")
    (folder / "transcript.txt").write_text(out.export_text(), encoding="utf-8")
    out.print(f"Transcript: {folder / 'transcript.txt'}   clips: {folder / 'clips'}")
    return code


def _fresh_folder() -> Path:
    """The next free folder: an earlier film is never written over."""
    number = 1 + sum(1 for _ in FOLDER.glob("film-*"))
    while (FOLDER / f"film-{number}").exists():
        number += 1
    folder = FOLDER / f"film-{number}"
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(anyio.run(demo))
