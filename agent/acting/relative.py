"""Edits that say "more" or "less" of what the sheet has, spelled out for a model that has not seen the shot."""

from collections.abc import Sequence

LADDER = (
    "extreme wide shot",
    "wide shot",
    "full shot",
    "medium wide shot",
    "medium shot",
    "medium close-up",
    "close-up",
    "extreme close-up",
)
"""Shot sizes from far to near."""

USUAL = LADDER.index("medium shot")  # where a sheet names no size
_NEARER, _FARTHER = (
    frozenset({"closer", "tighter", "nearer"}),
    frozenset({"wider", "looser", "farther", "further back"}),
)


def shot_size(before: str, change: str) -> str:
    """The size after a change; ``"closer"`` is one step in from what there was."""
    wanted = change.strip().casefold()
    if wanted not in _NEARER | _FARTHER:
        return change or before
    at = next((nth for nth, size in enumerate(LADDER) if size == before.strip().casefold()), USUAL)
    step = 1 if wanted in _NEARER else -1
    return LADDER[min(max(at + step, 0), len(LADDER) - 1)]


def without(before: str, excluded: Sequence[str]) -> str:
    """A part of the look without what a change rules out: "heavy fog, rain" with no fog is "rain"."""
    ruled_out = [f" {term.casefold()} " for term in excluded]
    kept = (item for item in before.split(",") if not any(term in f" {item.casefold()} " for term in ruled_out))
    return ",".join(kept).strip()


def look(before: str, change: str) -> str:
    """A part of the look after a change; a comparative (``"brighter"``) is added to what there was."""
    words = change.split()
    if before and len(words) == 1 and words[0].endswith("er"):
        return before if change in before else f"{before}, {change}"
    return change or before
