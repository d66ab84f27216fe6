"""Graph state: ids and small scalars only; rows hold the truth."""

from typing import Any, TypedDict, Unpack


class ShotState(TypedDict, total=False):
    """State of one shot's thread.

    Attributes:
        approved_micro_usd: Price per take the person has agreed to for this shot.
        held: Why the shot waits without a question: a ceiling, or every vendor out.
        stopped: Why no further take is made.
        job_state: Value of `agent.jobs.JobState`; ``trouble`` of `agent.troubles.Trouble`, empty for none.
        decision: Value of `agent.film.Decision`.
        revision: Of the sheet that was composed; ``current`` tells whether the take is of that prompt and the shot has not
            been edited since.
    """

    shot_id: str
    revision: int
    approved_micro_usd: int
    prompt_digest: str
    route_id: str
    cost_micro_usd: int
    held: str
    stopped: str
    decision_id: str
    job_id: str
    job_state: str
    trouble: str
    take_id: str
    decision: str
    current: bool


class TurnState(TypedDict, total=False):
    """State of one conversation's thread while a turn runs.

    Attributes:
        plan: `agent.intents.Plan` as plain JSON.
        lines: Sentences of the reply so far.
        start: Shots to run from the top; ``answered``: shots whose open question was just answered.
    """

    turn_id: str
    project_id: str
    conversation_id: str
    plan: dict[str, Any]
    lines: list[str]
    start: list[str]
    answered: list[str]


def shot_update(**keys: Unpack[ShotState]) -> ShotState:
    """An update of the shot's state; a key the state does not know is a type error here, not a silent loss."""
    return keys


def turn_update(**keys: Unpack[TurnState]) -> TurnState:
    """The same for a turn."""
    return keys
