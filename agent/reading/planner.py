"""The rule-based planner: a turn understood with word lists and a few rules, no language model, no settings."""

from agent.intents import Plan, Scene, Unclear
from agent.reading import commands, questions, request, takes, turns
from agent.reading.message import receive

NAME = "rules"
MOST_CHARACTERS = 6_000
"""Of one turn. Video models take 1,000 to 5,000 characters of prompt, so a sequence fits; more comes as a shot list."""


class RulePlanner:
    """Understands a turn by rules. Raises nothing, whatever is typed; time grows with the length of the text."""

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means."""
        return understand(message, scene=scene)


def understand(typed: str, *, scene: Scene) -> Plan:
    """The plan for a turn: hygiene, then the short turns, then project commands, questions, edits and new shots."""
    message, remarks = receive(typed[:MOST_CHARACTERS], scene=scene)
    if len(typed) > MOST_CHARACTERS:
        remarks = (*remarks, _too_long(len(typed)))
    if not message.plain and not message.text.strip():
        return Plan(intents=(Unclear(),), planner=NAME, remarks=remarks)
    for read in (turns.read, commands.read, takes.read, questions.read, request.read):
        understood = read(message)
        if understood is not None:
            return Plan(intents=understood.intents, planner=NAME, remarks=(*remarks, *understood.remarks))
    return Plan(intents=(Unclear(),), planner=NAME, remarks=remarks)


def _too_long(length: int) -> str:
    return (
        f"only the first {MOST_CHARACTERS} of {length} characters were read; "
        "send the rest as a second message or a shot list"
    )
