"""What the shots of a script would cost: its turns are said in a house whose worker never runs, so nothing leaves."""

from agent.acting import pricing
from agent.acting.pricing import Quote
from interfaces.script.desk_door import DOOR, make_film
from interfaces.script.doors import Tell
from interfaces.script.form import Say
from interfaces.script.reading import Written
from interfaces.wiring import House


async def quotes(house: House, written: Written, *, tell: Tell) -> tuple[Quote, ...]:
    """The first take of every shot the script describes, as things stand.

    Args:
        house: One of its own, thrown away afterwards: shots are made in it and wait for a worker that never comes.
        written: The script.
        tell: Hears what the price does not hold.

    Raises:
        CountersteerError: The film cannot be made.
    """
    project = await make_film(house, written.script, beside=written.folder, tell=tell)
    for talk in written.script.talks:
        conversation_id = await house.studio.store.open_conversation(project.id, door=DOOR)
        for turn in talk:
            if isinstance(turn, Say):
                refusal = await house.desk.say(conversation_id, project_id=project.id, text=turn.user)
                if refusal is not None:
                    tell(refusal)
    tell("First takes only: retakes and re-routes depend on what comes back, and answers to it were left out.")
    shots = sorted(await house.studio.store.shots(project.id), key=lambda shot: shot.number)
    return tuple([await pricing.quote(house.studio, shot) for shot in shots if not shot.omitted])
