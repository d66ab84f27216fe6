"""Which tokens of a clause leave it because they stand in a part of the sheet of their own."""

from collections.abc import Sequence
from itertools import takewhile

from agent.reading.tongues.phrasebook import Match, Way
from agent.reading.tongues.tokens import Token

_CAMERA = (Way.CAMERA, Way.MOVE)
_SPOKEN = (Way.CUE, Way.DROPPED, Way.ORDINAL, Way.MANNER, Way.NAMED_MANNER, Way.KEEP, Way.ACTING, Way.PERSON)
_SEEN = (*_CAMERA, Way.LOOK, Way.FEELING, Way.PACE)


def moved(found: Sequence[Token], heard: Sequence[Match], cut: frozenset[int], glue: frozenset[str]) -> frozenset[int]:
    """The tokens of camera words at the edges; every token where the clause says nothing but camera and look.

    What stands between other words stays: "Vi looks from above at the crowd".
    """
    seen = {at: match for match in heard if match.entry.way in _SEEN for at in range(match.first, match.last + 1)}
    others = {at for match in heard if match.entry.way in _SPOKEN for at in range(match.first, match.last + 1)}
    passed = {at for at, token in enumerate(found) if at in seen or at in cut or token.text in glue} - others
    left = list(takewhile(passed.__contains__, range(len(found))))
    if len(left) == len(found) and seen:
        return frozenset(left)
    right = list(takewhile(passed.__contains__, range(len(found) - 1, -1, -1)))
    return frozenset(_edge(left, seen)) | frozenset(_edge(right, seen))


def _edge(run: Sequence[int], seen: dict[int, Match]) -> list[int]:
    """The part of a run up to its last camera word, and the small word that joined it to the rest."""
    ways = [seen[at].entry.way if at in seen else None for at in run]
    camera = [n for n, way in enumerate(ways) if way in (*_CAMERA, Way.PACE)]
    if not any(way in _CAMERA for way in ways) or not camera:
        return []
    looks = next((n for n, way in enumerate(ways) if way in (Way.LOOK, Way.FEELING)), len(run))
    last = max((n for n in camera if n < looks), default=-1)
    joined = last + 1 < len(run) and ways[last + 1] is None and last >= 0
    return list(run[: last + 1 + joined])
