"""Holding what is under way, letting it go on, and calling off what is not made yet."""

from typing import assert_never

from agent import batches
from agent.acting import calling_off, finding, outcome, takes
from agent.acting.outcome import Outcome, Turn
from agent.events import What
from agent.intents import Decide
from agent.jobs import JobState
from agent.steering import Pace
from agent.studio import Studio

PAUSED = "Paused: nothing new is sent, by nobody, until you say go on. What is at the vendors comes home and is kept."
ALREADY = "The film is paused already; say go on when it shall go on."
STILL = "The film is paused, so nothing is sent before you say go on."
NOTHING = "Nothing is under way that could be called off."


async def pace(studio: Studio, turn: Turn, intent: Pace) -> Outcome:
    """Do to everything under way what the intent says."""
    match intent.act:
        case "pause":
            return await _pause(studio, turn)
        case "go on":
            return await _go_on(studio, turn)
        case "cancel":
            return await _cancel(studio, turn)
        case _:
            assert_never(intent.act)


async def decide(studio: Studio, turn: Turn, intent: Decide) -> Outcome:
    """A yes or a no; where nothing is asked, a yes to a paused film lets it go on."""
    if intent.approve and intent.shot is None and await studio.store.paused_us(turn.project_id) is not None:
        asked = await studio.store.open_questions(turn.project_id)
        if not asked and await studio.store.inquiry(turn.conversation_id) is None:
            return await _go_on(studio, turn)
    return await takes.decide(studio, turn, intent)


async def mind_the_pause(studio: Studio, turn: Turn, done: Outcome) -> Outcome:
    """What came of an intent, and that it waits where the film is paused."""
    if not (done.start or done.answered) or await studio.store.paused_us(turn.project_id) is None:
        return done
    return outcome.together((done, Outcome(lines=(STILL,))))


async def progress(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """How far the batch is, in a line; none where nothing moves and nothing is held."""
    batch = await batches.latest(studio, turn.project_id)
    return (f"{batch.line[:1].upper()}{batch.line[1:]}.",) if batch and batch.going else ()


async def _pause(studio: Studio, turn: Turn) -> Outcome:
    if not await studio.store.pause(turn.project_id):
        return Outcome(lines=(ALREADY,))
    await _tell(studio, turn, paused=True)
    return Outcome(lines=(PAUSED, *await progress(studio, turn)))


async def _go_on(studio: Studio, turn: Turn) -> Outcome:
    """Lift the pause; where there is none, it is a go to whatever waits for one."""
    if not await studio.store.unpause(turn.project_id):
        return await takes.decide(studio, turn, Decide(approve=True))
    await _tell(studio, turn, paused=False)
    waiting = await studio.store.film_jobs(turn.project_id)
    lines = {studio.line_of(job.model): job.model for job in waiting if job.state is JobState.INTENT}
    called = [shot_id for model in lines.values() for shot_id in await _called(studio, turn, model)]
    return Outcome(lines=("It goes on.", *await progress(studio, turn)), answered=tuple(called))


async def _called(studio: Studio, turn: Turn, model: str) -> list[str]:
    """The shots of this film that find a free slot in a line; who else waited there was not held up."""
    line, slots = studio.line_of(model), studio.lines.slots(studio.profile(model))
    called = [await studio.store.call_next(line, slots=slots) for _ in range(slots)]
    return [job.shot_id for job in called if job is not None and job.project_id == turn.project_id]


async def _cancel(studio: Studio, turn: Turn) -> Outcome:
    """Call off everything that is not made, paused meanwhile: else a slot that is left would go to the next in line."""
    going = [shot for shot in await finding.listed(studio, turn) if calling_off.can_be(shot)]
    asked = await studio.store.open_questions(turn.project_id)
    ours = await studio.store.pause(turn.project_id)
    done = [
        await takes.settle(studio, decision_id, shot_id=shot_id, approve=False, by="you")
        for decision_id, shot_id, content in asked
        if content.get("kind") == "spend"
    ]
    done.append(await calling_off.call_off(studio, going))
    if ours:
        await studio.store.unpause(turn.project_id)
    told = outcome.together(done)
    if not told.lines:
        return Outcome(lines=(NOTHING,))
    return told if ours else outcome.together((told, Outcome(lines=(ALREADY,))))


async def _tell(studio: Studio, turn: Turn, *, paused: bool) -> None:
    """So that every open door shows it."""
    await studio.store.tell(
        What.SETTING,
        {"name": "paused", "value": paused},
        project_id=turn.project_id,
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
    )
