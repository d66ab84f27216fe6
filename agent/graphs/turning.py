"""Steps of the conversation graph: understand, act, say."""

from dataclasses import asdict
from functools import cache

from langgraph.runtime import Runtime
from pydantic import TypeAdapter

from agent.acting.dispatch import act as act_on
from agent.acting.outcome import Outcome, Turn
from agent.errors import CountersteerError
from agent.events import Json, What
from agent.graphs.scenes import scene
from agent.graphs.state import TurnState, Update, turn_update
from agent.intents import Ask, Decide, Intent, Plan, Remark, Unclear
from agent.steering import Preview
from agent.studio import Studio

_ASIDE = (Ask, Decide, Preview, Remark, Unclear)
"""What leaves an open question open."""


async def understand(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """What the message means, as typed intents."""
    studio = runtime.context
    text = await studio.store.turn_text(state["turn_id"])
    seen = await scene(studio, state["project_id"], conversation_id=state["conversation_id"], turn_id=state["turn_id"])
    plan = await studio.planner.plan(text, scene=seen)
    await _tell_reading(studio, state, plan)
    plain = _plans().dump_python(plan, mode="json")
    return turn_update(plan=plain, current=seen.current_shot, lines=list(plan.remarks), start=[], answered=[])


async def act(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """Do each intent in order; one that fails is told and does not stop the others."""
    turn = Turn(
        id=state["turn_id"],
        project_id=state["project_id"],
        conversation_id=state["conversation_id"],
        current=state["current"],
    )
    plan = _plans().validate_python(state["plan"])
    inquiry = await runtime.context.store.inquiry(turn.conversation_id)
    outcomes = [await _act(runtime.context, turn, intent) for intent in plan.intents]
    if inquiry is not None and not all(isinstance(intent, _ASIDE) for intent in plan.intents):
        # Whoever says something else has left the question; a reading that was chosen has become the plan itself.
        await runtime.context.store.close_inquiry(inquiry.id, {"left": True})
    return turn_update(
        lines=[*state["lines"], *(line for outcome in outcomes for line in outcome.lines)],
        start=[shot_id for outcome in outcomes for shot_id in outcome.start],
        answered=[shot_id for outcome in outcomes for shot_id in outcome.answered],
    )


async def say(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """Answer the person, once."""
    reply = "\n".join(state["lines"])
    store = runtime.context.store
    going: list[Json] = [*state["start"], *state["answered"]]

    async def answer() -> None:
        await store.finish_turn(state["turn_id"], reply=reply)
        await store.tell(
            What.REPLY,
            {"text": reply, "shots": going, "intents": [intent["kind"] for intent in state["plan"]["intents"]]},
            project_id=state["project_id"],
            conversation_id=state["conversation_id"],
            turn_id=state["turn_id"],
        )

    await store.together(answer)
    return turn_update()


async def _tell_reading(studio: Studio, state: TurnState, plan: Plan) -> None:
    """Keep what asking a language model took, also where its answer could not be used."""
    if plan.asked is None:
        return
    await studio.store.tell(
        What.READ,
        {"planner": plan.planner, **asdict(plan.asked)},
        project_id=state["project_id"],
        conversation_id=state["conversation_id"],
        turn_id=state["turn_id"],
    )


@cache
def _plans() -> TypeAdapter[Plan]:
    """Reads and writes plans; building it takes 5 ms."""
    return TypeAdapter(Plan)


async def _act(studio: Studio, turn: Turn, intent: Intent) -> Outcome:
    try:
        return await act_on(studio, turn, intent)
    except CountersteerError as error:
        return Outcome(lines=(f"{str(error)[:1].upper()}{str(error)[1:]}.",))
