"""What the board shows: films, shots, takes and chips as plain values, ready for a template or for JSON."""

from dataclasses import dataclass

from agent.film import OMITTED, Decision, ShotStatus
from agent.findings import Sight

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One negative term of a take.

    Attributes:
        place: Its number among the verdict's findings, 0 and up; the address of its evidence picture ends in it.
        layer: Of the negative block: format, anatomy or quality; empty for a bleed-through of a reference.
        sight: What was found.
        sentence: What was seen, where, by whom.
        provoked: Whether the records say that naming it attracts it on this model; it never does so alone.
        evidence: Whether there is a picture of it.
        frame: Number of the frame that shows it, and ``at_s`` its time in the clip, where one was kept.
        box: Left, top, width and height as shares of the picture.
    """

    place: int
    term: str
    layer: str
    sight: Sight
    sentence: str
    provoked: bool = False
    evidence: bool = False
    frame: int | None = None
    at_s: float | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTake:
    """One take.

    Attributes:
        decision: ``None`` before it was inspected.
        why: Why its model was chosen, most important first.
        reroute: Whether it was made because an earlier take of the same prompt had failed.
        nobody_looked: Terms that could not be inspected in this set-up.
        drift: How far its look is off the film's or its neighbours', in times the film's usual; told with a whole
            board, and ``None`` where there is too little to compare with.
    """

    id: str
    job_id: str
    number: int
    model: str
    vendor: str
    cost_micro_usd: int
    seconds: int
    sandbox: bool
    picked: bool
    stale: bool
    revision: int
    created_us: int
    decision: Decision | None
    reason: str
    why: tuple[str, ...]
    reroute: bool
    chips: tuple[Chip, ...]
    nobody_looked: tuple[str, ...] = ()
    drift: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One route of a shot, with or without a take.

    Attributes:
        take: Number of the take it led to.
        passed_over: Models not chosen, each with why; told with a single shot, left out of a whole board.
    """

    model: str
    chance: float
    cost_micro_usd: int
    reasons: tuple[str, ...]
    passed_over: tuple[tuple[str, str], ...]
    take: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a shot waits for.

    Attributes:
        kind: As it was asked, such as ``spend``.
        sentence: The question in words.
        model: The model it is about, where it is about one.
    """

    decision_id: str
    kind: str
    sentence: str
    model: str | None = None
    cost_micro_usd: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardShot:
    """One shot with all its takes.

    Attributes:
        revision: Edits must name it; one based on an older revision is refused.
        fields: The sheet's fields that say something, by name, in the order of the prompt.
        status: Where it stands; ``because`` says why, where that needs saying.
        under_way: Whether something is being made for it, or would be by itself, that can be called off.
        progress: Share of the clip that is done, 0..1, while one is being made and the vendor tells.
        spent_micro_usd: Paid and reserved for this shot.
    """

    id: str
    number: int
    revision: int
    conversation_id: str
    action: str
    fields: tuple[tuple[str, str], ...]
    status: ShotStatus
    because: str
    exempt: tuple[str, ...]
    omitted: bool
    under_way: bool
    question: Question | None
    progress: float | None
    spent_micro_usd: int
    steps: tuple[Step, ...]
    takes: tuple[BoardTake, ...]

    @property
    def stands(self) -> str:
        """Where it stands as lists say it: what was taken out of the list is omitted, whatever it was at."""
        return OMITTED if self.omitted else self.status.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A film at one moment.

    Attributes:
        event: Number of the last event of the film when it was read; a page follows the story from there.
        sandbox: Whether any clip of it came from a stand-in.
        ceiling_micro_usd: The most the film may cost.
        terms: The negative block's terms with their layer.
    """

    project_id: str
    name: str
    event: int
    sandbox: bool
    spent_micro_usd: int
    ceiling_micro_usd: int
    terms: tuple[tuple[str, str], ...]
    shots: tuple[BoardShot, ...]
