"""Whether naming a thing does anything: how often it is there with its term and without, by the ledger's figures."""

from dataclasses import dataclass
from math import comb

from agent.ledger import Line
from agent.policy.shares import Share, share

DOUBT = 0.05
"""Chance that figures so far apart come about by luck alone; above it nothing is said."""

FEWEST = 5
"""Takes that must have been told about, with the term and without it each."""

FALSE_ALARMS, RECALL = 0.05, 0.85
"""Of the inspection per term, where nothing better is known: what counted shares are put right by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A term on a model through a channel, with it and without.

    Attributes:
        sent: Takes it went out with that were told about, and how many of them show it; ``without`` likewise.
        attracts: Chance that it is seen so much more often with the term, if the term made no difference.
        repels: The same for so much more seldom.
    """

    sent: Share
    without: Share
    attracts: float
    repels: float

    @property
    def enough(self) -> bool:
        """Whether there are takes enough to say anything."""
        return min(self.sent.of, self.without.of) >= FEWEST

    @property
    def provoked(self) -> bool:
        """Whether naming the thing attracts it."""
        return self.enough and self.attracts < DOUBT

    @property
    def works(self) -> bool:
        """Whether naming it keeps it away."""
        return self.enough and self.repels < DOUBT

    def __str__(self) -> str:
        """What can be said, with the figures."""
        figures = f"seen in {_figures(self.sent)} with it, {_figures(self.without)} without"
        if not self.enough:
            lacking = f"needs {FEWEST} takes told about with it and {FEWEST} without; there are"
            return (
                f"too few takes to say whether naming it does anything: {lacking} {self.sent.of} and {self.without.of}"
            )
        if self.provoked:
            return f"provoked: {figures}; by luck alone once in {1 / max(self.attracts, 1e-6):.0f}"
        if self.works:
            return f"naming it helps: {figures}; by luck alone once in {1 / max(self.repels, 1e-6):.0f}"
        return f"neither provoked nor kept away, as far as can be told: {figures}"


def compare(line: Line) -> Compared:
    """A line of the ledger, compared (Fisher's exact test, each way); unsure takes are no evidence."""
    told = line.ignored + line.absent
    return Compared(
        sent=share(line.ignored, told),
        without=share(line.seen_without, line.without),
        attracts=_by_luck(line.ignored, told=told, seen_without=line.seen_without, without=line.without),
        repels=_by_luck(line.absent, told=told, seen_without=line.without - line.seen_without, without=line.without),
    )


def provoked(line: Line) -> bool:
    """Whether the term shows up more often where it was sent than where it was not, by takes enough.

    The same answer as the comparison's, without its intervals: a board asks it of every line of its film.
    """
    told = line.ignored + line.absent
    if min(told, line.without) < FEWEST:
        return False
    return _by_luck(line.ignored, told=told, seen_without=line.seen_without, without=line.without) < DOUBT


def true_rate(counted: float, *, false_alarms: float = FALSE_ALARMS, recall: float = RECALL) -> float:
    """How often a thing is there that is seen so often, given how often the inspection errs; 0..1."""
    return min(1.0, max(0.0, (counted - false_alarms) / (recall - false_alarms)))


def _figures(counted: Share) -> str:
    """The count, and the rate behind it with its interval, put right by the inspection's errors."""
    rate, low, high = (true_rate(each) for each in (counted.rate, counted.low, counted.high))
    return f"{counted.count} of {counted.of} takes (truly {rate:.0%}, {low:.0%} to {high:.0%})"


def _by_luck(seen: int, *, told: int, seen_without: int, without: int) -> float:
    """Chance of counting it that often or more with the term, if the term made no difference."""
    takes, shown = told + without, seen + seen_without
    ways = sum(comb(shown, often) * comb(takes - shown, told - often) for often in range(seen, min(told, shown) + 1))
    return ways / comb(takes, told)
