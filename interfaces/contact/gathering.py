"""Everything a contact sheet shows of a film, read from rows and clips."""

from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
from PIL import Image

from agent.acting.project import stale_takes
from agent.errors import BadClipError
from agent.film import Decision, Shot, Take, Verdict
from agent.findings import Finding, Sight
from agent.money import usd
from agent.studio import Studio
from tools.media import Frame, decode

STRIP = 5  # frames shown per take
SAMPLES = 20  # frames decoded; evidence shows the nearest of them, with its own number
WIDTH_PX = 320


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
    """One take as shown."""

    number: int
    model: str
    price: str
    sandbox: bool
    picked: bool
    stale: bool
    decision: Decision
    reason: str
    strip: tuple[Picture, ...]
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotCard:
    """One shot with its takes and the history of its routes."""

    number: int
    action: str
    status: str
    because: str
    routes: tuple[str, ...]
    takes: tuple[TakeCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """The whole sheet."""

    name: str
    style: str
    negatives: tuple[tuple[str, tuple[str, ...]], ...]
    spent: str
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
    shots = sorted(await studio.store.shots(project_id), key=lambda shot: shot.number)
    cards = tuple([await _shot(studio, shot, stale=stale) for shot in shots])
    return Film(
        name=project.name,
        style=(await studio.store.style(project_id)).text,
        negatives=(("format", negative.format), ("anatomy", negative.anatomy), ("quality", negative.quality)),
        spent=usd(await studio.store.spent_micro_usd(project_id)),
        sandbox=any(take.sandbox for card in cards for take in card.takes),
        shots=cards,
    )


async def _shot(studio: Studio, shot: Shot, *, stale: set[str]) -> ShotCard:
    routes = await studio.store.routes(shot.id)
    takes = await studio.store.takes(shot_id=shot.id)
    return ShotCard(
        number=shot.number,
        action=shot.sheet.action,
        status=shot.status.value,
        because=shot.because,
        routes=tuple(f"{route.model}: {'; '.join(route.reasons)}" for route in routes),
        takes=tuple([await _take(studio, shot, take, stale=take.id in stale) for take in takes]),
    )


async def _take(studio: Studio, shot: Shot, take: Take, *, stale: bool) -> TakeCard:
    verdict = await studio.store.verdict(take.id)
    frames = await anyio.to_thread.run_sync(_frames, studio.clips.path(take.clip))
    return TakeCard(
        number=take.number,
        model=take.model,
        price=usd(take.cost_micro_usd),
        sandbox=take.sandbox,
        picked=take.id == shot.picked_take_id,
        stale=stale,
        decision=verdict.decision if verdict else Decision.UNSURE,
        reason=verdict.reason if verdict else "not inspected yet",
        strip=tuple(_picture(frame) for frame in _spread(frames)),
        chips=_chips(verdict, frames),
    )


def _frames(clip: Path) -> tuple[Frame, ...]:
    """Evenly spaced frames; none of a clip that does not decode, which its verdict says."""
    try:
        return decode(clip, samples=SAMPLES).frames
    except BadClipError:
        return ()


def _spread(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(frames[(2 * nth + 1) * len(frames) // (2 * STRIP)] for nth in range(STRIP)) if frames else ()


def _chips(verdict: Verdict | None, frames: tuple[Frame, ...]) -> tuple[Chip, ...]:
    return tuple(_chip(finding, frames) for finding in verdict.findings) if verdict else ()


def _chip(finding: Finding, frames: tuple[Frame, ...]) -> Chip:
    by = f" ({', '.join(finding.by)})" if finding.by else ""
    shown = finding.evidence[0] if finding.evidence and finding.sight in (Sight.SEEN, Sight.UNSURE) else None
    nearest = min(frames, key=lambda frame: abs(frame.index - shown.frame)) if shown and frames else None
    evidence = _picture(nearest) if nearest else None
    sentence = f"{shown.sentence}; " if shown else ""
    return Chip(term=finding.term, sight=finding.sight, sentence=f"{sentence}{finding.reason}{by}", evidence=evidence)


def _picture(frame: Frame) -> Picture:
    image = Image.fromarray(frame.rgb)
    height = round(image.height * WIDTH_PX / image.width)
    return Picture(image=image.resize((WIDTH_PX, height)), caption=f"frame {frame.index}, {frame.at_s:.2f} s")
