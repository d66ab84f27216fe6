"""Whether many negatives at once weaken each other at a vendor, and which of them show no effect there."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from agent.ledger import Crowd, Line
from agent.policy import provoking
from agent.policy.provoking import DOUBT, FEWEST
from agent.policy.shares import Share, share

FEWEST_TO_DROP = 20
"""Takes told about with a term and without it each, before it is said to do nothing: half of its takes would show."""

NO_EFFECT = 0.05  # how much more seldom it may be seen with its term than without and still count as not helped


@dataclass(frozen=True, slots=True, kw_only=True)
class Dilution:
    """How often negatives were seen at a vendor that went out in short company and in long.

    Attributes:
        split: The most terms of a take in short company.
        by_luck: Chance that the same terms are seen so much more often in long company, if it made no difference.
    """

    vendor: str
    split: int
    short: Share
    long: Share
    by_luck: float

    @property
    def enough(self) -> bool:
        """Whether there are findings enough to say anything."""
        return min(self.short.of, self.long.of) >= FEWEST

    @property
    def diluted(self) -> bool:
        """Whether many terms weaken each other."""
        return self.enough and self.by_luck < DOUBT

    def __str__(self) -> str:
        """What can be said, with the figures."""
        if not self.enough:
            return f"{self.vendor}: too few takes with more than {self.split} negatives to say whether they dilute"
        figures = f"seen {self.short} with up to {self.split} of them at once, {self.long} with more"
        if self.diluted:
            return f"{self.vendor}: negatives dilute each other, {figures}; a shorter block works better there"
        return f"{self.vendor}: no dilution, as far as can be told: {figures}"


def dilutions(crowds: Iterable[Crowd], *, vendors: Mapping[str, str]) -> tuple[Dilution, ...]:
    """One per vendor, the same terms held against each other; ``vendors`` by model."""
    known = sorted((crowd for crowd in crowds if crowd.model in vendors), key=lambda crowd: vendors[crowd.model])
    return tuple(_dilution(vendor, tuple(of)) for vendor, of in groupby(known, key=lambda crowd: vendors[crowd.model]))


def idle(lines: Iterable[Line], *, vendors: Mapping[str, str]) -> tuple[Line, ...]:
    """Terms without a sign of an effect at a vendor, added up over its models: they could be dropped there."""
    pooled: dict[tuple[str, str], Line] = {}
    for line in lines:
        if (vendor := vendors.get(line.model)) is not None:
            known = pooled.get((vendor, line.term))
            pooled[vendor, line.term] = _plus(known, line) if known else replace(line, model=vendor)
    return tuple(line for line in pooled.values() if _does_nothing(line))


def _does_nothing(line: Line) -> bool:
    told = line.ignored + line.absent
    if min(told, line.without) < FEWEST_TO_DROP or not line.seen_without:
        return False  # what never comes by itself cannot be kept away either
    return line.ignored / told > line.seen_without / line.without - NO_EFFECT and not provoking.provoked(line)


def _plus(one: Line, other: Line) -> Line:
    counts = ("sent", "absent", "ignored", "unsure", "not_inspectable", "without", "seen_without")
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in counts})


def _dilution(vendor: str, crowds: Sequence[Crowd]) -> Dilution:
    lengths = sorted(crowd.terms for crowd in crowds for _ in range(crowd.told))
    split = lengths[(len(lengths) - 1) // 2]
    short = [crowd for crowd in crowds if crowd.terms <= split]
    long = [crowd for crowd in crowds if crowd.terms > split]
    return Dilution(
        vendor=vendor,
        split=split,
        short=share(sum(each.seen for each in short), sum(each.told for each in short)),
        long=share(sum(each.seen for each in long), sum(each.told for each in long)),
        by_luck=_by_luck(short, long),
    )


def _by_luck(short: Sequence[Crowd], long: Sequence[Crowd]) -> float:
    """One-sided Mantel-Haenszel test over the terms, so that long blocks are not blamed for the terms in them."""
    excess = variance = 0.0
    for term in {each.term for each in (*short, *long)}:
        in_long, of_long = _counted(long, term)
        in_short, of_short = _counted(short, term)
        of, seen = of_long + of_short, in_long + in_short
        if of > 1:
            excess += in_long - of_long * seen / of
            variance += of_long * of_short * seen * (of - seen) / (of * of * (of - 1))
    return 0.5 * math.erfc(excess / math.sqrt(2 * variance)) if variance else 1.0


def _counted(crowds: Sequence[Crowd], term: str) -> tuple[int, int]:
    mine = [crowd for crowd in crowds if crowd.term == term]
    return sum(crowd.seen for crowd in mine), sum(crowd.told for crowd in mine)
