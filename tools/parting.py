"""The line along which takes a person accepted and takes they rejected part, learned from how those look.

A logistic regression, held back hard: twenty takes and fifty numbers would part by chance alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.findings import Grade, Reading, read
from agent.learning import Axis
from agent.policy import calibration

FEWEST = 10
"""Takes of each kind below which nothing is learned."""

FEWEST_SHOTS = 2
"""Shots that the takes of each kind are of: within one shot nothing tells its look from what it shows."""

STRENGTH = 0.5
"""Of the labels against the pull to zero (C). On six pairs of media of photographs (`benchmarks.style_labels`), ten
labels of each kind: a mean AUC of .84; when it was chosen, .86 with .5, .85 with .1 and .79 with .01."""

FARTHEST = 4.0
"""Spreads from the centre at which a number is cut: one odd frame must not decide."""

STANDS_FROM = 0.8
"""Cross-validated area under the curve from which the learned line may stand without a judge."""

DRIFT = "style drift"
_STEPS = 30

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How one take looks, and which shot it is of."""

    shot: str
    look: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Line:
    centre: Numbers
    spread: Numbers
    weights: Numbers
    offset: float

    def values(self, looks: Numbers) -> Numbers:
        """How far towards the rejected ones each look is: log odds."""
        return _standard(looks, self.centre, self.spread) @ self.weights + self.offset


def learn(accepted: Sequence[Seen], rejected: Sequence[Seen], *, kind: str, terms: Sequence[str] = ()) -> Axis | None:
    """The line between two kinds of looks; ``None`` with too few takes or shots of either."""
    if not all(_enough(each) for each in (accepted, rejected)):
        return None
    looks = np.array([seen.look for seen in (*accepted, *rejected)], dtype=np.float64)
    wrong = np.arange(len(looks)) >= len(accepted)
    line = _fit(looks, wrong)
    alone = _left_out(looks, wrong, shots=np.array([seen.shot for seen in (*accepted, *rejected)]))
    sound = [float(value) for value in alone[~wrong]]
    guard = calibration.conformal(sound, 0.10)
    return Axis(
        kind=kind,
        centre=tuple(line.centre.tolist()),
        spread=tuple(line.spread.tolist()),
        weights=tuple(line.weights.tolist()),
        offset=line.offset,
        guard=guard,
        threshold=calibration.conformal(sound, calibration.carried(len(sound)) or 0.10),
        accepted=len(accepted),
        rejected=len(rejected),
        auc=auc(alone[~wrong], alone[wrong]),
        terms=tuple(dict.fromkeys((*terms, DRIFT))),
    )


def told(look: Sequence[float], axis: Axis | None, *, kind: str) -> tuple[Reading, ...]:
    """What the learned line says of a look: one reading, or none where nothing was learned of such looks."""
    if axis is None or axis.kind != kind or not look:
        return ()
    found = value(look, axis)
    reason = (
        f"its look is at {found:+.2f} on the line that parts {axis.accepted} accepted from {axis.rejected} rejected "
        f"takes (faulty past {axis.threshold:+.2f}; cross-validated AUC {axis.auc:.2f})"
    )
    return (
        Reading(
            check="learned style",
            terms=axis.terms,
            grade=Grade.B if axis.auc >= STANDS_FROM else Grade.C,
            sight=read(found, guard=axis.guard, threshold=axis.threshold),
            reason=reason,
            value=found,
            threshold=axis.threshold,
        ),
    )


def value(look: Sequence[float], axis: Axis) -> float:
    """Where a look is on the line: log odds of being rejected."""
    line = _Line(np.array(axis.centre), np.array(axis.spread), np.array(axis.weights), axis.offset)
    return float(line.values(np.array([look], dtype=np.float64))[0])


def auc(sound: Sequence[float] | Numbers, faulty: Sequence[float] | Numbers) -> float:
    """How often a faulty one has the higher value than a sound one; ties count half."""
    above = np.subtract.outer(np.asarray(faulty), np.asarray(sound))
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _enough(takes: Sequence[Seen]) -> bool:
    return len(takes) >= FEWEST and len({seen.shot for seen in takes}) >= FEWEST_SHOTS


def _left_out(looks: Numbers, wrong: np.ndarray, *, shots: np.ndarray) -> Numbers:
    """The value of each look by the line of all other shots: takes of one shot are too alike to test each other."""
    values = np.empty(len(looks))
    for shot in np.unique(shots):
        its = shots == shot
        values[its] = _fit(looks[~its], wrong[~its]).values(looks[its])
    return values


def _fit(looks: Numbers, wrong: np.ndarray) -> _Line:
    """Newton's method on the penalised log likelihood; the offset is not held back."""
    centre, spread = looks.mean(axis=0), looks.std(axis=0) + 1e-6
    standard = np.column_stack([_standard(looks, centre, spread), np.ones(len(looks))])
    pull = np.diag([1 / STRENGTH] * looks.shape[1] + [1e-6])
    weights = np.zeros(standard.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-standard @ weights))
        slope = standard.T @ (wrong - chance) - pull @ weights
        curve = (standard * (chance * (1 - chance))[:, None]).T @ standard + pull
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return _Line(centre, spread, weights[:-1], float(weights[-1]))


def _standard(looks: Numbers, centre: Numbers, spread: Numbers) -> Numbers:
    return np.asarray(np.clip((looks - centre) / spread, -FARTHEST, FARTHEST))
