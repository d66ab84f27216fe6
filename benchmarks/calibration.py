"""What a person's labels teach the checks: error rates with intervals before and after, on takes nobody labelled.

Run as ``python -m benchmarks.calibration FINDINGS.jsonl...`` with what `benchmarks.inspection` wrote. A film accepts
some of the sound takes and rejects ten of the faulty ones, drawn again and again; told are the others. One film looks
as it was measured; in the other one every value lies nearer to the fault, by half of what the check's guard and
threshold lie apart, as in a film whose own look is soft or bright. Only checks with enough takes of both kinds count.

It prints a line per film, check and number of accepted takes, and last one JSON object.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from agent import findings
from agent.findings import Grade, Sight
from agent.learning import UNCALIBRATED, Label, Score
from agent.policy import calibration
from agent.policy.calibration import FEWEST
from agent.policy.shares import Share, share

ACCEPTED = (5, 8, 9, 19, 29)
REJECTED = 10
FEWEST_LEFT = 4
"""Takes of each kind that are left to be told, at least."""

DRAWS = 20
FILMS = {"as measured": 0.0, "nearer to the fault": 0.5}


class Measured(BaseModel):
    """What one check measured, as a line of findings has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sight: Sight
    value: float | None
    guard: float | None
    threshold: float | None

    def score(self, take_id: str, check: str, term: str) -> Score | None:
        """As the product keeps it; ``None`` where limits did not decide."""
        kept = Score(take_id=take_id, check=check, terms=(term,), grade=Grade.A, lines=0, **self.model_dump())
        return kept if kept.limits else None


class Told(BaseModel):
    """One term's answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    expected: Sight | None
    checks: Mapping[str, Measured]


class Findings(BaseModel):
    """One line."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    terms: Mapping[str, Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What one check measured in takes whose truth is known."""

    sound: list[Score] = field(default_factory=list[Score])
    faulty: list[Score] = field(default_factory=list[Score])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One check in one film with so many labels; each pair is before and after.

    Attributes:
        moved: In how many of the draws a limit moved.
        alarms: Sound takes called faulty.
        missed: Faulty takes called fault-free; ``seen`` those called faulty.
    """

    film: str
    check: str
    accepted: int
    moved: int
    alarms: tuple[Share, Share]
    missed: tuple[Share, Share]
    seen: tuple[Share, Share]


def main() -> None:
    """Read, draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("findings", type=Path, nargs="+")
    lines = [line for path in parser.parse_args().findings for line in path.read_text(encoding="utf-8").splitlines()]
    rows = list(figures(known(map(Findings.model_validate_json, lines))))
    for row in rows:
        told = f"{row.film:20}{row.check:14}{row.accepted:3} accepted: moved in {row.moved} of {DRAWS}"
        print(f"{told}; false alarms {_both(row.alarms)}; seen {_both(row.seen)}; missed {_both(row.missed)}")
    too_few = sum(row.moved for row in rows if row.accepted < FEWEST)
    print(json.dumps({"benchmark": "calibration", "moved_on_too_few": too_few, "rows": [asdict(row) for row in rows]}))


def known(lines: Iterable[Findings]) -> Mapping[str, Known]:
    """The scores of each check that is read by limits, as far as it has enough of both kinds."""
    found: dict[str, Known] = {}
    for number, line in enumerate(lines):
        for term, told in line.terms.items():
            for name, measured in told.checks.items():
                scores = found.setdefault(name, Known())
                score = measured.score(f"take {number}", name, term)
                if score and told.expected in (Sight.ABSENT, Sight.SEEN):
                    (scores.sound if told.expected is Sight.ABSENT else scores.faulty).append(score)
    return {name: scores for name, scores in sorted(found.items()) if _enough(scores, min(ACCEPTED))}


def figures(checks: Mapping[str, Known]) -> Iterator[Row]:
    """Every check in every film, with as many labels as leave takes to be told."""
    for film, nearer in FILMS.items():
        for name, kinds in checks.items():
            moved = Known(sound=_moved(kinds.sound, nearer), faulty=_moved(kinds.faulty, nearer))
            for accepted in ACCEPTED:
                if _enough(kinds, accepted):
                    yield _row(film, name, moved, accepted=accepted)


def _row(film: str, name: str, kinds: Known, *, accepted: int) -> Row:
    rng = np.random.default_rng(accepted)
    moved, sound, faulty = 0, list[tuple[Sight, Sight]](), list[tuple[Sight, Sight]]()
    for _ in range(DRAWS):
        (good, told_good), (bad, told_bad) = _drawn(kinds.sound, accepted, rng), _drawn(kinds.faulty, REJECTED, rng)
        labels = [*(_label(score, accepted=True) for score in good), *(_label(score, accepted=False) for score in bad)]
        (tuning,) = calibration.tune([*good, *bad], labels, before=UNCALIBRATED)
        moved += tuning.limit is not None
        limits = (tuning.limit.guard, tuning.limit.threshold) if tuning.limit else None
        sound += [_read(score, limits) for score in told_good]
        faulty += [_read(score, limits) for score in told_bad]
    return Row(
        film=film,
        check=name,
        accepted=accepted,
        moved=moved,
        alarms=_counted(sound, Sight.SEEN),
        missed=_counted(faulty, Sight.ABSENT),
        seen=_counted(faulty, Sight.SEEN),
    )


def _enough(kinds: Known, accepted: int) -> bool:
    return len(kinds.sound) >= accepted + FEWEST_LEFT and len(kinds.faulty) >= REJECTED + FEWEST_LEFT


def _moved(scores: Sequence[Score], nearer: float) -> list[Score]:
    limits = [(score, score.limits) for score in scores]
    return [replace(each, value=own[0] + nearer * (own[2] - own[1])) for each, own in limits if own]


def _drawn(scores: Sequence[Score], count: int, rng: np.random.Generator) -> tuple[list[Score], list[Score]]:
    """So many scores, and the others."""
    order = [scores[int(at)] for at in rng.permutation(len(scores))]
    return order[:count], order[count:]


def _label(score: Score, *, accepted: bool) -> Label:
    return Label(take_id=score.take_id, shot_id=score.take_id, accepted=accepted, terms=() if accepted else score.terms)


def _read(score: Score, limits: tuple[float, float] | None) -> tuple[Sight, Sight]:
    """What the value says before and after."""
    value, *own = score.limits or (0.0, 0.0, 0.0)
    both = ((own[0], own[1]), limits or (own[0], own[1]))
    before, after = (findings.read(value, guard=guard, threshold=threshold) for guard, threshold in both)
    return before, after


def _counted(sights: Sequence[tuple[Sight, Sight]], wanted: Sight) -> tuple[Share, Share]:
    """The rates, with the interval of one draw's worth of takes: the draws share theirs."""
    each = len(sights) // DRAWS
    before, after = (round(sum(pair[turn] is wanted for pair in sights) / DRAWS) for turn in (0, 1))
    return share(before, each), share(after, each)


def _both(shares: tuple[Share, Share]) -> str:
    before, after = (f"{each.rate:.0%} ({each.low:.0%} to {each.high:.0%})" for each in shares)
    return before if before == after else f"{before} before, {after} after"


if __name__ == "__main__":
    main()
