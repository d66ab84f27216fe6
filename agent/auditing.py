"""Recomputing, from stored receipts alone, that every prompt that left carried both blocks."""

from dataclasses import dataclass

from agent.errors import NotFoundError
from agent.studio import Studio
from prompts.receipt import audit as missing_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stored body that lacks something."""

    shot: int
    job_id: str
    model: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The coverage over all receipts."""

    receipts: int
    gaps: tuple[Gap, ...]

    @property
    def coverage(self) -> float:
        """Share of bodies with both blocks in them, 0..1; 1 where nothing was sent yet."""
        return 1.0 if not self.receipts else 1 - len(self.gaps) / self.receipts


async def audit(studio: Studio, project_id: str | None = None) -> Audit:
    """Look at every stored body again; of one project, or of all."""
    rows = await studio.store.receipts(project_id)
    gaps: list[Gap] = []
    for job, digest, receipt in rows:
        try:
            missing = missing_from(receipt, await studio.store.prompt(digest))
        except NotFoundError:
            missing = ("its prompt",)
        if missing:
            shot = await studio.store.shot(job.shot_id)
            gaps.append(Gap(shot=shot.number, job_id=job.id, model=job.model, missing=tuple(missing)))
    return Audit(receipts=len(rows), gaps=tuple(gaps))
