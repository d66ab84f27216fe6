"""Fault-free takes with the references of their project: shots of films, moves over photographs, and drawings."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from PIL import Image

from benchmarks import footage_drawn as drawn
from benchmarks import footage_filters as filters
from benchmarks.footage_faults import Fault
from benchmarks.footage_filters import Pixels
from benchmarks.footage_sources import Source

LINES = (480, 720)
"""Of takes of photographs; films keep their own, up to the larger."""

LENGTH = 72
"""Frames of a take; three seconds."""

TAKES_PER_FILM = 4
REFERENCES = 4
ROOM = 0.08
"""Of a picture, on each side, for the camera to move in."""

PUSH = 0.12
"""How much nearer a camera comes that moves forward."""

LARGEST_PX = 1920
REFERENCE_PX = 1280
"""Long side that a photograph is opened at, as a take and as a reference."""

SHRUNK = 2.0
"""A photograph is taken at the larger size only if it has twice as many pixels: at its own size it is as soft as a
lens and a colour filter leave it."""

Look = tuple[int, int, tuple[int, int, int]]

LOOKS: tuple[Look, ...] = ((88, 46, (8, 0, -10)), (120, 56, (-6, 2, 8)), (64, 40, (-10, -2, 14)))
"""Mean and deviation a picture's channels are brought towards, and its tint: warm, neutral, low-key blue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A fault-free take with the references of its project."""

    source: Source
    style: str
    colour: bool
    references: Callable[[], tuple[Pixels, ...]]
    frames: Callable[[], Pixels]
    lines: int

    @property
    def drawn(self) -> bool:
        """Whether no camera saw it."""
        return self.source.kind in ("painted", "flat")

    def can_carry(self, fault: Fault) -> bool:
        """Whether the fault would be one in this take: grey pictures lose no colour, and a blur needs detail."""
        fine = {"blurry", "low detail", "oversharpened"} & set(fault.terms)
        coloured = {"oversaturated", "black and white", "palette drift", "color cast"} & set(fault.terms)
        own = self.source.holds & set(fault.terms)
        return (self.lines >= min(LINES) or not fine) and (self.colour or not coloured) and not own


def of(source: Source, fellows: Sequence[Source]) -> Iterator[Take]:
    """The takes of a source. ``fellows`` are all of its part, from which references may come."""
    if source.kind == "film":
        yield from _shots(source)
    elif source.kind == "picture":
        yield _over_picture(source, fellows)
    else:
        yield _drawn(source)


def _shots(source: Source) -> Iterator[Take]:
    whole = filters.read(source.path, lines=max(LINES), span=source.span)
    edges = [0, *filters.changes(source.path, span=source.span), len(whole)]
    starts = [
        start for first, last in pairwise(edges) for start in range(first + 1, last - LENGTH, LENGTH + 12)
    ]  # a frame of distance: what fades over two frames is scored at one of them
    for turn in range(min(TAKES_PER_FILM, len(starts))):
        start = starts[turn * len(starts) // min(TAKES_PER_FILM, len(starts))]
        outside = [at for at in range(len(whole)) if at < start - 3 or at > start + LENGTH + 3]
        picks = [outside[int(at * (len(outside) - 1) / (REFERENCES - 1))] for at in range(REFERENCES)]
        yield Take(
            source=source,
            style="a film as it was shot",
            colour=True,
            references=partial(_at, whole, picks),
            frames=whole[start : start + LENGTH].copy,
            lines=min(whole.shape[1:3]),
        )


def _at(whole: Pixels, picks: Sequence[int]) -> tuple[Pixels, ...]:
    return tuple(whole[at] for at in picks)


def _over_picture(source: Source, fellows: Sequence[Source]) -> Take:
    """A move over a photograph. Its project is the photograph itself, or others that were graded alike."""
    number = zlib.crc32(source.name.encode())
    look = None if number % 2 else LOOKS[number // 2 % len(LOOKS)]
    others = [each for each in fellows if each.kind == "picture" and each is not source]
    mixed = np.random.default_rng(number).permutation(len(others))[:REFERENCES]
    lines = _lines(source)
    return Take(
        source=source,
        style="photographs",
        colour=_has_colour(source) or look is not None,
        references=lambda: (
            tuple(_opened(others[int(at)], longest_px=REFERENCE_PX, look=look) for at in mixed)
            if look
            else _details(_opened(source, longest_px=LARGEST_PX), seed=number)
        ),
        frames=lambda: _moved(_opened(source, longest_px=LARGEST_PX, look=look), lines=lines, seed=number),
        lines=lines,
    )


def _lines(source: Source) -> int:
    """Height of a take of the photograph: never enlarged."""
    with Image.open(source.path) as picture:
        shortest = min(picture.size)
    wanted = max(LINES) if shortest >= SHRUNK * max(LINES) else min(LINES)
    return min(wanted, int(shortest * (1 - 2 * ROOM) / (1 + PUSH)))


def _has_colour(source: Source) -> bool:
    rgb = _opened(source, longest_px=160)
    return bool((rgb.max(axis=-1).astype(int) - rgb.min(axis=-1)).mean() > 6)


def _opened(source: Source, *, longest_px: int, look: Look | None = None) -> Pixels:
    """A photograph, graded if it is given a look."""
    with Image.open(source.path) as picture:
        picture.draft("RGB", (longest_px, longest_px))
        whole = picture.convert("RGB")
        whole.thumbnail((longest_px, longest_px), Image.Resampling.BOX)
    rgb = np.asarray(whole, dtype=np.uint8)
    return _graded(rgb, look) if look else rgb


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


def _graded(picture: Pixels, look: Look) -> Pixels:
    """Four fifths of the way to the look's mean and deviation, per channel."""
    mean, deviation, tint = look
    given = picture.astype(np.float32)
    own_mean, own_deviation = given.mean(axis=(0, 1)), given.std() + 1
    wanted = (given - own_mean) * (deviation / own_deviation) + mean + np.array(tint, dtype=np.float32)
    return np.asarray(np.clip(0.2 * given + 0.8 * wanted, 0, 255).round(), dtype=np.uint8)


def _moved(picture: Pixels, *, lines: int, seed: int) -> Pixels:
    """A slow move with fresh grain on every frame; every third camera comes nearer as well."""
    rng = np.random.default_rng(seed)
    height, width = (round(side * lines / min(picture.shape[:2])) // 2 * 2 for side in picture.shape[:2])
    room_size = (round(width * (1 + PUSH) / (1 - 2 * ROOM)), round(height * (1 + PUSH) / (1 - 2 * ROOM)))
    room = Image.fromarray(picture).resize(room_size, Image.Resampling.LANCZOS)
    turn, push = rng.uniform(0, 2 * np.pi), PUSH * (seed % 3 == 0)
    grain = rng.normal(0, 1.5, (height, width, 1)).round().astype(np.int16)
    taken: list[Pixels] = []
    for at in np.linspace(-0.5, 0.5, LENGTH):
        scale = 1 + push * float(0.5 - at)
        reach = np.array([room.width - width * scale, room.height - height * scale]) / 2
        left, top = reach * (1 + 0.6 * np.array([np.cos(turn), np.sin(turn)]) * at)
        view = room.transform(
            (width, height), Image.Transform.AFFINE, (scale, 0, left, 0, scale, top), Image.Resampling.BICUBIC
        )
        fresh = np.roll(grain, rng.integers(0, height, 2), axis=(0, 1))  # new numbers take most of the time
        taken.append(np.asarray(np.clip(np.asarray(view, dtype=np.int16) + fresh, 0, 255), dtype=np.uint8))
    return np.stack(taken)


def _drawn(source: Source) -> Take:
    painted = source.kind == "painted"
    return Take(
        source=source,
        style="hand-painted gouache" if painted else "flat 2D animation with ink outlines",
        colour=True,
        references=lambda: tuple(
            drawn.still(source.seed + 300 * at, painted=painted) for at in range(1, REFERENCES + 1)
        ),
        frames=lambda: drawn.take(source.seed, frames=LENGTH, painted=painted),
        lines=drawn.HEIGHT,
    )
