"""The conversation graph: understand the turn, act on it, say what happened. It never waits for a clip."""

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.graphs import turning
from agent.graphs.state import TurnStart, TurnState
from agent.studio import Studio
from agent.watch import watched

Graph = CompiledStateGraph[TurnState, Studio, TurnStart, TurnState]
STEP_LIMIT = 8


def build(checkpointer: BaseCheckpointSaver[str] | None) -> Graph:
    """The compiled graph, one thread per conversation; its result names the shots that have to run."""
    graph = StateGraph(TurnState, context_schema=Studio, input_schema=TurnStart)
    for step in (turning.understand, turning.act, turning.say):
        graph.add_node(step.__name__, watched(step))
    graph.add_edge(START, "understand")
    graph.add_edge("understand", "act")
    graph.add_edge("act", "say")
    graph.add_edge("say", END)
    return graph.compile(checkpointer=checkpointer)
