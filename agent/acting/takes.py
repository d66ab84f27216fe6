"""Answers to open questions, and choosing among takes."""

from collections.abc import Mapping

from agent import buying
from agent.acting import circling, confirming, finding
from agent.acting.outcome import Outcome, Turn
from agent.events import Json, What
from agent.film import Shot, ShotStatus
from agent.intents import Decide, Pick, Reject
from agent.learning import Label
from agent.narrating import tell
from agent.studio import Studio
from prompts import terms as vocabulary

ALREADY = "That is decided already."


async def decide(studio: Studio, turn: Turn, intent: Decide) -> Outcome:
    """Answer what is open: what was asked back, then a shot's question, then plans, then a choice among takes.

    With several shots asking and none named, it is asked which.
    """
    inquiry = await studio.store.inquiry(turn.conversation_id)
    if inquiry is not None and intent.shot is None:
        return await confirming.decide(studio, turn, inquiry, approve=intent.approve)
    waiting = [
        (decision_id, await studio.store.shot(shot_id), str(content.get("kind", "")))
        for decision_id, shot_id, content in await studio.store.open_questions(turn.project_id)
    ]
    meant = [row for row in waiting if intent.shot in (None, row[1].number)]
    if not meant:
        return await confirming.unasked(studio, turn, intent)
    if len(meant) > 1:
        numbers = ", ".join(str(shot.number) for _, shot, _ in meant)
        return Outcome(
            lines=(f"Shots {numbers} are waiting. Which one? Say for example: approve {meant[0][1].number}.",)
        )
    return await _answer(studio, meant[0], {"approve": intent.approve}, approve=intent.approve)


async def settle(studio: Studio, decision_id: str, *, shot_id: str, approve: bool, by: str) -> Outcome:
    """Answer this one question and no other, with who did; of several who do so at once, one is the first."""
    shot = await studio.store.shot(shot_id)
    open_now = {row[0]: str(row[2]["kind"]) for row in await studio.store.open_questions(shot.project_id)}
    if decision_id not in open_now:
        return Outcome(lines=(ALREADY,))
    asked = (decision_id, shot, open_now[decision_id])
    return await _answer(studio, asked, {"approve": approve, "by": by}, approve=approve)


async def pick(studio: Studio, turn: Turn, intent: Pick) -> Outcome:
    """Circle a take: it is the shot's from now on, whatever the verdict says."""
    shot = await finding.shot(studio, turn, intent.shot)
    take = await finding.take(studio, shot, intent.take, model=intent.model)
    return await circling.circle(studio, turn, shot, take)


async def reject(studio: Studio, turn: Turn, intent: Reject) -> Outcome:
    """A take is no good: it stays on the shelf, and the shot waits for what to do next.

    Where there is no take yet but a price is asked about, it is the price that is turned down.
    """
    shot = await finding.shot(studio, turn, intent.shot)
    if not await studio.store.takes(shot_id=shot.id):
        return await decide(studio, turn, Decide(approve=False, shot=shot.number))
    take = await finding.take(studio, shot, intent.take)
    because = f"take {take.number} rejected" + (f" for {', '.join(intent.terms)}" if intent.terms else "")
    await studio.store.set_status(shot.id, ShotStatus.CHOICE, because=because)
    wrong = tuple(vocabulary.identity(term) for term in intent.terms)
    label = Label(take_id=take.id, shot_id=shot.id, accepted=False, terms=wrong)
    await studio.store.label(turn.project_id, label, cause=turn.cause)
    return Outcome(
        lines=(f"Noted: {because} of shot {shot.number}. Say 'again' for another take, or circle another one.",)
    )


async def _answer(
    studio: Studio, asked: tuple[str, Shot, str], answer: Mapping[str, Json], *, approve: bool
) -> Outcome:
    """Close a question, unless somebody else was quicker, and do what follows: all of it, or nothing."""
    decision_id, shot, kind = asked

    async def settled() -> Outcome:
        if not await studio.store.answer(decision_id, answer):
            return Outcome(lines=(ALREADY,))
        followed = await _follow(studio, shot, kind=kind, approve=approve)
        await tell(studio, shot, What.DECIDED, decision_id=decision_id, approve=approve)
        return followed

    return await studio.store.together(settled)


async def _follow(studio: Studio, shot: Shot, *, kind: str, approve: bool) -> Outcome:
    if kind == "spend":
        line = f"Shot {shot.number}: {'approved' if approve else 'not taken'}."
        return Outcome(lines=(line,), answered=(shot.id,))
    if not approve:
        return Outcome(lines=(f"Shot {shot.number} is left as it is.",))
    await buying.give_up(studio, shot, because="set aside by you; counted as spent")
    await studio.store.set_status(shot.id, ShotStatus.OPEN)
    return Outcome(lines=(f"Shot {shot.number} is taken again.",), start=(shot.id,))
