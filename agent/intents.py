"""What a turn means, typed. Both planners return these and nothing else."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator

from agent.asked import Asked
from agent.film import Ceiling, Wishes
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Borrow, Narrow, Omit, Pace, Preview, Redo, Reorder, Revert, Undo, Which
from prompts.blocks import Layer
from prompts.references import Reference
from prompts.sheet import Camera


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One shot as the request states it: only what was said, defaults come later.

    Fields are those of `prompts.sheet.Sheet`; ``references`` carry labels, their ids are looked up later.
    ``notes`` keeps words that belong to the shot but to no part, so that nothing said is lost.
    """

    action: str = ""
    camera: Camera = field(default_factory=Camera)
    lens: str = ""
    lighting: str = ""
    palette: str = ""
    composition: str = ""
    atmosphere: str = ""
    mood: str = ""
    attribution: str = ""
    negative: tuple[str, ...] = ()
    on_screen_text: str = ""
    dialogue: str = ""
    notes: str = ""
    seconds: float | None = None
    aspect_ratio: str | None = None
    wishes: Wishes = field(default_factory=Wishes)
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoot:
    """Make these new shots; with ``plan_only`` nothing is sent before a go."""

    drafts: tuple[Draft, ...]
    plan_only: bool = False
    kind: Literal["shoot"] = "shoot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise:
    """Change a shot's sheet and take it again; ``shot`` is ``None`` for the current one.

    Attributes:
        which: Several shots, each changed so.
        erase: Parts of the sheet that are emptied first.
        plan_only: Nothing is sent before a go.
    """

    change: Draft
    shot: int | None = None
    which: Which | None = None
    erase: tuple[Literal["on_screen_text", "dialogue"], ...] = ()
    plan_only: bool = False
    kind: Literal["revise"] = "revise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retake:
    """Take shots again as they are, or ``elsewhere`` than the last time; no number means the current shot."""

    shots: tuple[int, ...] = ()
    which: Which | None = None
    elsewhere: bool = False
    wishes: Wishes = field(default_factory=Wishes)
    kind: Literal["retake"] = "retake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Answer an open question: go ahead, or do not."""

    approve: bool
    shot: int | None = None
    kind: Literal["decide"] = "decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Choose a take of a shot (``circle it``); ``model`` is the family or profile that made it."""

    take: int | None = None
    shot: int | None = None
    model: str = ""
    kind: Literal["pick"] = "pick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A take is no good; what is wrong, where it was said."""

    take: int | None = None
    shot: int | None = None
    terms: tuple[str, ...] = ()
    kind: Literal["reject"] = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStyle:
    """Replace the project's style block from now on; shown as a diff and confirmed before it is stored."""

    text: str
    kind: Literal["change style"] = "change style"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNegatives:
    """Add to or remove from the project's negative block from now on."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    layer: Layer | None = None
    kind: Literal["change negatives"] = "change negatives"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptTerms:
    """Set terms of the block aside for one shot."""

    terms: tuple[str, ...]
    shot: int | None = None
    kind: Literal["exempt terms"] = "exempt terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBudget:
    """Change a ceiling: of the project, of each shot, of a day, or above which a take is asked for first.

    Attributes:
        change: Whether the sum is added to the ceiling (taken from it if negative) instead of being it.
    """

    micro_usd: int
    of: Ceiling = "project"
    change: bool = False
    kind: Literal["set budget"] = "set budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRouting:
    """Project-wide exclusions from now on (``no Runway on this film``), and lifting them.

    Attributes:
        only: The models to use and no others.
        which: The shots it is said of; ``None`` for the whole film.
    """

    exclude: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    which: Which | None = None
    kind: Literal["set routing"] = "set routing"


class Topic(StrEnum):
    """What a question is about; each is answered from rows."""

    STYLE = "style"
    NEGATIVES = "negatives"
    WHY_MODEL = "why model"
    SPENT = "spent"
    STALE = "stale"
    SENT = "sent"
    TERM = "term"
    STATUS = "status"
    LEFT = "left"
    TAKES = "takes"
    SHOT = "shot"
    FAILED = "failed"
    MODELS = "models"
    BARRED = "barred models"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question about the film, answered from the records."""

    topic: Topic
    shot: int | None = None
    model: str | None = None
    term: str | None = None
    kind: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Small talk; answered, nothing done."""

    kind: Literal["remark"] = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Not understood, or two readings; asked back.

    Attributes:
        says: The message that each reading would have been, so that its number is an answer.
        because: Why nothing could be made of it, and what to say instead.
    """

    readings: tuple[str, ...] = ()
    because: str = ""
    says: tuple[str, ...] = ()
    kind: Literal["unclear"] = "unclear"


Intent = Annotated[
    Shoot
    | Revise
    | Borrow
    | Narrow
    | Undo
    | Redo
    | Revert
    | Preview
    | Pace
    | Omit
    | Reorder
    | Retake
    | Decide
    | Pick
    | Reject
    | ChangeStyle
    | ChangeNegatives
    | ReplaceNegatives
    | ClearNegatives
    | ExemptTerms
    | SetBudget
    | SetRouting
    | SetProject
    | SetReferenceRule
    | Ask
    | Remark
    | Unclear,
    Discriminator("kind"),
]
"""Any of them; ``kind`` tells them apart once they are JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A turn, understood.

    Attributes:
        intents: In the order they are to be done.
        planner: Who understood it (``"rules"``, or the model's name).
        remarks: What the person should be told about the understanding (``"the language model was unreachable"``).
        asked: What a language model took for it, also where the rules had to take over.
    """

    intents: tuple[Intent, ...]
    planner: str
    remarks: tuple[str, ...] = ()
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a planner may know of the film besides the message; never a key, never another project.

    Attributes:
        open_question: What the person was last asked, in words, if anything waits.
        references: Label to description, as stored.
        looks: What the sheets of those shots say besides their action.
        recent: The shots that were spoken of or changed last.
        readings: What the message asked back about may have meant, if one was.
        changed: The shots of the last change or undo.
        undone: Whether something was undone that can be done again.
    """

    shots: tuple[tuple[int, str], ...] = ()
    looks: tuple[tuple[int, str], ...] = ()
    current_shot: int | None = None
    recent: tuple[int, ...] = ()
    open_question: str = ""
    readings: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    undone: bool = False
    style: str = ""
    negatives: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    models: tuple[str, ...] = ()
