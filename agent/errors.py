"""Every error of Countersteer, one class per thing somebody can do about it.

CountersteerError
├── PromptError                 words (prompts.errors)
│   ├── EmptyBlockError         a block without content
│   ├── BlockMissingError       a body without its blocks; never leaves
│   ├── TooLongError            blocks and action exceed a model's limit
│   ├── NoInversionError        a term a positive-only model cannot be told
│   └── BadSheetError           an unusable value
├── VendorError                 a vendor answered, or did not; carries its `Trouble`
├── UnsupportedError            a model cannot express what the order asks
├── NoRouteLeftError            every able model is tried, excluded or out of reach
├── CeilingError                money or takes would pass a ceiling
├── BadClipError                bytes that are not the clip that was promised
├── PlannerError                the language model gave no usable answer
├── NotFoundError               unknown project, shot, take or reference
├── ConflictError               somebody else changed it first
│   ├── LostLeaseError          another process has taken the work over and goes on
│   └── StaleError              a form was filled in from an older version; carries the difference
└── StoreError                  the data folder cannot be read or written
    └── OutdatedError           a newer program has changed the tables; this one must not touch them
"""

from collections.abc import Collection, Sequence

from agent.asked import Asked
from agent.troubles import Trouble
from prompts.errors import (
    BadSheetError,
    BlockMissingError,
    CountersteerError,
    EmptyBlockError,
    NoInversionError,
    PromptError,
    TooLongError,
)

__all__ = [
    "BadClipError",
    "BadSheetError",
    "BlockMissingError",
    "CeilingError",
    "ConflictError",
    "CountersteerError",
    "EmptyBlockError",
    "LostLeaseError",
    "NoInversionError",
    "NoRouteLeftError",
    "NotFoundError",
    "OutdatedError",
    "PlannerError",
    "PromptError",
    "StaleError",
    "StoreError",
    "TooLongError",
    "UnsupportedError",
    "VendorError",
]


NAMES_TOLD = 4


class VendorError(CountersteerError):
    """What a vendor's answer, or its silence, means.

    Attributes:
        message: The vendor's own reason, trimmed, without keys or signed links.
        retry_after_s: When the vendor asks to come back.
    """

    def __init__(self, *, vendor: str, trouble: Trouble, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(f"{vendor}: {message} ({trouble.advice})")
        self.vendor = vendor
        self.trouble = trouble
        self.message = message
        self.retry_after_s = retry_after_s


class UnsupportedError(CountersteerError):
    """The order asks for something this model's wire cannot say."""

    def __init__(self, *, model: str, what: str) -> None:
        super().__init__(f"{model} cannot take {what}; choose another model or leave it out")
        self.model = model
        self.what = what


class NoRouteLeftError(CountersteerError):
    """No model is left that could shoot this.

    Attributes:
        reasons: Model name and why it was passed over.
        advice: What would help, where more is known than that the shot must change.
    """

    def __init__(self, *, reasons: Collection[tuple[str, str]], advice: str = "") -> None:
        super().__init__(f"no model can shoot this as asked; {advice or self._whys(reasons)}")
        self.reasons = tuple(reasons)
        self.advice = advice

    @staticmethod
    def _whys(reasons: Collection[tuple[str, str]]) -> str:
        """Each reason once, with the models it bars."""
        grouped: dict[str, list[str]] = {}
        for model, why in reasons:
            grouped.setdefault(why, []).append(model)
        told = "; ".join(f"{why}: {few(models)}" for why, models in grouped.items()) or "no model is configured"
        return f"change the shot or lift an exclusion ({told})"


def few(names: Sequence[str]) -> str:
    """The first names and how many more; all of them stay in the error's attributes."""
    more = len(names) - NAMES_TOLD
    return ", ".join(names[:NAMES_TOLD]) + (f" and {more} more" if more > 0 else "")


class CeilingError(CountersteerError):
    """A submit would pass a ceiling; nothing was sent.

    Attributes:
        ceiling: ``"takes per shot"``, ``"shot"``, ``"project"`` or ``"day"``.
        limit: In takes, or micro USD for the other three.
        needed: What it would have come to, in the same unit.
    """

    def __init__(self, *, ceiling: str, limit: int, needed: int) -> None:
        told = (
            f"{needed} of {limit} takes"
            if ceiling == "takes per shot"
            else f"${needed / 1e6:.2f} of ${limit / 1e6:.2f}"
        )
        super().__init__(f"the {ceiling} ceiling would be passed ({told}); nothing was sent; raise it or stop here")
        self.ceiling = ceiling
        self.limit = limit
        self.needed = needed


class BadClipError(CountersteerError):
    """What arrived is not the clip that was promised: no video, no frames, truncated, wrong size or length."""


class PlannerError(CountersteerError):
    """The language model did not give a usable answer.

    Attributes:
        kind: ``"unreachable"``, ``"refused"``, ``"cut off"`` or ``"invalid"``.
        asked: What trying took, once a planner knows it.
    """

    def __init__(self, *, kind: str, message: str) -> None:
        super().__init__(f"the language model {_ENDS[kind]}: {message}")
        self.kind = kind
        self.asked: Asked | None = None


_ENDS = {
    "unreachable": "is unreachable",
    "refused": "refused",
    "cut off": "was cut off",
    "invalid": "gave no valid answer",
}


class NotFoundError(CountersteerError):
    """Nothing has this name or number."""

    def __init__(self, *, what: str, name: str, known: Collection[str] = ()) -> None:
        hint = f"; there is {', '.join(sorted(known))}" if known else ""
        super().__init__(f"no {what} {name!r}{hint}")
        self.what = what
        self.name = name


class ConflictError(CountersteerError):
    """The row was changed by somebody else since it was read; read it again."""


class LostLeaseError(ConflictError):
    """The work went on in another process; what this one still wanted to write was refused."""


class StaleError(ConflictError):
    """What was sent was filled in from something older than what is stored.

    Attributes:
        diff: What is stored now against what was sent.
    """

    def __init__(self, *, what: str, now: str, seen: str, diff: Sequence[str] = ()) -> None:
        super().__init__(
            f"{what} is at {now} by now, the change was made from {seen}; nothing was changed; "
            "look at the difference and change the newer one"
        )
        self.diff = tuple(diff)


class StoreError(CountersteerError):
    """The data folder cannot be used; the message names it and what to do."""


class OutdatedError(StoreError):
    """The tables are at a version that this program does not know: it stops, and an update goes on."""
