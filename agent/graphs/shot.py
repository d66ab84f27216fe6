"""The shot graph: compose, route, submit, wait, fetch, inspect, judge; then route again or deliver.

    compose ▶ route ▶ (ask ▶ approve) ▶ submit ▶ wait ▶ fetch ▶ inspect ▶ judge ▶ deliver
                ▲ │                                                  │
                │ └▶ choose, hold                                    │
                └────────── other model, same prompt ◀───────────────┘

One thread per shot. `approve` and `wait` pause the run; a waiting shot is a row and a checkpoint, not a sleeping run.
"""

from typing import Literal

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.film import Decision
from agent.graphs import endings, making, planning
from agent.graphs.state import ShotStart, ShotState
from agent.jobs import JobState
from agent.studio import Studio
from agent.troubles import Trouble
from agent.watch import watched

Graph = CompiledStateGraph[ShotState, Studio, ShotStart, ShotState]
STEP_LIMIT = 60  # five takes of nine steps, some of them twice

AfterRoute = Literal["ask", "submit", "choose", "hold"]
AfterJob = Literal["wait", "fetch", "route", "refuse", "puzzle", "hold", "cancel"]


def build(checkpointer: BaseCheckpointSaver[str] | None) -> Graph:
    """The compiled graph; nothing else is needed to run a shot but a `Studio` as context."""
    graph = StateGraph(ShotState, context_schema=Studio, input_schema=ShotStart)
    for step in (planning.compose, planning.route, planning.ask, planning.approve):
        graph.add_node(step.__name__, watched(step))
    for step in (making.submit, making.wait, making.fetch, making.inspect, making.judge):
        graph.add_node(step.__name__, watched(step))
    for step in (endings.deliver, endings.choose, endings.refuse, endings.puzzle, endings.hold, endings.cancel):
        graph.add_node(step.__name__, watched(step))
        graph.add_edge(step.__name__, END)
    graph.add_edge(START, "compose")
    graph.add_conditional_edges("compose", after_compose)
    graph.add_conditional_edges("route", after_route)
    graph.add_edge("ask", "approve")
    graph.add_conditional_edges("approve", after_approval)
    graph.add_conditional_edges("submit", after_job)
    graph.add_conditional_edges("wait", after_job)
    graph.add_conditional_edges("fetch", after_fetch)
    graph.add_edge("inspect", "judge")
    graph.add_conditional_edges("judge", after_verdict)
    return graph.compile(checkpointer=checkpointer)


def thread(shot_id: str) -> RunnableConfig:
    """The shot's thread of the graph."""
    return {"configurable": {"thread_id": shot_id}, "recursion_limit": STEP_LIMIT}


def after_compose(state: ShotState) -> Literal["route", "wait", "__end__"]:
    """A clip that is already being made is waited for: it is paid, and no take is lost.

    A shot that was only planned, or taken out of the list while its clip was made, buys no other.
    """
    if state["job_id"]:
        return "wait"
    return "__end__" if state["stopped"] else "route"


def after_route(state: ShotState) -> AfterRoute:
    """Ask when the take is dearer than what was approved; without a route let the person choose, or wait."""
    if not state["route_id"]:
        return "hold" if state["held"] else "choose"
    return "ask" if state["cost_micro_usd"] > state["approved_micro_usd"] else "submit"


def after_approval(state: ShotState) -> Literal["submit", "choose", "cancel"]:
    """A yes covers this price for the rest of the shot; a no leaves the takes there are, if any, to choose from."""
    if state["cost_micro_usd"] <= state["approved_micro_usd"]:
        return "submit"
    return "choose" if state["takes"] else "cancel"


def after_job(state: ShotState) -> AfterJob:
    """Where the job's state leads. A refusal goes to the person, a failure to another model, an unknown to nobody."""
    if state["held"]:
        return "hold"
    match JobState(state["job_state"]):
        case JobState.INTENT | JobState.SENDING | JobState.ACCEPTED:
            return "wait"
        case JobState.READY | JobState.KEPT:
            return "fetch"
        case JobState.UNKNOWN:
            return "puzzle"
        case JobState.CANCELLED:
            return "cancel"
        case JobState.FAILED | JobState.LOST:
            return "refuse" if Trouble(state["trouble"]).refusal else "route"


def after_fetch(state: ShotState) -> Literal["inspect", "wait", "route"]:
    """A clip that cannot be had now is fetched later; one that cannot be had at all is made again elsewhere."""
    if state["take_id"]:
        return "inspect"
    return "wait" if state["job_state"] == JobState.READY else "route"


def after_verdict(state: ShotState) -> Literal["deliver", "route", "choose", "compose"]:
    """A pass is delivered; a miss goes to another model with the prompt held still; unsure goes to the person.

    A take of a shot that was edited meanwhile is kept, and the edited shot is composed.
    """
    if not state["current"]:
        return "compose"
    match Decision(state["decision"]):
        case Decision.PASS:
            return "deliver"
        case Decision.MISS | Decision.BAD_MEDIA:
            return "route"
        case Decision.UNSURE:
            return "choose"
