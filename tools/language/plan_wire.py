"""The form a language model answers in: intents, with no field for a block unless the director changes one."""

from typing import Annotated, Literal

from pydantic import Field

from agent import intents
from agent.intents import Intent, Topic
from prompts.blocks import Layer
from prompts.errors import BadSheetError
from tools.language.draft_wire import Wire, WireDraft, WireWishes, micro_usd


class WireShoot(Wire):
    """New shots."""

    kind: Literal["shoot"]
    drafts: list[WireDraft]

    def read(self) -> intents.Shoot:
        """The intent; a shot without an action raises `BadSheetError`."""
        if not self.drafts or not all(draft.action.strip() for draft in self.drafts):
            raise BadSheetError("shoot needs drafts, each with an action; without one the message is `unclear`")
        return intents.Shoot(drafts=tuple(draft.read() for draft in self.drafts))


class WireRevise(Wire):
    """A change to a shot; null is the current one."""

    kind: Literal["revise"]
    shot: int | None
    change: WireDraft

    def read(self) -> intents.Revise:
        """The intent."""
        return intents.Revise(change=self.change.read(), shot=self.shot)


class WireRetake(Wire):
    """The same shots again."""

    kind: Literal["retake"]
    shots: list[int]
    wishes: WireWishes

    def read(self) -> intents.Retake:
        """The intent."""
        return intents.Retake(shots=tuple(self.shots), wishes=self.wishes.read())


class WireDecide(Wire):
    """Yes or no to the open question."""

    kind: Literal["decide"]
    approve: bool
    shot: int | None

    def read(self) -> intents.Decide:
        """The intent."""
        return intents.Decide(approve=self.approve, shot=self.shot)


class WirePick(Wire):
    """A take is chosen."""

    kind: Literal["pick"]
    take: int | None
    shot: int | None

    def read(self) -> intents.Pick:
        """The intent."""
        return intents.Pick(take=self.take, shot=self.shot)


class WireReject(Wire):
    """A take is no good."""

    kind: Literal["reject"]
    take: int | None
    shot: int | None
    terms: list[str]

    def read(self) -> intents.Reject:
        """The intent."""
        return intents.Reject(take=self.take, shot=self.shot, terms=tuple(self.terms))


class WireChangeStyle(Wire):
    """The director dictates a new style text for the film, word for word."""

    kind: Literal["change_style"]
    text: str

    def read(self) -> intents.ChangeStyle:
        """The intent."""
        return intents.ChangeStyle(text=self.text)


class WireChangeNegatives(Wire):
    """The director changes what no shot of the film may show, word for word."""

    kind: Literal["change_negatives"]
    add: list[str]
    remove: list[str]
    layer: Layer | None

    def read(self) -> intents.ChangeNegatives:
        """The intent."""
        return intents.ChangeNegatives(add=tuple(self.add), remove=tuple(self.remove), layer=self.layer)


class WireExemptTerms(Wire):
    """A forbidden thing is allowed in one shot."""

    kind: Literal["exempt_terms"]
    terms: list[str]
    shot: int | None

    def read(self) -> intents.ExemptTerms:
        """The intent."""
        return intents.ExemptTerms(terms=tuple(self.terms), shot=self.shot)


class WireSetBudget(Wire):
    """The film's ceiling."""

    kind: Literal["set_budget"]
    usd: float

    def read(self) -> intents.SetBudget:
        """The intent; an impossible sum raises `BadSheetError`."""
        return intents.SetBudget(micro_usd=micro_usd(self.usd))


class WireSetRouting(Wire):
    """Models ruled out for the film, and lifted again."""

    kind: Literal["set_routing"]
    exclude: list[str]
    allow: list[str]

    def read(self) -> intents.SetRouting:
        """The intent."""
        return intents.SetRouting(exclude=tuple(self.exclude), allow=tuple(self.allow))


class WireAsk(Wire):
    """A question about the film."""

    kind: Literal["ask"]
    topic: Topic
    shot: int | None
    model: str | None
    term: str | None

    def read(self) -> intents.Ask:
        """The intent."""
        return intents.Ask(topic=self.topic, shot=self.shot, model=self.model, term=self.term)


class WireRemark(Wire):
    """Small talk."""

    kind: Literal["remark"]

    def read(self) -> intents.Remark:
        """The intent."""
        return intents.Remark()


class WireUnclear(Wire):
    """Not understood, or two readings."""

    kind: Literal["unclear"]
    readings: list[str]

    def read(self) -> intents.Unclear:
        """The intent."""
        return intents.Unclear(readings=tuple(self.readings))


WireIntent = (
    WireShoot
    | WireRevise
    | WireRetake
    | WireDecide
    | WirePick
    | WireReject
    | WireChangeStyle
    | WireChangeNegatives
    | WireExemptTerms
    | WireSetBudget
    | WireSetRouting
    | WireAsk
    | WireRemark
    | WireUnclear
)


class WirePlan(Wire):
    """The whole answer."""

    intents: list[Annotated[WireIntent, Field(discriminator="kind")]]

    def read(self) -> tuple[Intent, ...]:
        """The intents.

        Raises:
            BadSheetError: There is none, or one holds a value that cannot be.
        """
        if not self.intents:
            raise BadSheetError("intents is empty; answer `unclear` when the message asks for nothing")
        return tuple(intent.read() for intent in self.intents)
