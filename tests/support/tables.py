"""Empty tables of a film's file, made once in a process and copied: making them takes longer than most films."""

from pathlib import Path
from tempfile import TemporaryDirectory

from interfaces.wiring import DATABASE
from memory.checkpoints import open_checkpoints
from memory.store import open_store

_made: list[bytes] = []


async def lay_tables(folder: Path) -> None:
    """Put them into a folder that has none yet."""
    if not _made:
        _made.append(await _make())
    _lay(folder)


async def _make() -> bytes:
    with TemporaryDirectory() as made_in:
        file = Path(made_in) / DATABASE
        url = f"sqlite:///{file}"
        async with open_store(url, now_us=lambda: 0, new_id=str), open_checkpoints(url):
            pass
        return file.read_bytes()


def _lay(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / DATABASE
    if not file.exists():
        file.write_bytes(_made[0])
