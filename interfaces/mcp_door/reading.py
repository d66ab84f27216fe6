"""Tools that only read: nothing is changed, nothing is bought."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from agent.errors import NotFoundError
from agent.film import Take
from agent.policy.provoking import provoked
from interfaces import finding
from interfaces.board import gathering
from interfaces.board.values import BoardShot
from interfaces.export.catalogue import FORMS
from interfaces.mcp_door import showing
from interfaces.mcp_door.values import (
    AFilm,
    Blocks,
    Board,
    Exported,
    ExportName,
    Figures,
    FilmName,
    Sent,
    SentTerm,
    ShotNumber,
    WholeShot,
)
from interfaces.wiring import House
from prompts import places

LONGEST_TEXT = 200_000
"""Characters of a file that an answer holds; a longer one is read as its resource."""

TakeNumber = Annotated[int | None, Field(ge=1, le=1_000_000, description="Left out, the newest take.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What changes nothing."""

    house: House

    async def films(self) -> tuple[AFilm, ...]:
        """Every film with its money."""
        store = self.house.studio.store
        return tuple([(await showing.board(self.house.studio, each.id)).film for each in await store.projects()])

    async def board(self, film: FilmName = "") -> Board:
        """The film as it stands: every shot with its takes and cost, and every decision that waits for the person."""
        project = await finding.film(self.house.studio.store, film)
        return await showing.board(self.house.studio, project.id)

    async def shot(self, number: ShotNumber, film: FilmName = "") -> WholeShot:
        """One shot in full: its sheet, why each model was chosen or passed over, and what was seen of each negative."""
        return WholeShot(shot=await self._shot(number, film))

    async def receipt(self, shot: ShotNumber, take: TakeNumber = None, film: FilmName = "") -> Sent:
        """The proof of what was sent for a take: the body byte for byte, and where both blocks stand in it."""
        store = self.house.studio.store
        found = await self._take(await self._shot(shot, film), take)
        kept, rendering = await store.receipt(found.job_id), await store.rendering(found.job_id)
        text = places.leaves(kept.body)[kept.style.pointer]
        return Sent(
            shot=shot,
            take=found.number,
            model=kept.model,
            body=kept.body,
            style=text[kept.style.start : kept.style.start + kept.style.length],
            terms=tuple(
                SentTerm(
                    term=each.term,
                    channel=each.channel.value,
                    wording=each.wording,
                    pointer=each.place.pointer,
                    start=each.place.start,
                    length=each.place.length,
                )
                for each in kept.terms
            ),
            notes=tuple(note.sentence for note in rendering.notes),
        )

    async def blocks(self, film: FilmName = "") -> Blocks:
        """The style block and the negative block that stand on every prompt of the film, with their versions."""
        store = self.house.studio.store
        project = await finding.film(store, film)
        style, negative = await store.style(project.id), await store.negative(project.id)
        return Blocks(
            style=style.text,
            motion=style.motion,
            style_version=style.version,
            format=negative.format,
            anatomy=negative.anatomy,
            quality=negative.quality,
            negative_version=negative.version,
        )

    async def ledger(self, film: FilmName = "") -> tuple[Figures, ...]:
        """What each negative did on each model. Figures of sandbox takes say nothing about any vendor."""
        store = self.house.studio.store
        lines = await store.ledger((await finding.film(store, film)).id)
        return tuple(
            Figures(
                term=line.term,
                model=line.model,
                channel=line.channel.value,
                sent=line.sent,
                absent=line.absent,
                seen=line.ignored,
                unsure=line.unsure,
                not_inspectable=line.not_inspectable,
                provoked=provoked(line),
            )
            for line in lines
        )

    async def export(self, file: ExportName, film: FilmName = "") -> Exported:
        """The film as a file: its list, for the edit (`film.otio`, `film.edl`, `clips.zip`), for a wall, or whole."""
        project, form = await finding.film(self.house.studio.store, film), FORMS[file]
        data = await form.make(self.house.studio, project) if form.is_text else b""
        return Exported(
            name=form.file,
            media_type=form.media_type,
            text=data.decode("utf-8-sig") if 0 < len(data) <= LONGEST_TEXT else None,
            resource=f"films://{project.id}/{form.file}",
        )

    async def _shot(self, number: int, film: str) -> BoardShot:
        store = self.house.studio.store
        found = await store.shot_numbered((await finding.film(store, film)).id, number)
        return await gathering.shot(self.house.studio, found.id)

    async def _take(self, shot: BoardShot, number: int | None) -> Take:
        takes = await self.house.studio.store.takes(shot_id=shot.id)
        found = [take for take in takes if number in (None, take.number)]
        if not found:
            what = f"take of shot {shot.number}"
            raise NotFoundError(what=what, name=str(number or 1), known=[str(take.number) for take in takes])
        return found[-1]
