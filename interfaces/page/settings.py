"""The film's settings: its blocks with lint and history, its references, and what holds for every shot."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.intents import Intent, SetBudget
from agent.standing import SetProject, SetReferenceRule
from agent.steering import Revert
from agent.talks import Talk
from interfaces.api.opened import Opened
from interfaces.page import blocks, rendering
from interfaces.page.forms import Text, WrittenLayers, commas
from interfaces.page.opened import TalkedOf, Talking
from interfaces.page.told import Told
from interfaces.wiring import House
from prompts.references import Reference

DONE = 204
LOOKS = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution")

router = APIRouter(prefix="/c/{talk_id}", route_class=Told, include_in_schema=False)


@router.get("/settings")
async def settings(talk: Talking, house: Opened) -> Response:
    """All of them."""
    studio, project_id = house.studio, talk.project_id
    style, negative = await studio.store.style(project_id), await studio.store.negative(project_id)
    return rendering.answer(
        "settings.html",
        conversation_id=talk.id,
        project=await studio.store.project(project_id),
        style=style,
        negative=negative,
        weighed=await blocks.weigh(studio, project_id, style=style, negative=negative),
        histories=(
            ("style", await blocks.styles(studio, project_id)),
            ("negatives", await blocks.negatives(studio, project_id)),
        ),
        references=await studio.store.references(project_id),
    )


@router.post("/weigh")
async def weigh(talk: Talking, written: WrittenLayers, house: Opened) -> Response:
    """What a negative block would be worth, while it is being written."""
    style = await house.studio.store.style(talk.project_id)
    weighed = await blocks.weigh(house.studio, talk.project_id, style=style, negative=written.block())
    return rendering.answer("weighed.html", weighed=weighed)


@router.post("/blocks/{of}/{version}", status_code=DONE)
async def bring_back(talk: Talking, house: Opened, of: Literal["style", "negatives"], version: int) -> Response:
    """An earlier version of a block, as a new one."""
    return await _act(house, talk, f"version {version} of the {of} again", Revert(of=of, version=version))


@router.post("/references", status_code=DONE)
async def reference(talk: Talking, house: Opened, label: Text, use: Text = "", ignore: Text = "") -> Response:
    """What every shot takes of a reference, and what it leaves."""
    rule = Reference(id="", label=label, use=commas(use), ignore=commas(ignore))
    return await _act(house, talk, f"reference {label}, for every shot", SetReferenceRule(references=(rule,)))


@router.post("/film", status_code=DONE)
async def film(
    talk: Talking,
    house: Opened,
    *,
    ratio: Text,
    seconds: Annotated[float, Form(gt=0, le=600)],
    budget_usd: Annotated[float, Form(ge=0, le=1_000_000)],
    plan_first: Annotated[bool, Form()] = False,
) -> Response:
    """What holds for every shot, and the most the film may cost."""
    standing = SetProject(aspect_ratio=ratio.strip(), seconds=seconds, plan_first=plan_first)
    budget = SetBudget(micro_usd=round(budget_usd * 1_000_000))
    return await _act(house, talk, "the film's settings, written by hand", standing, budget)


@router.get("/shots/{number}/edit")
async def edit(talk: Talking, found: TalkedOf) -> Response:
    """A shot's sheet, to be written anew."""
    return rendering.answer("edit.html", shot=found, looks=LOOKS, conversation_id=talk.id)


async def _act(house: House, talk: Talk, text: str, *intents: Intent) -> Response:
    await house.desk.act(talk.id, project_id=talk.project_id, text=text, intents=intents)
    return Response(status_code=DONE)
