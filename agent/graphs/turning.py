"""Steps of the conversation graph: understand, act, say."""

from functools import cache

from langgraph.runtime import Runtime
from pydantic import TypeAdapter

from agent.acting.dispatch import act as act_on
from agent.acting.outcome import Outcome, Turn
from agent.errors import CountersteerError
from agent.events import What
from agent.graphs.state import TurnState, Update, turn_update
from agent.intents import Intent, Plan, Scene
from agent.studio import Studio

_SCENE_SHOTS = 40  # the latest; a planner needs names to refer to, not the whole film


async def understand(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """What the message means, as typed intents."""
    studio = runtime.context
    text = await studio.store.turn_text(state["turn_id"])
    plan = await studio.planner.plan(text, scene=await scene(studio, state["project_id"]))
    plain = _plans().dump_python(plan, mode="json")
    return turn_update(plan=plain, lines=list(plan.remarks), start=[], answered=[])


async def act(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """Do each intent in order; one that fails is told and does not stop the others."""
    turn = Turn(id=state["turn_id"], project_id=state["project_id"], conversation_id=state["conversation_id"])
    plan = _plans().validate_python(state["plan"])
    outcomes = [await _act(runtime.context, turn, intent) for intent in plan.intents]
    return turn_update(
        lines=[*state["lines"], *(line for outcome in outcomes for line in outcome.lines)],
        start=[shot_id for outcome in outcomes for shot_id in outcome.start],
        answered=[shot_id for outcome in outcomes for shot_id in outcome.answered],
    )


async def say(state: TurnState, runtime: Runtime[Studio]) -> Update:
    """Answer the person, once."""
    reply = "\n".join(state["lines"])
    store = runtime.context.store
    await store.finish_turn(state["turn_id"], reply=reply)
    await store.tell(
        What.REPLY,
        {"text": reply},
        project_id=state["project_id"],
        conversation_id=state["conversation_id"],
        turn_id=state["turn_id"],
    )
    return turn_update()


async def scene(studio: Studio, project_id: str) -> Scene:
    """What a planner may know of this film; never another project's."""
    shots = sorted(await studio.store.shots(project_id), key=lambda shot: shot.number)
    questions = await studio.store.open_questions(project_id)
    negative = await studio.store.negative(project_id)
    references = await studio.store.references(project_id)
    return Scene(
        shots=tuple((shot.number, shot.sheet.action) for shot in shots[-_SCENE_SHOTS:]),
        current_shot=shots[-1].number if shots else None,
        open_question="; ".join(str(content.get("kind", "")) for _, _, content in questions),
        style=(await studio.store.style(project_id)).text,
        negatives=tuple(term.text for term in negative.terms),
        references=tuple((reference.label, ", ".join(reference.use)) for reference, _ in references),
        models=tuple(dict.fromkeys(profile.family for profile in studio.profiles)),
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
