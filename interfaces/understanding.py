"""A turn's way through the conversation's graph, and going on with one that a stopped process left."""

from typing import cast

from langchain_core.runnables import RunnableConfig

from agent.acting.outcome import Turn
from agent.graphs.conversation import STEP_LIMIT, Graph
from agent.graphs.state import TurnStart, TurnState, forget
from agent.studio import Studio


class Understanding:
    """Runs the graph; rows hold all it knows, and checkpoints how far a turn has come."""

    def __init__(self, studio: Studio, graph: Graph) -> None:
        self._studio = studio
        self._graph = graph

    async def of(self, turn: Turn) -> TurnState:
        """What came of a turn, understood and acted on from the top."""
        return await self._run(
            turn, TurnStart(turn_id=turn.id, project_id=turn.project_id, conversation_id=turn.conversation_id)
        )

    async def rest_of(self, turn: Turn) -> TurnState | None:
        """What came of a turn that was begun; ``None`` where it may have been acted on in part, so nobody knows."""
        state = await self._graph.aget_state(_thread(turn))
        mine = (state.metadata or {}).get("turn_id") == turn.id
        if mine and state.next == ("act",):
            return None
        return await (self._run(turn, None) if mine and state.next == ("say",) else self.of(turn))

    async def _run(self, turn: Turn, start: TurnStart | None) -> TurnState:
        done = await self._graph.ainvoke(start, _thread(turn), context=self._studio, durability="sync")
        await forget(self._graph, turn.conversation_id)
        return cast(TurnState, done)


def _thread(turn: Turn) -> RunnableConfig:
    """The conversation's thread of the graph; the turn is kept with every checkpoint, to know it again."""
    return {
        "configurable": {"thread_id": turn.conversation_id},
        "recursion_limit": STEP_LIMIT,
        "metadata": {"turn_id": turn.id},
    }
