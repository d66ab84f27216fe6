"""A take as it is put before the eyes: the clip, what it was to be, and what it is compared with."""

from dataclasses import dataclass
from pathlib import Path

from agent.jobs import Still
from agent.learning import UNCALIBRATED, Calibration
from agent.reading import headcount
from prompts.blocks import Term
from prompts.prompt import Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What was asked of the vendor, as a sentence: ``"5 s in 16:9 were ordered"``."""

    seconds: int
    ratio: str

    def __str__(self) -> str:
        return f"{self.seconds} s in {self.ratio} were ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """All that the eyes need to look at one take.

    Attributes:
        ordered: ``None`` where nobody ordered the clip: its length and shape are not questioned then.
        sandbox: Whether a stand-in drew it, which no judge of real clips is ever shown.
        besides: Terms the take was made without; they are measured, and no judge is asked about them.
    """

    clip: Path
    prompt: Prompt
    ordered: Ordered | None
    references: tuple[Still, ...] = ()
    sandbox: bool
    calibration: Calibration = UNCALIBRATED
    besides: tuple[Term, ...] = ()

    @property
    def people(self) -> int | None:
        """How many people the shot asks for; ``None`` where its words leave it open."""
        return headcount.asked(self.prompt.sheet)
