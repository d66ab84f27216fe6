"""The rule-based planner: a turn understood with word lists and a few rules, no language model, no settings."""

from dataclasses import replace

from agent.errors import BadSheetError
from agent.intents import Plan, Scene, Unclear
from agent.reading import (
    answering,
    batches,
    commands,
    doing,
    doubting,
    holding,
    machinery,
    nothing_there,
    questions,
    request,
    short,
    standing,
    steering,
    takes,
    talk,
    turns,
    warrants,
)
from agent.reading.message import Message, Understood, receive
from agent.reading.tables import pasting
from agent.reading.words import words

NAME = "rules"
MOST_CHARACTERS = 6_000
"""Of one turn. Video models take 1,000 to 5,000 characters of prompt, so a sequence fits; more comes as a shot list."""


class RulePlanner:
    """Understands a turn by rules. Raises nothing, whatever is typed; time grows with the length of the text."""

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means."""
        return understand(message, scene=scene)


def understand(typed: str, *, scene: Scene) -> Plan:
    """The plan for a turn: an answer to what was asked, or what it says by itself."""
    message, remarks = receive(typed[:MOST_CHARACTERS], scene=scene)
    if len(typed) > MOST_CHARACTERS:
        remarks = (*remarks, _too_long(len(typed)))
    if not message.plain and not message.text.strip():
        return Plan(intents=(Unclear(),), planner=NAME, remarks=remarks)
    meant = answering.chosen(message)
    if meant is not None:
        return understand(meant, scene=replace(scene, readings=(), recent=()))
    listed = pasting.read(typed[:MOST_CHARACTERS], scene=scene)
    if listed is not None:
        return Plan(intents=listed.intents, planner=NAME, remarks=(*remarks, *listed.remarks))
    first = _about_nothing(message) or _read(message)
    understood = warrants.checked(typed[:MOST_CHARACTERS], message, first, read=_read)
    understood = doubting.no_contradiction(message, doubting.no_debt(message, understood))
    says = doubting.readings(message, understood)
    intents = (Unclear(says=says),) if says else understood.intents
    return Plan(intents=intents, planner=NAME, remarks=(*remarks, *understood.remarks))


_EXACT = (steering.read, turns.read, standing.read, commands.read)
"""Whole turns word for word, which leave no doubt; read as typed, then without the talk around them."""
_FREE = (doing.read, questions.read, takes.read, short.read, batches.read)
"""Turns in any words."""
_DRAWING = (questions.read_doubtful, request.read)
"""Pictures and changes of one, also beside a question: what is left."""


def _about_nothing(message: Message) -> Understood | None:
    """What is asked back where a turn is about a shot and the film has none."""
    pretended = nothing_there.pretended(message)
    if pretended is None:
        return None
    return nothing_there.asked_back(message, _read(pretended, drawn=nothing_there.changes(message)))


def _read(message: Message, *, drawn: bool = True) -> Understood:
    """What the first reader makes of it that can; not asked of those who draw a picture unless ``drawn``."""
    filled, aside = machinery.emptied(message)
    if aside and words(talk.bare(filled.text).text):
        rest = _read(filled, drawn=drawn)
        return Understood(rest.intents, (*(machinery.told(said) for said in aside), *rest.remarks))
    unheld = holding.taken_out(message)
    if unheld is not None:
        return holding.planned(_read(unheld, drawn=drawn))
    bared = message.about(talk.bare(message.text).text)
    tries = [
        *((read, message) for read in _EXACT),
        *((read, bared) for read in _EXACT if words(bared.text)),
        *((read, message) for read in _FREE),
        (batches.read, bared),
        *((read, message) for read in _DRAWING if drawn),
    ]
    found = (understood for read, said in tries if (understood := read(said)) is not None)
    try:
        return next(found, Understood((Unclear(),)))
    except BadSheetError as error:  # what is said of a reference contradicts itself, or is no part of an image
        return Understood((Unclear(),), (str(error),))


def _too_long(length: int) -> str:
    return (
        f"only the first {MOST_CHARACTERS} of {length} characters were read; "
        "send the rest as a second message or a shot list"
    )
