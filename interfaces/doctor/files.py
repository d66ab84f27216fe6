"""What lies in the clip folder: clips by the names rows know them by, and what was left half-written."""

from dataclasses import dataclass
from pathlib import Path

CLIP, PARTIAL = ".mp4", ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Names below the clip folder, as rows write them."""

    clips: frozenset[str] = frozenset()
    half_written: frozenset[str] = frozenset()


def listed(folder: Path) -> Files:
    """What is there now; nothing where there is no such folder."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return Files(
        clips=frozenset(name for name in names if name.endswith(CLIP)),
        half_written=frozenset(name for name in names if name.endswith(PARTIAL)),
    )
