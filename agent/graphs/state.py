"""Graph state: ids and small scalars only, let go of when a thread has come to its end; rows hold the truth."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

Update = Mapping[str, Any]
"""What a step returns: some keys of the state. Made by `shot_update` and `turn_update` only."""


class ShotStart(TypedDict):
    """What running a shot from the top takes."""

    shot_id: str


class TurnStart(TypedDict):
    """What a turn takes; its text is a row."""

    turn_id: str
    project_id: str
    conversation_id: str


class ShotState(ShotStart):
    """State of one shot's thread. A step may read what the steps before it have set.

    Attributes:
        revision: Of the sheet that was composed.
        current: Whether the take is of the composed prompt and the shot has not been edited since.
        approved_micro_usd: Price per take the person has agreed to for this shot.
        takes: How many the shot has when a route is chosen.
        held: Why the shot waits without a question: a ceiling, or no model in reach.
        stopped: Why no further take is made.
        job_state: Value of `agent.jobs.JobState`; ``trouble`` of `agent.troubles.Trouble`, empty for none.
        decision: Value of `agent.film.Decision`.
    """

    revision: int
    approved_micro_usd: int
    prompt_digest: str
    route_id: str
    cost_micro_usd: int
    takes: int
    held: str
    stopped: str
    decision_id: str
    job_id: str
    job_state: str
    trouble: str
    take_id: str
    decision: str
    current: bool


class TurnState(TurnStart):
    """State of one conversation's thread while a turn runs.

    Attributes:
        plan: `agent.intents.Plan` as plain JSON.
        current: Number of the shot that is meant where none is named.
        lines: Sentences of the reply so far.
        start: Shots to run from the top; ``answered``: shots whose open question was just answered.
    """

    plan: dict[str, Any]
    current: int | None
    lines: list[str]
    start: list[str]
    answered: list[str]


def shot_update(**keys: str | int | bool) -> Update:
    """An update of the shot's state.

    Raises:
        KeyError: The state has no such key; LangGraph would drop it without a word.
    """
    return _known(keys, ShotState.__required_keys__)


def turn_update(**keys: dict[str, Any] | list[str] | int | None) -> Update:
    """The same for a turn."""
    return _known(keys, TurnState.__required_keys__)


async def forget(graph: CompiledStateGraph[Any, Any, Any, Any], thread_id: str) -> None:
    """Delete all checkpoints of a thread that has come to its end; nothing where the graph keeps none."""
    saver = cast("BaseCheckpointSaver[str] | bool | None", graph.checkpointer)
    if isinstance(saver, BaseCheckpointSaver):
        await saver.adelete_thread(thread_id)


def _known(keys: Update, known: frozenset[str]) -> Update:
    unknown = keys.keys() - known
    if unknown:
        raise KeyError(f"no such key in the graph's state: {', '.join(sorted(unknown))}")
    return keys
