"""What a caller may send, checked at the door."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from agent.film import Thrift
from agent.steering import Act
from prompts.normal import clean
from prompts.references import Role
from prompts.sheet import LONGEST_SECONDS
from tools.fetching import LONGEST_ADDRESS

MOST_MICRO_USD = 10**15
MOST_TERMS = 200
LONGEST_TEXT = 20_000


def _cleaned(text: str) -> str:
    return "\n".join(clean(line).text for line in text.splitlines()).strip()


def _said(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_cleaned)]
"""Words without what no person types; may be empty."""

Words = Annotated[Text, AfterValidator(_said)]
Short = Annotated[Words, Field(max_length=120)]
Money = Annotated[int, Field(ge=0, le=MOST_MICRO_USD)]
Ratio = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,2}(\.\d{1,3})?:[1-9]\d{0,2}(\.\d{1,3})?$")]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_SECONDS, allow_inf_nan=False)]
Terms = Annotated[tuple[Short, ...], Field(max_length=MOST_TERMS)]


class Form(BaseModel):
    """What every form has in common: nothing in it changes, and nothing else may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NewFilm(Form):
    """A film that does not exist yet."""

    name: Short = Field(description="What it is called; no other film may have the name.")


class CeilingsForm(Form):
    """Limits checked before every submit, counting what is in flight; money in micro USD."""

    takes_per_shot: int = Field(ge=0, le=1000)
    shot_micro_usd: Money
    project_micro_usd: Money
    day_micro_usd: Money
    ask_above_micro_usd: Money
    shot_worth_micro_usd: Money


class SettingsForm(Form):
    """What holds for every shot that says nothing else."""

    based_on: str = Field(max_length=64, description="The `seen` of the settings this was filled in from.")
    name: Short
    ratio: Ratio
    seconds: Seconds
    plan_first: bool
    excluded: Terms = Field(description="Models or families no shot goes to.")
    ceilings: CeilingsForm


class StyleForm(Form):
    """Another text for the style block."""

    based_on: int = Field(ge=1, le=2**31 - 1, description="The version this was written from.")
    text: Words
    motion: Text | None = Field(default=None, description="The motion text; left out, it stays as it is.")


class NegativeForm(Form):
    """Other terms for the negative block, layer by layer."""

    based_on: int = Field(ge=1, le=2**31 - 1, description="The version this was written from.")
    format: Terms = ()
    anatomy: Terms = ()
    quality: Terms = ()


class Message(Form):
    """What the person says."""

    text: str = Field(min_length=1, max_length=100_000)
    key: str = Field(
        default="", max_length=64, description="Names the message for whoever may have to send it again; heard once."
    )


class CameraForm(Form):
    """The camera: how close, from where, and how it moves."""

    shot_size: Text = ""
    angle: Text = ""
    movement: Text = ""


class WishesForm(Form):
    """What is wanted of the route."""

    models: Terms = ()
    exclude: Terms = ()
    thrift: Thrift | None = None
    most_micro_usd: Money | None = None


class SheetForm(Form):
    """A shot filled in by hand; what is left out stays as it is."""

    revision: int = Field(ge=1, le=2**31 - 1, description="The revision this was filled in from.")
    plan_only: bool = Field(default=False, description="Whether it waits for a go instead of being taken again.")
    action: Words | None = None
    camera: CameraForm | None = None
    lens: Text | None = None
    lighting: Text | None = None
    palette: Text | None = None
    composition: Text | None = None
    atmosphere: Text | None = None
    mood: Text | None = None
    attribution: Text | None = None
    negative: Terms | None = None
    on_screen_text: Text | None = None
    dialogue: Text | None = None
    seconds: Seconds | None = None
    aspect_ratio: Ratio | None = None
    exempt: Terms | None = None
    wishes: WishesForm | None = None


class Answer(Form):
    """A yes or a no to what a shot waits for."""

    approve: bool


class Again(Form):
    """Another take."""

    models: Terms = Field(default=(), description="Families or models to choose among; none for any.")
    elsewhere: bool = Field(default=False, description="On any other model than the last one.")


class PaceForm(Form):
    """What becomes of everything under way."""

    act: Act


class Fault(Form):
    """What is wrong with a take."""

    terms: Terms = ()


class RuleForm(Form):
    """What of a reference image is used and what is ignored."""

    use: Terms = ()
    ignore: Terms = ()
    role: Role = Role.LOOK


class FetchForm(RuleForm):
    """An image that lies at an address."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ADDRESS)]
    label: Short
