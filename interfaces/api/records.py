"""What was learnt and what can be used: the ledger of terms, and the models in reach."""

from dataclasses import dataclass

from fastapi import APIRouter

from agent.acting.answers import model_line
from agent.ledger import Line
from agent.policy.provoking import provoked
from interfaces.api.opened import Film, Opened

router = APIRouter(tags=["records"])


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A term on a model through a channel, added up.

    Attributes:
        provoked: Whether the figures say that naming it attracts it.
    """

    line: Line
    provoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model in reach.

    Attributes:
        line: What it does with a negative, its price and its limits, in words.
        sandbox: Whether a stand-in answers for it.
    """

    name: str
    family: str
    vendor: str
    line: str
    sandbox: bool


@router.get("/films/{film_id}/ledger", summary="What each negative did on each model")
async def ledger(film: Film, house: Opened) -> tuple[LedgerLine, ...]:
    """Per term, model and channel: sent, absent, ignored, unsure, and how often the thing came by itself."""
    lines = await house.studio.store.ledger(film.id)
    return tuple(LedgerLine(line=line, provoked=provoked(line)) for line in lines)


@router.get("/models", summary="Every model in reach")
async def models(house: Opened) -> tuple[Model, ...]:
    """What a shot can go to."""
    studio = house.studio
    return tuple(
        Model(
            name=profile.name,
            family=profile.family,
            vendor=profile.vendor,
            line=model_line(profile),
            sandbox=profile.vendor in studio.sandbox,
        )
        for profile in studio.profiles
    )
