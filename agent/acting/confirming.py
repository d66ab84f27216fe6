"""A yes or a no: to what was asked back, to a plan, or to the best take of a shot that waits for a choice."""

from agent.acting import calling_off, circling, finding, pricing, project, starting
from agent.acting.outcome import Outcome, Turn
from agent.film import Shot, ShotStatus, Take
from agent.inquiries import Inquiry, Kind
from agent.intents import Decide
from agent.policy import judging
from agent.studio import Studio

LEFT = "Left as it was; nothing is changed."
ALREADY = "That is decided already."
NOTHING = "Nothing is waiting for an answer."


async def decide(studio: Studio, turn: Turn, inquiry: Inquiry, *, approve: bool) -> Outcome:
    """Answer what was asked back in this conversation."""
    if approve and inquiry.kind == Kind.READINGS:
        says = inquiry.question["says"]
        assert isinstance(says, list)
        told = tuple(f"  {nth}: {said}" for nth, said in enumerate(says, start=1))
        return Outcome(lines=("Yes to which? Answer with the number.", *told))
    if not await studio.store.close_inquiry(inquiry.id, {"approve": approve}):
        return Outcome(lines=(ALREADY,))
    if not approve:
        return Outcome(lines=(LEFT,))
    if inquiry.kind == Kind.NEGATIVES:
        return await project.confirmed(studio, turn, inquiry)
    return await _spend(studio, turn, inquiry)


async def unasked(studio: Studio, turn: Turn, intent: Decide) -> Outcome:
    """A yes or no that no question was open for: it is about plans, then about a choice among takes, or nothing."""
    named = await finding.shot(studio, turn, intent.shot) if intent.shot is not None else None
    shots = (named,) if named else await finding.listed(studio, turn)
    going = [shot for shot in shots if calling_off.can_be(shot)]
    if going and not intent.approve:
        return await calling_off.call_off(studio, going)
    planned = [shot for shot in shots if shot.status is ShotStatus.PLANNED]
    if planned and intent.approve:
        return await _go(studio, turn, planned)
    if planned:
        numbers = ", ".join(str(shot.number) for shot in planned)
        return Outcome(lines=(f"Nothing is sent. Planned and waiting for a go: shots {numbers}.",))
    choosing = named or await _current(studio, turn)
    if choosing is not None and choosing.status is ShotStatus.CHOICE and intent.approve:
        best = await _best(studio, choosing)
        if best is not None:
            return await circling.circle(studio, turn, choosing, best)
    if named is not None:
        return Outcome(lines=(f"Shot {named.number} is not waiting for an answer; it is {named.status}.",))
    return Outcome(lines=(NOTHING,))


async def _spend(studio: Studio, turn: Turn, inquiry: Inquiry) -> Outcome:
    """The takes that were agreed to, at their prices of now; dearer ones than agreed are asked about again."""
    ids = inquiry.question["shots"]
    agreed = inquiry.question["cost_micro_usd"]
    assert isinstance(ids, list)
    assert isinstance(agreed, int)
    shots = [await studio.store.shot(str(shot_id)) for shot_id in ids]
    quotes = [await pricing.quote(studio, shot) for shot in shots if not shot.omitted]
    if pricing.total(quotes) > agreed:
        return await starting.go(studio, turn, [each.shot for each in quotes])
    told = tuple(f"  {each}." for each in quotes)
    able = [each for each in quotes if each.choice is not None]
    return Outcome(
        lines=(f"{len(able)} takes are on their way:", *told), start=await starting.begin(studio, turn, able)
    )


async def _go(studio: Studio, turn: Turn, planned: list[Shot]) -> Outcome:
    """A go to what was planned, whose prices were told with the plan; many at once may need a second yes."""
    if len(planned) > 1:
        return await starting.go(studio, turn, planned)
    quote = await pricing.quote(studio, planned[0])
    if quote.choice is None:
        return Outcome(lines=(f"{str(quote).capitalize()}.",))
    return Outcome(lines=(f"On its way: {quote}.",), start=await starting.begin(studio, turn, [quote]))


async def _current(studio: Studio, turn: Turn) -> Shot | None:
    return await finding.shot(studio, turn, None) if await finding.listed(studio, turn) else None


async def _best(studio: Studio, shot: Shot) -> Take | None:
    """The best take by the verdicts; without any verdict the latest."""
    takes = await studio.store.takes(shot_id=shot.id)
    judged = [(take, verdict) for take in takes if (verdict := await studio.store.verdict(take.id)) is not None]
    if judged:
        return judging.best(judged)
    return takes[-1] if takes else None
