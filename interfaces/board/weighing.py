"""What storing a block would mean before it is stored: oddities, length, what would be stale, what a redo costs."""

from dataclasses import dataclass

from agent.film import Shot, Take
from agent.studio import Studio
from prompts import lint
from prompts.blocks import NegativeBlock, StyleBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What two blocks would mean for a film.

    Attributes:
        remarks: What is odd about them, a sentence each.
        terms: How many negatives there would be; beyond ``longest`` each of them loses pull.
        stale: Numbers of the shots whose circled take would be of older blocks.
        redo_micro_usd: What those takes cost, so about what taking them again would.
    """

    remarks: tuple[str, ...]
    terms: int
    longest: int
    stale: tuple[int, ...]
    redo_micro_usd: int


async def weigh(studio: Studio, project_id: str, *, style: StyleBlock, negative: NegativeBlock) -> Weighed:
    """What would be if these were the film's blocks; nothing is stored."""
    texts = tuple(term.text for term in negative.terms)
    circled = await _circled(studio, project_id)
    remarks = (*lint.lint_entries(texts), *lint.against_style(texts, style))
    return Weighed(
        remarks=tuple(remark.sentence for remark in remarks),
        terms=len(texts),
        longest=lint.LONGEST_BLOCK,
        stale=tuple(shot.number for shot, _ in circled),
        redo_micro_usd=sum(take.cost_micro_usd for _, take in circled),
    )


async def _circled(studio: Studio, project_id: str) -> tuple[tuple[Shot, Take], ...]:
    """The circled takes of the list, with their shots: a new version makes all of them stale."""
    takes = {take.id: take for take in await studio.store.takes(project_id=project_id)}
    shots = await studio.store.shots(project_id)
    return tuple(
        (shot, takes[shot.picked_take_id]) for shot in shots if not shot.omitted and shot.picked_take_id in takes
    )
