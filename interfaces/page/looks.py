"""What a card looks like: the classes, words and data that its template writes down."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from agent.film import OMITTED, ShotStatus
from agent.findings import Sight
from interfaces.board.values import BoardShot, BoardTake, Chip

PROVOKED = "provoked"
STALE = "stale"
FAULTS = (Sight.SEEN.value, PROVOKED, Sight.UNSURE.value, Sight.NOT_INSPECTABLE.value, STALE)
"""What the board can be sifted by; an all-clear is no fault."""

FAMILIES: Mapping[str, str] = {
    ShotStatus.PLANNED: "idle",
    ShotStatus.OPEN: "going",
    ShotStatus.APPROVAL: "asks",
    ShotStatus.RENDERING: "going",
    ShotStatus.HELD: "stopped",
    ShotStatus.DELIVERED: "delivered",
    ShotStatus.CHOICE: "asks",
    ShotStatus.REFUSED: "stopped",
    ShotStatus.UNKNOWN: "asks",
    ShotStatus.CANCELLED: "stopped",
    OMITTED: "idle",
}
STANDS = (*(status.value for status in ShotStatus), OMITTED)
"""Where a shot can stand, as the board can be sifted by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an article says of its shot besides what is read in it.

    Attributes:
        family: Which of a few colours and signs its status has.
        faults: Fault to the terms it was found of, in any take.
        words: All its text in small letters, to be searched.
    """

    family: str
    stale: bool
    models: tuple[str, ...]
    faults: Mapping[str, tuple[str, ...]]
    words: str


def look(shot: BoardShot) -> Look:
    """How a shot is shown and what it is found by."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for take in shot.takes:
        for chip in take.chips:
            if chip.sight is not Sight.ABSENT:
                found[sight(chip)][chip.term] = None
    stale = any(take.stale and take.picked for take in shot.takes)
    if stale:
        found[STALE][""] = None
    texts = (str(shot.number), shot.action, *(text for _, text in shot.fields))
    return Look(
        family=FAMILIES[shot.stands],
        stale=stale,
        models=tuple(dict.fromkeys(step.model for step in shot.steps)),
        faults={fault: tuple(terms) for fault, terms in found.items()},
        words=" ".join(texts).lower(),
    )


def sight(chip: Chip) -> str:
    """What was found, with *provoked* as a fifth answer."""
    return PROVOKED if chip.provoked else chip.sight.value


def sight_class(chip: Chip) -> str:
    """The chip's class."""
    return sight(chip).replace(" ", "-")


def sight_word(chip: Chip) -> str:
    """The chip's meaning in words, for who does not see its colour and sign."""
    return "seen, and naming it attracts it" if chip.provoked else chip.sight.value


def verdict_class(take: BoardTake) -> str:
    """The verdict's class."""
    return take.decision.value.replace(" ", "-") if take.decision else "none"
