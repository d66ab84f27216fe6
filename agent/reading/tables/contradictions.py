"""Rows of a list that cannot both be right: two shots under one number, a scene that is told twice."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import groupby

from agent.reading.tables.listing import Listed, Listing


def mark(listing: Listing, *, blocks: Sequence[int]) -> Listing:
    """The listing with every shot marked whose number another one has; ``blocks`` says between which headings each is.

    Lists begin anew with 1 under each heading, so only shots of one scene or one block can be taken for each other.
    """
    keys = [
        (shot.number.casefold(), shot.scene.casefold() or block) if shot.number else None
        for shot, block in zip(listing.shots, blocks, strict=True)
    ]
    told = (*listing.told, *_scenes_twice(listing.shots))
    return replace(listing, shots=mark_same(listing.shots, keys), told=told)


def mark_same(shots: Sequence[Listed], keys: Sequence[Hashable]) -> tuple[Listed, ...]:
    """The shots, those marked whose key another one has; ``None`` is like no other."""
    same: dict[Hashable, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key is not None:
            same[key].append(at)
    marked = list(shots)
    for group in same.values():
        for at in group if len(group) > 1 else ():
            others = ", ".join(shots[other].where for other in group if other != at)
            marked[at] = _problem(shots[at], f"{others} is called {shots[at].number} as well; number one of them anew")
    return tuple(marked)


def _problem(shot: Listed, why: str) -> Listed:
    return replace(shot, problem=f"{shot.problem}; {why}" if shot.problem else why)


def _scenes_twice(shots: Sequence[Listed]) -> list[str]:
    """Scenes that come back after another one, with where."""
    runs = [(scene, next(run).where) for scene, run in groupby(shots, key=lambda shot: shot.scene) if scene]
    first: dict[str, str] = {}
    told: list[str] = []
    for scene, where in runs:
        if scene in first:
            told.append(f"scene {scene} begins at {first[scene]} and again at {where}")
        first.setdefault(scene, where)
    return told
