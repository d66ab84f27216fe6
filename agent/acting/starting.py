"""Having shots made: again, on another model, or many at once; what is dear is confirmed first, with its price."""

from collections.abc import Sequence
from dataclasses import replace

from agent import batches, estimating
from agent.acting import asking_back, changing, finding, pricing
from agent.acting.outcome import Outcome, Turn
from agent.acting.pricing import Quote
from agent.acting.shots import merge_wishes
from agent.events import Json
from agent.film import Shot, ShotStatus, Wishes
from agent.inquiries import Kind
from agent.intents import Retake
from agent.money import usd
from agent.studio import Studio


async def retake(studio: Studio, turn: Turn, intent: Retake) -> Outcome:
    """Take shots again as they are, on the models wished for."""
    shots = await _meant(studio, turn, intent)
    wished = [replace(shot, wishes=merge_wishes(shot.wishes, await _wishes(studio, shot, intent))) for shot in shots]
    for before, after in zip(shots, wished, strict=True):
        if after != before:
            await studio.store.save_shot(after, cause=turn.cause)
    where = f" with {', '.join(intent.wishes.models)}" if intent.wishes.models else ""
    if len(wished) == 1:
        await changing.close_question(studio, wished[0])
        await studio.store.set_status(wished[0].id, ShotStatus.OPEN)
        again = "again" if await studio.store.takes(shot_id=wished[0].id) else "now"
        return Outcome(lines=(f"Shot {wished[0].number} is taken {again}{where}.",), start=(wished[0].id,))
    return await go(studio, turn, wished)


async def go(studio: Studio, turn: Turn, shots: Sequence[Shot]) -> Outcome:
    """Make the next take of several shots, or say what it comes to and ask where that is above the film's sum."""
    quotes = [await pricing.quote(studio, shot) for shot in shots]
    able = [each for each in quotes if each.choice is not None]
    told = [f"  {each}." for each in quotes]
    sum_micro_usd = pricing.total(able)
    project = await studio.store.project(turn.project_id)
    if not able:
        return Outcome(lines=("None of them can be made now:", *told))
    estimate = await estimating.estimate(studio, able)
    if estimate.forecast.likely_micro_usd > project.ceilings.ask_above_micro_usd:
        await asking_back.open_inquiry(
            studio, turn, Kind.SPEND, shots=[each.shot.id for each in able], cost_micro_usd=sum_micro_usd
        )
        left = project.ceilings.project_micro_usd - await studio.store.spent_micro_usd(project.id)
        asked = f"{len(able)} takes would cost {usd(sum_micro_usd)}; {usd(left)} of the budget is left. Shall I? yes/no"
        return Outcome(lines=(asked, *estimate.lines, *told))
    price = f"{len(able)} takes for {usd(sum_micro_usd)}:"
    return Outcome(lines=(price, *told, *estimate.lines), start=await begin(studio, turn, able))


async def begin(studio: Studio, turn: Turn, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Set shots going whose price was agreed to; their ids. The yes is a row, so no shot asks for it again."""
    if len(quotes) >= batches.FEW:
        estimate = await estimating.estimate(studio, quotes)
        await batches.begin(studio, turn, [each.shot for each in quotes], estimate)
    for each in quotes:
        await changing.close_question(studio, each.shot)
        if each.choice is not None:
            content: dict[str, Json] = {
                "model": each.choice.model,
                "cost_micro_usd": each.micro_usd,
                "seconds": each.choice.seconds,
            }
            decision_id = await studio.store.ask(each.shot, kind="spend", question=content)
            await studio.store.answer(decision_id, {"approve": True})
        await studio.store.set_status(each.shot.id, ShotStatus.OPEN)
    return tuple(each.shot.id for each in quotes)


async def _wishes(studio: Studio, shot: Shot, intent: Retake) -> Wishes:
    """The wishes of the turn; "another model" leaves out the family of the last one."""
    routes = await studio.store.routes(shot.id) if intent.elsewhere else ()
    if not routes:
        return intent.wishes
    family = studio.profile(routes[-1].model).family
    return replace(intent.wishes, exclude=(*intent.wishes.exclude, family))


async def _meant(studio: Studio, turn: Turn, intent: Retake) -> tuple[Shot, ...]:
    if intent.which is not None:
        return await finding.several(studio, turn, intent.which)
    numbers: tuple[int | None, ...] = intent.shots or (None,)
    return tuple([await finding.shot(studio, turn, number) for number in numbers])
