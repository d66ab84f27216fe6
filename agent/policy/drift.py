"""How far each take's look is from the film's and from its neighbours', in the film's own measure.

1 is as far as the film's takes usually are. Middle and spread come from the film itself, so an outlier must not move
them: medians throughout. Light, palette, sharpness and texture count alike, however many numbers each has, and the one
that is farthest off speaks.
"""

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from statistics import median, pstdev

from agent.film import Shot, Take
from agent.learning import LOOK_KIND, LOOK_PARTS, Look

FEWEST = 6
"""Takes below which there is no film to drift from."""

NEIGHBOURS = 2
"""Takes on each side, of other shots, that a take is compared with."""

FAR = 2.0
"""Times the usual distance at which a take is an outlier."""

_SIGMA = 1.4826
"""A median deviation as a standard deviation, for values that lie as those of the normal distribution."""

_FLOOR = 0.2
"""Least spread of a number, of its deviation over all takes: near-equal takes must not make the next one look odd."""

_FARTHEST = 8.0
"""Spreads at which a number is cut, so that no single one decides."""

_Parts = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How far one take is off, in times the film's usual.

    Attributes:
        film: From the middle of the film; ``neighbours``: from the takes before and after.
        part: What of the look is farthest off (``"light"``).
    """

    take_id: str
    film: float
    neighbours: float
    part: str

    @property
    def far(self) -> float:
        """The farther of the two."""
        return max(self.film, self.neighbours)

    @property
    def outlier(self) -> bool:
        """Whether a person should look at it."""
        return self.far > FAR


def drifts(shots: Sequence[Shot], takes: Sequence[Take], looks: Sequence[Look]) -> tuple[Drift, ...]:
    """Every take that has a look, the farthest first; none where they are too few to say.

    The film is what was picked, or all its takes where too few were.
    """
    film = _Film.read(shots, takes, looks)
    if len(film.takes) < FEWEST:
        return ()
    from_film = [film.parts(take.id, film.middle) for take in film.takes]
    from_near = [film.parts(take.id, film.around(take)) for take in film.takes]
    found = zip(film.takes, _scaled(from_film, film), _scaled(from_near, film), strict=True)
    told = [_drift(take, of_film, near) for take, of_film, near in found]
    return tuple(sorted(told, key=lambda each: -each.far))


@dataclass(frozen=True, slots=True)
class _Film:
    """The takes with a look in the film's order, those that stand for it, and how its numbers spread."""

    takes: tuple[Take, ...]
    places: Mapping[str, int]
    standing: tuple[Take, ...]
    looks: Mapping[str, Sequence[float]]
    middle: tuple[float, ...]
    spread: tuple[float, ...]

    @classmethod
    def read(cls, shots: Sequence[Shot], takes: Sequence[Take], looks: Sequence[Look]) -> "_Film":
        """What can be compared of a film."""
        known = {look.take_id: look.numbers for look in looks if look.kind == LOOK_KIND}
        place = {shot.id: (shot.number, shot.picked_take_id) for shot in shots if not shot.omitted}
        mine = sorted(
            (take for take in takes if take.id in known and take.shot_id in place),
            key=lambda take: (place[take.shot_id][0], take.number),
        )
        picked = [take for take in mine if take.id == place[take.shot_id][1]]
        standing = picked if len(picked) >= FEWEST else mine
        columns = list(zip(*(known[take.id] for take in standing), strict=True))
        return cls(
            takes=tuple(mine),
            places={take.id: place for place, take in enumerate(mine)},
            standing=tuple(standing),
            looks=known,
            middle=tuple(median(column) for column in columns),
            spread=tuple(_spread(column) for column in columns),
        )

    def around(self, take: Take) -> tuple[float, ...]:
        """The middle of the nearest takes of other shots, before and after."""
        at = bisect(self.standing, self.places[take.id], key=lambda each: self.places[each.id])
        before = islice((each for each in reversed(self.standing[:at]) if each.shot_id != take.shot_id), NEIGHBOURS)
        after = islice((each for each in self.standing[at:] if each.shot_id != take.shot_id), NEIGHBOURS)
        near = [self.looks[each.id] for each in (*before, *after)]
        return tuple(median(column) for column in zip(*near, strict=True)) if near else self.middle

    def parts(self, take_id: str, middle: Sequence[float]) -> _Parts:
        """How far each part of a look is from a middle: root mean square over its numbers, in spreads."""
        off = [
            min(_FARTHEST, abs(value - usual) / spread)
            for value, usual, spread in zip(self.looks[take_id], middle, self.spread, strict=True)
        ]
        ends = pairwise(accumulate(LOOK_PARTS.values(), initial=0))
        return {
            part: math.sqrt(sum(each**2 for each in off[start:end]) / (end - start))
            for part, (start, end) in zip(LOOK_PARTS, ends, strict=True)
        }


def _spread(column: Sequence[float]) -> float:
    middle = median(column)
    return max(_SIGMA * median(abs(value - middle) for value in column), _FLOOR * pstdev(column), 1e-3)


def _scaled(found: Sequence[_Parts], film: _Film) -> list[_Parts]:
    """In times the usual: of each part among the takes that stand for the film, and then of their farthest part."""
    usual = {part: _usual([each[part] for each in found], film) for part in LOOK_PARTS}
    once = [{part: each[part] / usual[part] for part in LOOK_PARTS} for each in found]
    most = _usual([max(each.values()) for each in once], film)
    return [{part: value / most for part, value in each.items()} for each in once]


def _usual(values: Sequence[float], film: _Film) -> float:
    standing = {take.id for take in film.standing}
    return max(median(value for take, value in zip(film.takes, values, strict=True) if take.id in standing), 1e-6)


def _drift(take: Take, film: _Parts, near: _Parts) -> Drift:
    part = max(LOOK_PARTS, key=lambda each: max(film[each], near[each]))
    return Drift(take_id=take.id, film=max(film.values()), neighbours=max(near.values()), part=part)
