"""Rows and boards as the tools' answers."""

from collections.abc import Sequence

from agent.inquiries import Inquiry, Kind
from agent.studio import Studio
from interfaces.board import gathering
from interfaces.board.values import Board as Gathered
from interfaces.board.values import BoardShot
from interfaces.mcp_door.values import ADecision, AFilm, AShot, ATake, Board

ASKED = {
    Kind.READINGS: "Two readings are possible; answer with the number by direct_shot, a no leaves both.",
    Kind.NEGATIVES: "Shall the negative block be replaced as shown?",
    Kind.SPEND: "Shall these takes be made at the price told?",
}


async def board(studio: Studio, project_id: str) -> Board:
    """The film with its shots and all that waits for an answer."""
    gathered = await gathering.board(studio, project_id)
    project = await studio.store.project(project_id)
    shown = AFilm(
        film=gathered.name,
        film_id=project_id,
        shots=sum(not each.omitted for each in gathered.shots),
        spent_micro_usd=gathered.spent_micro_usd,
        ceiling_micro_usd=gathered.ceiling_micro_usd,
        ask_above_micro_usd=project.ceilings.ask_above_micro_usd,
    )
    shots = tuple(shot(each) for each in gathered.shots)
    return Board(film=shown, shots=shots, decisions=await decisions(studio, gathered))


async def decisions(studio: Studio, gathered: Gathered) -> tuple[ADecision, ...]:
    """What waits for a yes or a no: questions of shots, then what was asked back in any conversation."""
    inquiries = [await studio.store.inquiry(each) for each in await studio.store.conversations(gathered.project_id)]
    return (*_of_shots(gathered.shots), *(_of_talk(each) for each in inquiries if each is not None))


def shot(found: BoardShot) -> AShot:
    """One shot."""
    return AShot(
        number=found.number,
        action=found.action,
        status="omitted" if found.omitted else found.status.value,
        because=found.because,
        spent_micro_usd=found.spent_micro_usd,
        takes=tuple(
            ATake(
                take_id=take.id,
                number=take.number,
                model=take.model,
                cost_micro_usd=take.cost_micro_usd,
                sandbox=take.sandbox,
                decision=take.decision,
                picked=take.picked,
                stale=take.stale,
                clip=f"takes://{take.id}/clip",
            )
            for take in found.takes
        ),
    )


def _of_shots(shots: Sequence[BoardShot]) -> tuple[ADecision, ...]:
    return tuple(
        ADecision(
            decision_id=each.question.decision_id,
            shot=each.number,
            question=each.question.sentence,
            cost_micro_usd=each.question.cost_micro_usd,
        )
        for each in shots
        if each.question is not None
    )


def _of_talk(inquiry: Inquiry) -> ADecision:
    cost = inquiry.question.get("cost_micro_usd")
    return ADecision(
        decision_id=inquiry.id,
        shot=None,
        question=ASKED[Kind(inquiry.kind)],
        cost_micro_usd=cost if isinstance(cost, int) else None,
    )
