"""What was asked back in a conversation and is about no single shot: two readings, or a change to be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.events import Json


class Kind(StrEnum):
    """What an inquiry is about, and so what a yes does."""

    READINGS = "readings"  # says: the messages it may have meant
    NEGATIVES = "negatives"  # format, anatomy, quality, seen: the block that would take the place of the present one
    SPEND = "spend"  # shots: their ids, cost_micro_usd


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One open question. At most one is open in a conversation."""

    id: str
    kind: str
    question: Mapping[str, Json]
