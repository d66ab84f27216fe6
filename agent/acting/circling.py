"""Circling a take: it is the shot's from now on, whatever the verdict says."""

from agent.acting import changing
from agent.acting.outcome import Outcome, Turn
from agent.events import What
from agent.film import Shot, ShotStatus, Take
from agent.learning import Label
from agent.narrating import tell
from agent.studio import Studio


async def circle(studio: Studio, turn: Turn, shot: Shot, take: Take) -> Outcome:
    """Make a take the shot's own; what the shot still asked is closed, and the eyes learn that it is accepted."""
    await changing.close_question(studio, shot)
    await studio.store.pick(shot.id, take.id, status=ShotStatus.DELIVERED, because="picked by you", cause=turn.cause)
    await studio.store.label(turn.project_id, Label(take_id=take.id, shot_id=shot.id, accepted=True), cause=turn.cause)
    await tell(studio, shot, What.PICK, take_id=take.id, number=take.number)
    return Outcome(lines=(f"Take {take.number} of shot {shot.number} is circled.",))
