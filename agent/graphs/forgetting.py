"""Letting go of a thread that has come to its end: rows hold the truth, so its checkpoints are only weight."""

from typing import Any, cast

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph


async def forget(graph: CompiledStateGraph[Any, Any, Any, Any], thread_id: str) -> None:
    """Delete all checkpoints of the thread; nothing where the graph keeps none."""
    saver = cast("BaseCheckpointSaver[str] | bool | None", graph.checkpointer)
    if isinstance(saver, BaseCheckpointSaver):
        await saver.adelete_thread(thread_id)
