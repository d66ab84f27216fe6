"""Everything a contact sheet shows of a film: its board, with the pictures inside."""

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread
from PIL import Image

from agent.errors import BadClipError
from agent.film import Decision, ShotStatus, Take, Verdict
from agent.findings import Evidence, Sight
from agent.money import usd
from agent.studio import Studio
from interfaces.board import cards, drawing, gathering
from interfaces.board.values import Board, BoardShot, BoardTake
from tools.media import Frame, decode

STRIP = drawing.SHOWN

Frames = Mapping[str, tuple[Frame, ...]]


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
    board = await gathering.board(studio, project_id)
    negative = await studio.store.negative(project_id)
    frames = await _all_frames(studio, await studio.store.takes(project_id=project_id))
    return Film(
        name=board.name,
        style=(await studio.store.style(project_id)).text,
        negatives=(("format", negative.format), ("anatomy", negative.anatomy), ("quality", negative.quality)),
        facts=_facts(board),
        sandbox=board.sandbox,
        shots=tuple([await _shot(studio, shot, frames) for shot in board.shots]),
    )


def chips(verdict: Verdict | None, frames: tuple[Frame, ...]) -> tuple[Chip, ...]:
    """One chip per finding; none before the take was inspected."""
    told = cards.chips(verdict, model="", provoked=frozenset())
    findings = verdict.findings if verdict else ()
    return tuple(
        Chip(
            term=chip.term,
            sight=chip.sight,
            sentence=chip.sentence,
            evidence=_evidence(finding.evidence[0], frames) if chip.evidence else None,
        )
        for chip, finding in zip(told, findings, strict=True)
    )


def _facts(board: Board) -> tuple[str, ...]:
    takes = [take for shot in board.shots for take in shot.takes]
    done = sum(shot.status is ShotStatus.DELIVERED for shot in board.shots)
    counted = f"{len(board.shots)} shots", f"{done} delivered", f"{len(takes)} takes"
    return (*counted, f"{len({take.model for take in takes})} models", f"{usd(board.spent_micro_usd)} spent")


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


async def _shot(studio: Studio, shot: BoardShot, frames: Frames) -> ShotCard:
    return ShotCard(
        number=shot.number,
        action=shot.action,
        status=shot.stands,
        because="" if shot.status is ShotStatus.DELIVERED else shot.because,
        routes=tuple(f"{step.model}: {'; '.join(step.reasons)}" for step in shot.steps if step.take is None),
        takes=tuple([await _take(studio, take, frames.get(take.id, ())) for take in shot.takes]),
    )


async def _take(studio: Studio, take: BoardTake, frames: tuple[Frame, ...]) -> TakeCard:
    verdict = await studio.store.verdict(take.id)  # with its pictures, which the board leaves out
    return TakeCard(
        number=take.number,
        model=take.model,
        price=usd(take.cost_micro_usd),
        sandbox=take.sandbox,
        picked=take.picked,
        stale=take.stale,
        decision=take.decision or Decision.UNSURE,
        reason=_reason(take),
        why=take.why,
        strip=tuple(_picture(frame) for frame in _spread(frames)),
        chips=chips(verdict, frames),
    )


def _reason(take: BoardTake) -> str:
    """What the chips do not tell already."""
    if take.decision is None:
        return "not inspected yet"
    return "" if take.chips and take.decision is not Decision.BAD_MEDIA else take.reason


def _frames(clip: Path) -> tuple[Frame, ...]:
    """Evenly spaced frames; none of a clip that does not decode, which its verdict says."""
    try:
        return decode(clip, samples=drawing.SAMPLES).frames
    except BadClipError:
        return ()


def _spread(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(frames[(2 * nth + 1) * len(frames) // (2 * STRIP)] for nth in range(STRIP)) if frames else ()


def _evidence(shown: Evidence, frames: tuple[Frame, ...]) -> Picture | None:
    """The picture kept with the verdict; of an older verdict, or a judge's, the frame nearest to it."""
    kept = drawing.kept(shown)
    if kept is not None:
        return Picture(image=Image.open(io.BytesIO(kept)).convert("RGB"), caption=_when(shown))
    if not frames:
        return None
    frame = drawing.nearest(frames, shown)
    return Picture(image=drawing.outlined(drawing.small(frame), shown), caption=_when(frame))


def _picture(frame: Frame) -> Picture:
    return Picture(image=drawing.small(frame), caption=_when(frame))


def _when(shown: Frame | Evidence) -> str:
    number = shown.index if isinstance(shown, Frame) else shown.frame
    return f"frame {number}, {shown.at_s:.2f} s"
