"""What a value in a language model's answer must be, beyond its form; what is not goes back to the model."""

import re
from collections.abc import Sequence
from typing import Any

from agent.film import Wishes
from agent.intents import Draft, Intent, SetBudget, Shoot
from agent.reading.division import MOST_SHOTS
from agent.standing import SetProject
from prompts.errors import BadSheetError
from prompts.sheet import LONGEST_SECONDS

_RATIO = re.compile(r"[1-9]\d{0,2}(?:\.\d{1,3})?:[1-9]\d{0,2}(?:\.\d{1,3})?\Z")


def checked(value: Any) -> Any:
    """The value.

    Raises:
        BadSheetError: No shot can have it.
    """
    match value:
        case Shoot(drafts=drafts) if not drafts or not all(draft.action.strip() for draft in drafts):
            raise BadSheetError("shoot needs drafts, each with an action; without one the message is `unclear`")
        case Draft(seconds=seconds) if seconds is not None and not 0 < seconds <= LONGEST_SECONDS:
            raise BadSheetError(f"seconds is {seconds:g}; give 1 to {LONGEST_SECONDS:g}, or null where none is said")
        case Draft(aspect_ratio=str(ratio)) | SetProject(aspect_ratio=str(ratio)) if not _RATIO.match(ratio):
            raise BadSheetError("aspect_ratio is no ratio; write it as 16:9, or null where none is said")
        case SetBudget(micro_usd=micro, change=False) | Wishes(most_micro_usd=int(micro)) if micro < 0:
            raise BadSheetError(f"{micro / 1e6:g} is no sum of money; give US dollars from 0 up")
        case _:
            return value


def refuse_many(intents: Sequence[Intent]) -> None:
    """Let no answer through that sets more going than one message may.

    Raises:
        BadSheetError: It does.
    """
    shots = sum(len(intent.drafts) for intent in intents if isinstance(intent, Shoot))
    if max(shots, len(intents)) > MOST_SHOTS:
        raise BadSheetError(f"one message makes at most {MOST_SHOTS} shots or changes; give the first ones")


def micro_usd(usd: float) -> int:
    """A sum in micro USD."""
    return round(usd * 1e6)
