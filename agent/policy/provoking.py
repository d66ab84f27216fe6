"""Whether naming a thing attracts it: seen more often with its term than without, by the ledger's figures."""

from math import comb

from agent.ledger import Line

DOUBT = 0.05
"""Chance that figures so far apart come about by luck alone; above it nothing is said."""


def provoked(line: Line) -> bool:
    """Whether the term shows up more often where it was sent than where it was not (Fisher's exact test, one-sided)."""
    told = line.ignored + line.absent
    if not (line.ignored and told and line.without):
        return False
    return _by_luck(line.ignored, told=told, seen_without=line.seen_without, without=line.without) < DOUBT


def _by_luck(seen: int, *, told: int, seen_without: int, without: int) -> float:
    """Chance of seeing it that often or more with the term, if the term made no difference."""
    takes, shown = told + without, seen + seen_without
    ways = sum(comb(shown, often) * comb(takes - shown, told - often) for often in range(seen, min(told, shown) + 1))
    return ways / comb(takes, told)
