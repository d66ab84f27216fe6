"""Both graphs for LangGraph's own tools: the same steps on the same rows, in the house that the settings name."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from typing_extensions import TypedDict  # before Python 3.12 no schema can be drawn of `typing`'s

from agent import watching
from agent.events import What
from agent.graphs import conversation, shot
from agent.graphs.state import ShotStart, TurnStart
from agent.jobs import JobState
from agent.studio import Studio
from interfaces import finding, settings
from interfaces.desk import sayable
from interfaces.wiring import open_house

DOOR = "langgraph"
Viewed = CompiledStateGraph[Any, None, Any, Any]


class Spoken(TypedDict):
    """What a turn starts from; ``film`` may be empty where there is only one."""

    message: str
    film: str


class Turned(Spoken):
    """A turn that was acted on: its reply as ``lines``, and the shots that have to run."""

    turn_id: str
    project_id: str
    conversation_id: str
    lines: list[str]
    start: list[str]
    answered: list[str]


class Chosen(TypedDict):
    """Which shot is run."""

    shot_id: str


class Made(Chosen):
    """Where a shot stands."""

    job_state: str
    take_id: str
    decision: str


@asynccontextmanager
async def conversations() -> AsyncGenerator[Viewed]:
    """A message is kept as a turn and goes its usual way."""
    async with open_house(settings.read()) as house:
        studio, inner = house.studio, conversation.build(None)

        async def hear(state: Spoken) -> TurnStart:
            return await _turn(studio, state)

        async def converse(state: Turned) -> dict[str, Any]:
            start = TurnStart(
                turn_id=state["turn_id"], project_id=state["project_id"], conversation_id=state["conversation_id"]
            )
            async with studio.lease(f"conversation:{state['conversation_id']}"):
                return await inner.ainvoke(start, context=studio)

        graph = StateGraph(Turned, input_schema=Spoken)
        graph.add_node("hear", hear)
        graph.add_node("converse", converse)
        graph.add_edge(START, "hear")
        graph.add_edge("hear", "converse")
        graph.add_edge("converse", END)
        yield graph.compile()


@asynccontextmanager
async def shots() -> AsyncGenerator[Viewed]:
    """A shot by its id. No worker runs beside it: each resume looks in on the job that the shot waits for."""
    async with open_house(settings.read()) as house:
        studio, inner = house.studio, shot.build(None)

        async def make(state: Chosen) -> dict[str, Any]:
            async with studio.lease(f"shot:{state['shot_id']}"):
                await _look_in(studio, state["shot_id"])
                return await inner.ainvoke(ShotStart(shot_id=state["shot_id"]), context=studio)

        graph = StateGraph(Made, input_schema=Chosen)
        graph.add_node("make", make)
        graph.add_edge(START, "make")
        graph.add_edge("make", END)
        yield graph.compile()


async def _turn(studio: Studio, spoken: Spoken) -> TurnStart:
    """A turn of the film's latest conversation."""
    message = sayable(spoken["message"])
    project = await finding.film(studio.store, spoken.get("film", ""))
    talks = await studio.store.talks(project.id)
    talk_id = talks[-1].id if talks else await studio.store.open_conversation(project.id, door=DOOR)
    start = TurnStart(
        turn_id=await studio.store.add_turn(talk_id, message), project_id=project.id, conversation_id=talk_id
    )
    await studio.store.tell(What.REQUEST, {"text": message}, **start)
    return start


async def _look_in(studio: Studio, shot_id: str) -> None:
    for job in await studio.store.jobs(shot_id=shot_id, states=(JobState.ACCEPTED,)):
        await watching.look_in(studio, await studio.store.shot(shot_id), job)
