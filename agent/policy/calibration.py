"""What a check's values mean in one film: its limits moved by the person's labels, as far as those can carry it.

The threshold is split conformal: the ceil((n + 1)(1 - alpha))-th smallest value of n accepted takes, which a sound take
passes with a chance of alpha at most. A limit moves *out* once accepted takes show that it cries wolf; *in*, where
it calls more takes faulty, only at 1 %: with twenty checks at 5 % each, two good takes of three would be accused.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent import findings
from agent.findings import Reading, Sight
from agent.learning import Calibration, Label, Limit, Score
from agent.policy import platt
from agent.policy.shares import Share, share

LEVELS = (0.01, 0.05, 0.10)
"""False alarms a threshold may be set at, the strictest first; n labels carry no alpha below 1 / (n + 1)."""

FEWEST = 9
"""Accepted takes below which nothing moves: they carry 10 %."""

FEWEST_REJECTED = 10
"""Rejected takes below which nothing is said of misses, and no chance is fitted."""

BLIND_BELOW = 0.5
"""Of the faults a person saw; a check that surely doubts fewer has an all-clear that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What the labels say of one check, and what becomes of its limits.

    Attributes:
        guard: In force up to now, as is ``threshold``.
        limit: The new limits; ``None`` where they stay.
        why: Why they stay, or what moved them.
        alarms: Accepted takes that were called faulty, before and after; ``doubts`` those not called fault-free.
        caught: Takes rejected for one of its terms that were called so, before and after.
    """

    check: str
    lines: int | None
    guard: float
    threshold: float
    limit: Limit | None
    why: str
    alarms: tuple[Share, Share]
    doubts: tuple[Share, Share]
    caught: tuple[Share, Share]


@dataclass(frozen=True, slots=True)
class _Labelled:
    """The values of one check in takes the person spoke about, turned so that large ones are the fault."""

    sign: int
    guard: float
    threshold: float
    accepted: tuple[float, ...]
    rejected: tuple[float, ...]


def reread(reading: Reading, calibration: Calibration, *, lines: int) -> Reading:
    """The reading by the film's limits, saying what those rest on; as it is where the film has none for it."""
    limit = limit_of(calibration, reading.check, lines=lines)
    if limit is None or reading.value is None or reading.guard is None:
        return reading
    sight = findings.read(reading.value, guard=limit.guard, threshold=limit.threshold)
    blind = limit.blind and sight is Sight.ABSENT
    return replace(
        reading,
        sight=Sight.UNSURE if blind else sight,
        reason=f"{reading.reason} ({_told(limit, reading.value, version=calibration.version)})",
        evidence=tuple(replace(each, threshold=limit.threshold) for each in reading.evidence),
    )


def limit_of(calibration: Calibration, check: str, *, lines: int | None) -> Limit | None:
    """The film's limits of a check, those of the very size before those of all."""
    mine = [limit for limit in calibration.limits if limit.check == check and limit.lines in (None, lines)]
    return max(mine, key=lambda limit: limit.lines is not None, default=None)


def tune(scores: Iterable[Score], labels: Iterable[Label], *, before: Calibration) -> tuple[Tuning, ...]:
    """What the labels say of every check that has limits, by name; a size with labels enough is told apart."""
    said = {label.take_id: label for label in labels}
    known: dict[str, list[Score]] = {}
    for score in scores:
        if score.limits and score.take_id in said:
            known.setdefault(score.check, []).append(score)
    return tuple(
        _tuning(check, lines, found, said=said, before=before)
        for check in sorted(known)
        for lines, found in _by_size(known[check], said)
    )


def conformal(values: Sequence[float], alpha: float) -> float:
    """The value that a further sound take passes with a chance of at most ``alpha``.

    Raises:
        ValueError: So few values cannot carry it.
    """
    nth = math.ceil((len(values) + 1) * (1 - alpha) - 1e-9)
    if nth > len(values):
        raise ValueError(f"{len(values)} values carry no threshold at {alpha:.0%}; {math.ceil(1 / alpha) - 1} do")
    return sorted(values)[nth - 1]


def carried(count: int) -> float | None:
    """The strictest level so many accepted takes carry; ``None`` for none."""
    return next((level for level in LEVELS if count + 1 >= round(1 / level)), None)


def _by_size(scores: Sequence[Score], said: Mapping[str, Label]) -> list[tuple[int | None, Sequence[Score]]]:
    """All sizes together, and besides each size that has labels enough, where there are several."""
    sizes = sorted({score.lines for score in scores})
    groups = {size: [score for score in scores if score.lines == size] for size in sizes if len(sizes) > 1}
    enough = [
        (size, group)
        for size, group in groups.items()
        if sum(said[score.take_id].accepted for score in group) >= FEWEST
    ]
    return [(None, scores), *enough]


def _tuning(
    check: str, lines: int | None, scores: Sequence[Score], *, said: Mapping[str, Label], before: Calibration
) -> Tuning:
    known = _labelled(scores, said)
    standing = limit_of(before, check, lines=lines)
    old = (standing.guard, standing.threshold) if standing else (known.sign * known.guard, known.sign * known.threshold)
    limit = _limit(check, lines, known)
    new = (limit.guard, limit.threshold) if limit else old
    moves = limit is not None and limit != standing
    return Tuning(
        check=check,
        lines=lines,
        guard=old[0],
        threshold=old[1],
        limit=limit if moves else None,
        why=_why(known, limit, moves=moves),
        alarms=_passing(known.accepted, old[1] * known.sign, new[1] * known.sign),
        doubts=_passing(known.accepted, old[0] * known.sign, new[0] * known.sign),
        caught=_passing(known.rejected, old[1] * known.sign, new[1] * known.sign),
    )


def _labelled(scores: Sequence[Score], said: Mapping[str, Label]) -> _Labelled:
    """A rejected take counts for a check only where the person named one of the check's terms."""
    _, guard, threshold = scores[-1].limits or (0.0, 0.0, 0.0)
    sign = 1 if threshold >= guard else -1
    values = [(said[score.take_id], score.terms, sign * (score.limits or (0.0,))[0]) for score in scores]
    return _Labelled(
        sign=sign,
        guard=sign * guard,
        threshold=sign * threshold,
        accepted=tuple(value for label, _, value in values if label.accepted),
        rejected=tuple(value for label, terms, value in values if not label.accepted and set(label.terms) & set(terms)),
    )


def _limit(check: str, lines: int | None, known: _Labelled) -> Limit | None:
    """The limits the labels carry, from the check's own; ``None`` where they carry none."""
    level = carried(len(known.accepted))
    if level is None:
        return None
    kept = conformal(known.accepted, level)
    threshold = kept if level == LEVELS[0] else max(known.threshold, kept)
    guard = min(max(known.guard, conformal(known.accepted, LEVELS[-1])), threshold)
    enough = len(known.rejected) >= FEWEST_REJECTED
    doubted = share(sum(value > guard for value in known.rejected), len(known.rejected))
    return Limit(
        check=check,
        lines=lines,
        guard=known.sign * guard,
        threshold=known.sign * threshold,
        accepted=len(known.accepted),
        rejected=len(known.rejected),
        alpha=level if threshold != known.threshold else None,
        blind=enough and doubted.high < BLIND_BELOW,
        platt=platt.fit(known.accepted, known.rejected, sign=known.sign) if enough else None,
    )


def _why(known: _Labelled, limit: Limit | None, *, moves: bool) -> str:
    count = len(known.accepted)
    if limit is None:
        return f"{FEWEST} accepted takes carry a threshold at 10 %, there are {count}; it stays as it is"
    if not moves:
        return f"{count} accepted takes are within it; it stays as it is"
    blind = "; what it calls fault-free is told as unsure: it misses what you rejected" if limit.blind else ""
    if limit.alpha is None:
        return f"{count} accepted takes leave the threshold as it is{blind}"
    return f"at {limit.alpha:.0%} false alarms, by {count} accepted takes{blind}"


def _passing(values: Sequence[float], before: float, after: float) -> tuple[Share, Share]:
    old, new = (share(sum(value > limit for value in values), len(values)) for limit in (before, after))
    return old, new


def _told(limit: Limit, value: float, *, version: int) -> str:
    """What the limits rest on, for the verdict."""
    size = f" at {limit.lines} lines" if limit.lines else ""
    alpha = f", alpha {limit.alpha:g}" if limit.alpha else ", its own threshold"
    chance = f", p {platt.chance(limit.platt, value):.2f}" if limit.platt else ""
    blind = ", which misses what was rejected here" if limit.blind else ""
    return f"limits of this film, version {version}: {limit.accepted} accepted takes{size}{alpha}{chance}{blind}"
