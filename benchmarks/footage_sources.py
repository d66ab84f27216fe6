"""Where takes come from: shots of films, a camera's move over a photograph, and drawings."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import footage_drawn as drawn
from benchmarks import footage_filters as filters
from benchmarks.footage_faults import Fault
from benchmarks.footage_filters import Pixels

FILMS = frozenset({".mp4", ".avi", ".mov", ".mkv", ".webm"})
PICTURES = frozenset({".jpg", ".jpeg", ".png"})
NO_SCENES = frozenset(
    {
        "text",
        "page",
        "logo",
        "phantom",
        "horse",
        "color",
        "cell",
        "chessboard",
        "clock",
        "microaneurysms",
        "ihc",
        "retina",
    }
)
"""Pictures of scientific packages that nobody could take for a frame of a film: pages, diagrams, slides."""

LINES = 720
FEWEST_LINES = 240
FEWEST_PICTURE_PX = 380
LENGTH = 56
"""Frames of a take; two seconds and a third."""

TAKES_PER_FILM = 4
REFERENCES = 4
ROOM = 0.08
"""Of a picture, on each side, for the camera to move in."""

DRAWINGS = 10
LOOKS = ((88, 46, (8, 0, -10)), (120, 56, (-6, 2, 8)), (64, 40, (-10, -2, 14)))
"""Mean and deviation a picture's channels are brought towards, and its tint: warm, neutral, low-key blue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One film, picture or drawing.

    Attributes:
        group: Sources of one group are of one scene and go into the same part.
        part: 0 or 1.
    """

    name: str
    group: str
    kind: str
    part: int
    path: Path | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A fault-free take with the references of its project."""

    source: str
    style: str
    drawn: bool
    colour: bool
    references: tuple[Pixels, ...]
    frames: Callable[[], Pixels]
    lines: int

    def can_carry(self, fault: Fault) -> bool:
        """Whether the fault would be one in this take: grey pictures lose no colour, and a blur needs detail."""
        fine = {"blurry", "low detail", "oversharpened"} & set(fault.terms)
        coloured = {"oversaturated", "black and white", "palette drift", "color cast"} & set(fault.terms)
        return (self.lines >= 480 or not fine) and (self.colour or not coloured)


def found(folders: Sequence[Path]) -> list[Source]:
    """Every source there is, each group in one part; parts alternate within a kind, so both hold every kind."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS | PICTURES)
    named = {path: path.stem.replace("-", "_").split("_")[0].lower() for path in files}
    usable = [path for path in files if named[path] not in NO_SCENES and _is_large_enough(path)]
    sources = [
        Source(name=path.name, group=named[path], kind=_kind(path), part=0, path=path)
        for path in usable
        if path == next(other for other in usable if other.name == path.name)
    ]
    sources += [
        Source(name=f"{hand} {seed}", group=f"{hand}{seed % 2}", kind=hand, part=0, seed=seed)
        for hand in ("painted", "flat")
        for seed in range(DRAWINGS // 2)
    ]
    return [_placed(source, sources) for source in sources]


def takes_of(source: Source, fellows: Sequence[Source]) -> Iterator[Take]:
    """The takes of a source. ``fellows`` are all of its part, from which references may come."""
    if source.kind == "film":
        yield from _shots(source)
    elif source.kind == "picture":
        yield _over_picture(source, fellows)
    else:
        yield _drawn(source)


def _kind(path: Path) -> str:
    return "film" if path.suffix.lower() in FILMS else "picture"


def _is_large_enough(path: Path) -> bool:
    if _kind(path) == "film":
        return min(filters.read(path, lines=LINES).shape[1:3]) >= FEWEST_LINES
    with Image.open(path) as picture:
        return min(picture.size) >= FEWEST_PICTURE_PX and max(picture.size) < 3 * min(picture.size)


def _placed(source: Source, sources: Sequence[Source]) -> Source:
    groups = sorted(
        {each.group for each in sources if each.kind == source.kind}, key=lambda name: zlib.crc32(name.encode())
    )
    part = groups.index(source.group) % 2
    return Source(name=source.name, group=source.group, kind=source.kind, part=part, path=source.path, seed=source.seed)


def _shots(source: Source) -> Iterator[Take]:
    assert source.path is not None
    whole = filters.read(source.path, lines=LINES)
    edges = [0, *filters.changes(source.path), len(whole)]
    spans = [
        (start, start + LENGTH)
        for first, last in pairwise(edges)
        for start in range(first + 1, last - LENGTH, LENGTH + 12)
    ]
    for start, end in spans[:TAKES_PER_FILM]:
        outside = [at for at in range(len(whole)) if at < start - 3 or at > end + 3]
        picks = [outside[int(at * (len(outside) - 1) / (REFERENCES - 1))] for at in range(REFERENCES)]
        frames = whole[start:end]
        yield Take(
            source=source.group,
            style="a film as it was shot",
            drawn=False,
            colour=True,
            references=tuple(whole[at] for at in picks),
            frames=frames.copy,
            lines=min(frames.shape[1:3]),
        )


def _over_picture(source: Source, fellows: Sequence[Source]) -> Take:
    """A move over a photograph. Its project is the photograph itself, or others that were graded alike."""
    number = zlib.crc32(source.group.encode())
    own, colour = _opened(source)
    if number % 2:
        references, look = _details(own, seed=number), None
    else:
        look = LOOKS[number % len(LOOKS)]
        others = [each for each in fellows if each.kind == "picture" and each.group != source.group]
        mixed = np.random.default_rng(number).permutation(len(others))
        references = tuple(_graded(_opened(others[int(at)])[0], look) for at in mixed[:REFERENCES])
    picture = _graded(own, look) if look else own
    size = _clip_size(picture)
    return Take(
        source=source.group,
        style="photographs",
        drawn=False,
        colour=colour or look is not None,
        references=references,
        frames=lambda: _moved(picture, size, seed=number),
        lines=min(size),
    )


def _opened(source: Source) -> tuple[Pixels, bool]:
    assert source.path is not None
    with Image.open(source.path) as picture:
        rgb = np.asarray(picture.convert("RGB"), dtype=np.uint8)
    return rgb, bool((rgb.max(axis=-1).astype(int) - rgb.min(axis=-1)).mean() > 6)


def _details(picture: Pixels, *, seed: int) -> tuple[Pixels, ...]:
    """Parts of the picture of 60 to 90 % of its size, as other shots of the same set show it."""
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    parts: list[Pixels] = []
    for _ in range(REFERENCES):
        share = float(rng.uniform(0.6, 0.9))
        top, left = (int(rng.uniform(0, side * (1 - share))) for side in (height, width))
        parts.append(picture[top : top + int(height * share), left : left + int(width * share)])
    return tuple(parts)


def _graded(picture: Pixels, look: tuple[int, int, tuple[int, int, int]]) -> Pixels:
    """Four fifths of the way to the look's mean and deviation, per channel."""
    mean, deviation, tint = look
    given = picture.astype(np.float32)
    own_mean, own_deviation = given.mean(axis=(0, 1)), given.std() + 1
    wanted = (given - own_mean) * (deviation / own_deviation) + mean + np.array(tint, dtype=np.float32)
    return np.asarray(np.clip(0.2 * given + 0.8 * wanted, 0, 255).round(), dtype=np.uint8)


def _clip_size(picture: Pixels) -> tuple[int, int]:
    """Height and width of a take of the picture: never enlarged, at most 720 lines, even."""
    height, width = picture.shape[:2]
    share = min(1 - 2 * ROOM, LINES / min(height, width))
    return int(height * share) // 2 * 2, int(width * share) // 2 * 2


def _moved(picture: Pixels, size: tuple[int, int], *, seed: int) -> Pixels:
    """A slow move with fresh grain on every frame."""
    rng = np.random.default_rng(seed)
    height, width = size
    scale = (1 - 2 * ROOM) * picture.shape[0] / height
    room = Image.fromarray(picture).resize(
        (round(picture.shape[1] / scale), round(picture.shape[0] / scale)), Image.Resampling.LANCZOS
    )
    reach = np.array([room.width - width, room.height - height]) * 0.9
    turn = rng.uniform(0, 2 * np.pi)
    towards = np.array([np.cos(turn), np.sin(turn)]) * 0.5
    taken: list[Pixels] = []
    for at in range(LENGTH):
        left, top = reach / 2 + reach * towards * (at / (LENGTH - 1) - 0.5)
        view = room.transform(
            (width, height), Image.Transform.AFFINE, (1, 0, left, 0, 1, top), Image.Resampling.BICUBIC
        )
        grain = rng.normal(0, 1.5, (height, width, 1))
        taken.append(np.asarray(np.clip(np.asarray(view) + grain, 0, 255), dtype=np.uint8))
    return np.stack(taken)


def _drawn(source: Source) -> Take:
    painted = source.kind == "painted"
    return Take(
        source=source.group,
        style="hand-painted gouache" if painted else "flat 2D animation with ink outlines",
        drawn=True,
        colour=True,
        references=tuple(drawn.still(source.seed + 300 * at, painted=painted) for at in range(1, REFERENCES + 1)),
        frames=lambda: drawn.take(source.seed, frames=LENGTH, painted=painted),
        lines=drawn.HEIGHT,
    )
