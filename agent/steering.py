"""Intents that steer through the film: several shots at once, back and forth in history, and the list itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Group(StrEnum):
    """Shots by where they stand."""

    ALL = "all"
    STALE = "stale"
    FAILED = "failed"
    UNSHOT = "unshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Several shots: by number, by where they stand, or by words that their sheets hold (``"night"``)."""

    numbers: tuple[int, ...] = ()
    group: Group | None = None
    said: str = ""


class Part(StrEnum):
    """What one shot can take over from another."""

    LENS = "lens"
    LIGHTING = "lighting"
    PALETTE = "palette"
    COMPOSITION = "composition"
    ATMOSPHERE = "atmosphere"
    MOOD = "mood"
    ATTRIBUTION = "attribution"
    SHOT_SIZE = "shot size"
    ANGLE = "angle"
    MOVEMENT = "movement"
    SECONDS = "length"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrow:
    """Give shots what another shot has (``the same lens as 3``); no shot named means the current one."""

    source: int
    parts: tuple[Part, ...]
    which: Which | None = None
    kind: Literal["borrow"] = "borrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What the last change did to several shots shall hold for these only, also where it was just undone."""

    shots: tuple[int, ...]
    kind: Literal["narrow"] = "narrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back the last change, or the last one of a shot; ``times`` of them."""

    shot: int | None = None
    times: int = 1
    kind: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Do again what was undone last."""

    kind: Literal["redo"] = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revert:
    """Bring an earlier version back as a new one.

    Attributes:
        version: ``None`` for the one before the present one.
    """

    of: Literal["shot", "style", "negatives"] = "shot"
    shot: int | None = None
    version: int | None = None
    kind: Literal["revert"] = "revert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Show what would go out for a shot now; nothing is spent."""

    shot: int | None = None
    kind: Literal["preview"] = "preview"


Act = Literal["pause", "go on", "cancel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Send nothing new for now, go on sending, or call off all that is not made yet; of the whole film."""

    act: Act
    kind: Literal["pace"] = "pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Omit:
    """Take shots out of the list; no number means the current shot. Nothing is destroyed."""

    shots: tuple[int, ...] = ()
    kind: Literal["omit"] = "omit"


class Spot(StrEnum):
    """Where a shot moves to."""

    BEFORE = "before"
    AFTER = "after"
    FIRST = "first"
    LAST = "last"
    SWAP = "swap"
    AT = "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder:
    """Move shots in the list: the first of ``shots`` to a spot, or with no spot all of them into that order.

    Attributes:
        beside: The shot that ``before``, ``after``, ``swap`` and ``at`` are about.
    """

    shots: tuple[int, ...]
    spot: Spot | None = None
    beside: int | None = None
    kind: Literal["reorder"] = "reorder"
