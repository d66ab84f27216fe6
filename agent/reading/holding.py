""" "Hold off generating": a turn that is planned and not sent, whatever else it says."""

from dataclasses import replace

from agent.intents import Revise, Shoot
from agent.reading import vocabulary
from agent.reading.clauses import join, split
from agent.reading.message import Message, Understood

LONGEST = 4_000
"""Characters; what is longer comes without such an aside."""


def taken_out(message: Message) -> Message | None:
    """The turn without the words that hold it; ``None`` where there are none, or nothing else."""
    if len(message.text) > LONGEST:
        return None
    clauses = split(message.text)
    held = [clause for clause in clauses if vocabulary.phrases("turns", "polite", "hold").whole(clause.text)]
    kept = [clause for clause in clauses if clause not in held]
    return message.about(join(kept)) if held and kept else None


def planned(understood: Understood) -> Understood:
    """The same, with nothing sent before a go."""
    intents = tuple(
        replace(intent, plan_only=True) if isinstance(intent, Shoot | Revise) else intent
        for intent in understood.intents
    )
    return Understood(intents, understood.remarks)
