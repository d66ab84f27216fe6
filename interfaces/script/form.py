"""The form of a conversation script: what is set up, said and expected. `interfaces.script.reading` reads the YAML."""

from collections.abc import Mapping
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Discriminator, Field, StrictFloat, StrictInt, StrictStr, Tag, model_validator

from interfaces.script.expecting import KINDS, Expectation, FilmStands, Part, ShotStands
from prompts.references import Role
from tools.sandbox.faultplan import Rule


class Negatives(Part):
    """The negative block, layer by layer."""

    format: tuple[StrictStr, ...] = ()
    anatomy: tuple[StrictStr, ...] = ()
    quality: tuple[StrictStr, ...] = ()


class ReferenceFile(Part):
    """A reference image beside the script, or a plate the sandbox draws."""

    label: StrictStr = Field(description="What it is called in a request.")
    file: StrictStr | None = Field(default=None, description="Path from the folder of the file that says so.")
    plate: int | None = Field(default=None, ge=1, description="Numbers differ in what they show; for rehearsals only.")
    use: tuple[StrictStr, ...] = ()
    ignore: tuple[StrictStr, ...] = ()
    role: Role = Role.LOOK
    known_as: dict[StrictStr, StrictStr] = Field(
        default_factory=dict, description="Vendor to the id the image is registered under there."
    )

    @model_validator(mode="after")
    def _one_picture(self) -> "ReferenceFile":
        if (self.file is None) == (self.plate is None):
            raise ValueError("give either a file or a plate")
        return self


Usd = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Money(Part):
    """Ceilings in US dollars; what is left out keeps the default."""

    shot_usd: Usd | None = None
    project_usd: Usd | None = None
    ask_above_usd: Usd | None = None
    shot_worth_usd: Usd | None = None
    takes_per_shot: int | None = Field(default=None, ge=1)


class _Turn(Part):
    wait: bool = Field(default=True, description="Whether the next turn waits until every shot has come to rest.")
    expect: tuple[Expectation, ...] = Field(default=(), description="What must have come of it by then.")


class Say(_Turn):
    """One message of the director's."""

    user: StrictStr = Field(description="What is said.")


class Answer(_Turn):
    """A yes or no to what a shot asks, as by its button."""

    decide: Literal["approve", "decline"]
    shot: StrictInt | None = Field(default=None, description="Its number; left out, the one shot that asks.")


class Pause(_Turn):
    """Nothing is said; what is under way comes to rest."""


TAGS = {"user": "<say>", "decide": "<answer>"}
PAUSE = "<pause>"


def _kind(value: object) -> str:
    keys = list(cast(Mapping[str, object], value)) if isinstance(value, Mapping) else []
    return next((tag for key, tag in TAGS.items() if key in keys), PAUSE)


Turn = Annotated[
    Annotated[Say, Tag(TAGS["user"])] | Annotated[Answer, Tag(TAGS["decide"])] | Annotated[Pause, Tag(PAUSE)],
    Discriminator(_kind),
]
"""Any of them, told apart by its key."""


def _some(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    if not turns:
        raise ValueError("give at least one turn")
    return turns


Turns = Annotated[tuple[Turn, ...], AfterValidator(_some), Field(json_schema_extra={"minItems": 1})]
"""Not by ``min_length``, which would report turns that could not be read a second time, as missing."""


def _lasting(value: object) -> str:
    if not isinstance(value, Mapping):
        return NAMED
    return KINDS["shot"] if "shot" in value else KINDS["film"]


NAMED = "<named>"
Lasting = Annotated[
    Annotated[Literal["blocks_on_every_prompt"], Tag(NAMED)]
    | Annotated[ShotStands, Tag(KINDS["shot"])]
    | Annotated[FilmStands, Tag(KINDS["film"])],
    Discriminator(_lasting),
]
"""What can hold for a whole run."""


class Conversation(Part):
    """One of several conversations that are held about the film at the same time."""

    name: StrictStr
    turns: Turns


class Script(Part):
    """A film, and the conversation about it from first word to last."""

    version: Literal[1]
    name: StrictStr = Field(description="What the script is called in reports.")
    project: StrictStr = Field(description="What its film is called.")
    include: tuple[StrictStr, ...] = Field(
        default=(),
        description="Files below this one's folder with parts of a script. What is said here wins; references, faults "
        "and turns are joined, theirs first.",
    )
    variables: dict[StrictStr, StrictStr | StrictInt | StrictFloat | bool | None] = Field(
        default_factory=dict,
        description="Names for ${name} with their values; one without a value must be given: --set name=value.",
    )
    style: StrictStr | None = None
    motion: StrictStr = ""
    negatives: Negatives | None = None
    references: tuple[ReferenceFile, ...] = ()
    money: Money = Money()
    seed: int | None = Field(default=None, description="Of the sandbox: another one gives other clips.")
    faults: tuple[Rule, ...] = Field(default=(), description="What goes wrong in the sandbox, and when.")
    turns: Turns | None = None
    conversations: tuple[Conversation, ...] = Field(default=(), description="Instead of turns: held side by side.")
    always: tuple[Lasting, ...] = Field(
        default=("blocks_on_every_prompt",), description="What must hold after every turn; both blocks always must."
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Script":
        if (self.turns is None) == (not self.conversations):
            raise ValueError("give either turns or conversations, with at least one turn")
        return self

    @property
    def talks(self) -> tuple[tuple[Turn, ...], ...]:
        """The turns of each conversation."""
        return tuple(talk.turns for talk in self.conversations) or (self.turns or (),)
