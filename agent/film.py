"""The film's own things: project, ceilings, shot, wishes, route, take, verdict."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from agent.figures import Figures
from agent.findings import Finding, Footage
from prompts.references import Reference
from prompts.sheet import Sheet

Ceiling = Literal["project", "shot", "day", "ask"]
"""Which limit is meant; *ask* is the sum above which the person is asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """Limits checked before every submit, counting what is in flight.

    Attributes:
        ask_above_micro_usd: A submit dearer than this waits for an approval.
        shot_worth_micro_usd: What a finished shot is worth; routing stops and asks when more takes would cost more.
    """

    takes_per_shot: int = 5
    shot_micro_usd: int = 8_000_000
    project_micro_usd: int = 200_000_000
    day_micro_usd: int = 100_000_000
    ask_above_micro_usd: int = 1_000_000
    shot_worth_micro_usd: int = 6_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRule:
    """What every shot of a film takes of one reference, and what it leaves."""

    label: str
    use: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One film.

    Attributes:
        seconds: Length of a shot that names none.
        excluded: Models or families no shot goes to.
        plan_first: Whether new and edited shots wait for a go.
        reference_rules: What every shot takes of a reference, by its label.
    """

    id: str
    name: str
    ceilings: Ceilings
    ratio: str = "16:9"
    seconds: float = 5.0
    excluded: tuple[str, ...] = ()
    plan_first: bool = False
    reference_rules: tuple[ReferenceRule, ...] = ()


class Thrift(StrEnum):
    """What a request says about money."""

    CHEAPEST = "cheapest"
    FAST = "fast"
    BEST = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person wants of the route.

    Attributes:
        models: Families or profile names to choose among; empty for any.
        exclude: Families or profile names not to use.
        most_micro_usd: A limit named in the request for one take.
    """

    models: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    thrift: Thrift | None = None
    most_micro_usd: int | None = None


class ShotStatus(StrEnum):
    """Where a shot stands; every status has one next action."""

    PLANNED = "planned"  # nothing is sent before a go
    OPEN = "open"  # the shot graph goes on
    APPROVAL = "waiting for approval"
    RENDERING = "rendering"
    HELD = "held"  # outage or ceiling: goes on by itself or when lifted
    DELIVERED = "delivered"
    CHOICE = "your choice"  # no model in reach passes; best takes shown
    REFUSED = "refused"
    UNKNOWN = "unknown outcome"
    CANCELLED = "cancelled"


OMITTED = "omitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One shot of a film.

    Attributes:
        number: What the person calls it, 1 and up, per project.
        revision: Counts edits of the sheet; takes remember theirs.
        exempt: Terms of the block set aside for this shot.
        picked_take_id: The delivered or chosen take.
        omitted: Whether it was taken out of the list; its number, takes and receipts stay.
    """

    id: str
    project_id: str
    conversation_id: str
    number: int
    revision: int
    sheet: Sheet
    status: ShotStatus
    wishes: Wishes
    exempt: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    picked_take_id: str | None = None
    because: str = ""
    omitted: bool = False

    @property
    def stands(self) -> str:
        """Where it stands, as lists say it: what was taken out of the list is omitted, whatever it was at."""
        return OMITTED if self.omitted else self.status.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A model that was not chosen, and why."""

    model: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A chosen model with reasons.

    Attributes:
        chance: Estimated chance that the next take passes, 0..1.
        cost_micro_usd: Price of the next take.
        seconds: Length it will be ordered at.
        reasons: In words and figures, most important first.
        figures: What each able model was weighed with, the chosen one first; none where they were not kept yet.
    """

    id: str
    shot_id: str
    model: str
    chance: float
    cost_micro_usd: int
    seconds: int
    reasons: tuple[str, ...]
    passed_over: tuple[PassedOver, ...] = ()
    figures: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One generated clip.

    Attributes:
        number: Per shot, 1 and up.
        clip: Name in the clip store; its SHA-256 is ``sha256``.
        sandbox: Whether a stand-in made it.
        style_version: Of the block it was made with; an older one than the project's is *stale*.
    """

    id: str
    project_id: str
    shot_id: str
    job_id: str
    number: int
    model: str
    prompt_digest: str
    style_version: int
    negative_version: int
    clip: str
    sha256: str
    bytes: int
    sandbox: bool
    created_us: int
    cost_micro_usd: int
    revision: int
    seed: int | None = None


class Decision(StrEnum):
    """What the agent decided about a take."""

    PASS = "pass"
    MISS = "miss"  # a term is seen
    UNSURE = "unsure"  # nothing seen, something could not be told
    BAD_MEDIA = "bad media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided from the findings of one take.

    Attributes:
        nobody_looked: Terms that could not be inspected in this set-up; said with every delivery.
        reason: One sentence.
    """

    take_id: str
    decision: Decision
    findings: tuple[Finding, ...]
    footage: Footage
    reason: str
    hints: tuple[str, ...] = ()
    nobody_looked: tuple[str, ...] = ()
