"""Selected takes whose facts are stated where they matter."""

import hashlib

from agent.film import Decision, Shot, ShotStatus, Take, Verdict, Wishes
from agent.findings import Finding, Footage, Sight
from interfaces.export.selects import Cut, Hole, Mark, Select, file_name, usual
from prompts.sheet import Sheet

CLIP = b"not a clip, but the same bytes"


def a_shot(number: int = 1, *, action: str = "Vi in the rain") -> Shot:
    return Shot(
        id=f"shot{number}",
        project_id="film",
        conversation_id="talk",
        number=number,
        revision=1,
        sheet=Sheet(action=action),
        status=ShotStatus.DELIVERED,
        wishes=Wishes(),
    )


def a_select(
    number: int = 1,
    *,
    action: str = "Vi in the rain",
    take: int = 1,
    model: str = "kling-3.0",
    fps: float = 24.0,
    frames: int = 120,
    sandbox: bool = True,
    seed: int | None = None,
    marks: tuple[Mark, ...] = (),
    seen: tuple[str, ...] = (),
) -> Select:
    shot = a_shot(number, action=action)
    made = Take(
        id=f"take{number}-{take}",
        project_id="film",
        shot_id=shot.id,
        job_id="job",
        number=take,
        model=model,
        prompt_digest="d" * 64,
        style_version=1,
        negative_version=2,
        clip="clip.mp4",
        sha256=hashlib.sha256(CLIP).hexdigest(),
        bytes=len(CLIP),
        sandbox=sandbox,
        created_us=0,
        cost_micro_usd=1,
        revision=1,
        seed=seed,
    )
    findings = tuple(
        Finding(term=term, layer="quality", sight=Sight.SEEN, method="measured", reason="r") for term in seen
    )
    verdict = Verdict(
        take_id=made.id,
        decision=Decision.PASS,
        findings=findings,
        footage=Footage(frames=frames, seconds=frames / fps, width=64, height=36, fps=fps),
        reason="r",
    )
    return Select(
        shot=shot,
        take=made,
        verdict=verdict,
        file=f"clips/{file_name(shot, made)}",
        rate=usual(fps),
        frames=frames,
        marks=marks,
    )


def a_hole(number: int, *, seconds: float = 5.0) -> Hole:
    return Hole(shot=a_shot(number), seconds=seconds, why="no take is selected (held)")


def a_cut(*parts: Select | Hole, rate: float = 24.0, name: str = "Boat") -> Cut:
    return Cut(name=name, parts=parts, rate=rate, told=())
