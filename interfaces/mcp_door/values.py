"""What the tools answer with, as structured content; money is whole micro USD, a million to the dollar."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.film import Decision
from interfaces.board.values import BoardShot


class Answer(BaseModel):
    """What every answer has in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ATake(Answer):
    """One clip of a shot."""

    take_id: str
    number: int
    model: str
    cost_micro_usd: int
    sandbox: bool = Field(description="A stand-in drew it: a rehearsal, nothing was billed.")
    decision: Decision | None = Field(description="What the inspection decided; null before it is inspected.")
    picked: bool
    stale: bool = Field(description="A block or reference has changed since; the clip stays usable.")
    clip: str = Field(description="Resource to read for the clip.")


class AShot(Answer):
    """A shot as it stands."""

    number: int
    action: str
    status: str
    because: str
    spent_micro_usd: int
    takes: tuple[ATake, ...]


class WholeShot(Answer):
    """A shot with everything that is known of it."""

    shot: BoardShot


class ADecision(Answer):
    """Something that waits for the director's yes or no. Nothing is bought for it before."""

    decision_id: str
    shot: int | None = Field(description="Null where it is about several shots, or about a block.")
    question: str
    cost_micro_usd: int | None = Field(description="What a yes may cost, where it costs something.")


class AFilm(Answer):
    """A film and its money."""

    film: str
    film_id: str
    shots: int
    spent_micro_usd: int = Field(description="Paid, and reserved for clips that are being made.")
    ceiling_micro_usd: int = Field(description="The most the film may cost; nothing is bought beyond it.")
    ask_above_micro_usd: int = Field(description="A take dearer than this waits for a decision.")


class Told(Answer):
    """What came of a turn."""

    film: str
    conversation_id: str = Field(description="Give it back to go on in the same conversation.")
    turn_id: str
    reply: str = Field(description="What was answered; empty while the turn waits for those before it.")
    story: tuple[str, ...] = Field(description="What happened to the shots that the turn set going, in order.")
    going: tuple[int, ...] = Field(description="Shots of the turn still being made; `follow` waits for them.")
    decisions: tuple[ADecision, ...] = Field(description="What waits for a yes or a no in this film.")
    spent_micro_usd: int


class Board(Answer):
    """A film at one moment."""

    film: AFilm
    shots: tuple[AShot, ...]
    decisions: tuple[ADecision, ...]


class SentTerm(Answer):
    """A negative term in what was sent."""

    term: str
    channel: str
    wording: str
    pointer: str = Field(description="JSON pointer to the text of the body that holds it.")
    start: int
    length: int


class Sent(Answer):
    """Exactly what left for the vendor, and where both blocks stand in it."""

    shot: int
    take: int
    model: str
    body: str = Field(description="The body as it was sent, as JSON.")
    style: str = Field(description="The style block as it stands in the body.")
    terms: tuple[SentTerm, ...]
    notes: tuple[str, ...] = Field(description="What was cut, moved or left out for this model.")


class Blocks(Answer):
    """The two blocks that stand on every prompt, in their newest versions."""

    style: str
    motion: str
    style_version: int
    format: tuple[str, ...]
    anatomy: tuple[str, ...]
    quality: tuple[str, ...]
    negative_version: int


class Figures(Answer):
    """What one negative did on one model."""

    term: str
    model: str
    channel: str
    sent: int
    absent: int
    seen: int
    unsure: int
    not_inspectable: int
    provoked: bool = Field(description="The figures say that naming it attracts it.")


ExportName = Literal[
    "shots.csv",
    "shots.json",
    "record.json",
    "film.otio",
    "film.edl",
    "contact-sheet.html",
    "contact-sheet.png",
    "contact-sheet.pdf",
    "clips.zip",
]
"""As `interfaces.export.catalogue` has them."""


class Exported(Answer):
    """A file that the film leaves as."""

    name: str
    media_type: str
    text: str | None = Field(description="Its content; null where it is no text or a long one.")
    resource: str = Field(description="Resource to read for all of it.")


WaitSeconds = Annotated[
    int, Field(ge=0, le=600, description="How long to wait for clips; what is not done by then goes on by itself.")
]
FilmName = Annotated[str, Field(max_length=200, description="The film's name or id; may be left out if there is one.")]
ShotNumber = Annotated[int, Field(ge=1, le=1_000_000, description="The shot's number.")]
