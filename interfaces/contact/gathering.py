"""Everything a contact sheet shows of a film, read from rows and clips."""

import base64
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread
from PIL import Image, ImageDraw, UnidentifiedImageError

from agent.acting.finding import stale_takes
from agent.errors import BadClipError
from agent.film import Decision, Shot, ShotStatus, Take, Verdict
from agent.findings import Evidence, Finding, Sight
from agent.money import usd
from agent.studio import Studio
from tools.media import Frame, decode

STRIP = 5  # frames shown per take
SAMPLES = 20  # frames decoded; evidence shows the nearest of them, with its own number
WIDTH_PX = 320
OUTLINE = "#ff8a70"

Frames = Mapping[str, tuple[Frame, ...]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A frame as shown, with the number it really has."""

    image: Image.Image
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One negative term of a take; ``evidence`` where it was seen or doubted."""

    term: str
    sight: Sight
    sentence: str
    evidence: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCard:
    """One take as shown.

    Attributes:
        why: Why its model was chosen.
    """

    number: int
    model: str
    price: str
    sandbox: bool
    picked: bool
    stale: bool
    decision: Decision
    reason: str
    why: tuple[str, ...]
    strip: tuple[Picture, ...]
    chips: tuple[Chip, ...]

    def terms(self, sight: Sight) -> tuple[Chip, ...]:
        """The chips of one kind."""
        return tuple(chip for chip in self.chips if chip.sight is sight)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotCard:
    """One shot with its takes.

    Attributes:
        routes: Routes that led to no take, or to none yet.
    """

    number: int
    action: str
    status: str
    because: str
    routes: tuple[str, ...]
    takes: tuple[TakeCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """The whole sheet.

    Attributes:
        facts: The film in figures, in a few words each.
    """

    name: str
    style: str
    negatives: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[str, ...]
    sandbox: bool
    shots: tuple[ShotCard, ...]


async def gather(studio: Studio, project_id: str) -> Film:
    """The film as it stands.

    Raises:
        NotFoundError: No such project.
    """
    project = await studio.store.project(project_id)
    negative = await studio.store.negative(project_id)
    stale = {take.id for _, take in await stale_takes(studio, project_id)}
    takes = await studio.store.takes(project_id=project_id)
    frames = await _all_frames(studio, takes)
    shots = sorted(await studio.store.shots(project_id), key=lambda shot: shot.number)
    return Film(
        name=project.name,
        style=(await studio.store.style(project_id)).text,
        negatives=(("format", negative.format), ("anatomy", negative.anatomy), ("quality", negative.quality)),
        facts=_facts(shots, takes, spent=usd(await studio.store.spent_micro_usd(project_id))),
        sandbox=any(take.sandbox for take in takes),
        shots=tuple([await _shot(studio, shot, stale=stale, frames=frames) for shot in shots]),
    )


def chips(verdict: Verdict | None, frames: tuple[Frame, ...]) -> tuple[Chip, ...]:
    """One chip per finding; none before the take was inspected."""
    return tuple(_chip(finding, frames) for finding in verdict.findings) if verdict else ()


def _facts(shots: Sequence[Shot], takes: Sequence[Take], *, spent: str) -> tuple[str, ...]:
    done = sum(shot.status is ShotStatus.DELIVERED for shot in shots)
    models = len({take.model for take in takes})
    return (f"{len(shots)} shots", f"{done} delivered", f"{len(takes)} takes", f"{models} models", f"{spent} spent")


async def _all_frames(studio: Studio, takes: Sequence[Take]) -> Frames:
    """The frames of every take, decoded side by side: decoding is nearly all that a sheet costs."""
    found: dict[str, tuple[Frame, ...]] = {}
    threads = anyio.CapacityLimiter(os.cpu_count() or 1)

    async def look(take: Take) -> None:
        found[take.id] = await anyio.to_thread.run_sync(_frames, studio.clips.path(take.clip), limiter=threads)

    async with anyio.create_task_group() as group:
        for take in takes:
            group.start_soon(look, take)
    return found


async def _shot(studio: Studio, shot: Shot, *, stale: set[str], frames: Frames) -> ShotCard:
    routes = {route.id: route for route in await studio.store.routes(shot.id)}
    route_of = {job.id: job.route_id for job in await studio.store.jobs(shot_id=shot.id)}
    takes = await studio.store.takes(shot_id=shot.id)
    used = {route_of[take.job_id] for take in takes}
    cards = [
        await _take(
            studio,
            take,
            why=routes[route_of[take.job_id]].reasons,
            picked=take.id == shot.picked_take_id,
            stale=take.id in stale,
            frames=frames[take.id],
        )
        for take in takes
    ]
    return ShotCard(
        number=shot.number,
        action=shot.sheet.action,
        status=shot.stands,
        because="" if shot.status is ShotStatus.DELIVERED else shot.because,
        routes=tuple(f"{each.model}: {'; '.join(each.reasons)}" for each in routes.values() if each.id not in used),
        takes=tuple(cards),
    )


async def _take(
    studio: Studio, take: Take, *, why: tuple[str, ...], picked: bool, stale: bool, frames: tuple[Frame, ...]
) -> TakeCard:
    verdict = await studio.store.verdict(take.id)
    return TakeCard(
        number=take.number,
        model=take.model,
        price=usd(take.cost_micro_usd),
        sandbox=take.sandbox,
        picked=picked,
        stale=stale,
        decision=verdict.decision if verdict else Decision.UNSURE,
        reason=_reason(verdict),
        why=why,
        strip=tuple(_picture(frame) for frame in _spread(frames)),
        chips=chips(verdict, frames),
    )


def _reason(verdict: Verdict | None) -> str:
    """What the chips do not tell already."""
    if verdict is None:
        return "not inspected yet"
    return "" if verdict.findings and verdict.decision is not Decision.BAD_MEDIA else verdict.reason


def _frames(clip: Path) -> tuple[Frame, ...]:
    """Evenly spaced frames; none of a clip that does not decode, which its verdict says."""
    try:
        return decode(clip, samples=SAMPLES).frames
    except BadClipError:
        return ()


def _spread(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(frames[(2 * nth + 1) * len(frames) // (2 * STRIP)] for nth in range(STRIP)) if frames else ()


def _chip(finding: Finding, frames: tuple[Frame, ...]) -> Chip:
    by = f" ({', '.join(finding.by)})" if finding.by else ""
    shown = finding.evidence[0] if finding.evidence and finding.sight in (Sight.SEEN, Sight.UNSURE) else None
    evidence = _evidence(shown, frames) if shown else None
    sentence = f"{shown.sentence}; " if shown else ""
    return Chip(term=finding.term, sight=finding.sight, sentence=f"{sentence}{finding.reason}{by}", evidence=evidence)


def _evidence(shown: Evidence, frames: tuple[Frame, ...]) -> Picture | None:
    """The picture kept with the verdict; of an older verdict, or a judge's, the frame nearest to it."""
    kept = _kept(shown)
    if kept:
        return kept
    nearest = min(frames, key=lambda frame: abs(frame.index - shown.frame), default=None)
    return _picture(nearest, box=shown.box) if nearest else None


def _kept(shown: Evidence) -> Picture | None:
    """What the check drew; nothing where it drew nothing, or the row does not hold a picture."""
    if not shown.picture:
        return None
    try:
        with Image.open(io.BytesIO(base64.b64decode(shown.picture)), formats=("JPEG",)) as image:
            drawn = image.convert("RGB")
    except (ValueError, OSError, UnidentifiedImageError):
        return None
    return Picture(image=drawn, caption=f"frame {shown.frame}, {shown.at_s:.2f} s")


def _picture(frame: Frame, *, box: Box | None = None) -> Picture:
    """The frame, small, with a line around the place that is meant."""
    image = Image.fromarray(frame.rgb)
    image = image.resize((WIDTH_PX, round(image.height * WIDTH_PX / image.width)))
    if box is not None:
        left, top, width, height = box
        corners = (left * image.width, top * image.height, (left + width) * image.width, (top + height) * image.height)
        ImageDraw.Draw(image).rectangle(corners, outline=OUTLINE, width=2)
    return Picture(image=image, caption=f"frame {frame.index}, {frame.at_s:.2f} s")
