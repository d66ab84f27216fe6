"""How a job at fal ends: the clip's link, or why there is none, as the result and the callback tell it.

Shapes from the official client 1.0.3 [S]; error types, where they point to and which may be retried from the vendor's
error pages [D]; that a withheld picture points to ``generated_video``, from users' logs [T], 2026-11-20. What a
cancelled request answers is inferred [U].
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.sandbox import wire
from tools.sandbox.fal_apps import APPS
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.stage import Stage

LINK_LIVES_S = 7 * 86_400  # [U]
ERROR_PAGE = "https://docs.fal.ai/errors/#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to the question for a job's result.

    Attributes:
        error: What the status says of it; most failures are silent there.
    """

    status: int
    content: Mapping[str, object]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    error: str | None = None
    error_type: str | None = None


def marks(kind: str, *, retryable: bool) -> dict[str, str]:
    """The headers of a failure."""
    return {"x-fal-error-type": kind, "x-fal-retryable": "true" if retryable else "false"}


def flaw(kind: str, message: str, *, at: tuple[str | int, ...], status: int = 422, retryable: bool = False) -> Result:
    """A fault of one app's input or output, as the apps tell it."""
    detail = {"loc": list(at), "msg": message, "type": kind, "url": ERROR_PAGE + kind}
    return Result(status=status, content={"detail": [detail]}, headers=marks(kind, retryable=retryable))


def breakdown(kind: str, message: str, *, status: int, retryable: bool = True) -> Result:
    """A fault of the platform around the apps; the status tells of it as well."""
    return Result(
        status=status,
        content={"detail": message, "error_type": kind},
        headers=marks(kind, retryable=retryable),
        error=message,
        error_type=kind,
    )


UNFINISHED = Result(status=400, content={"detail": "Request is still in progress"})
CANCELLED = breakdown("client_cancelled", "The request was cancelled by the client", status=499, retryable=False)
ENDINGS = {
    Outcome.REFUSED: flaw(
        "content_policy_violation", "The prompt was flagged by a content checker.", at=("body", "prompt")
    ),
    Outcome.WITHHELD: flaw(
        "content_policy_violation", "The video was flagged by a content checker.", at=("body", "generated_video")
    ),
    Outcome.BROKEN: breakdown("runner_disconnected", "The runner disconnected unexpectedly", status=503),
}


def failure(job: Accepted, *, at_s: float) -> Result | None:
    """Why an ended job has no clip; ``None`` when it has one."""
    return CANCELLED if job.standing(at_s) is Standing.CANCELLED else ENDINGS.get(job.outcome)


def of(job: Accepted, stage: Stage, *, base: str, at_s: float) -> Result:
    """What the job's result answers at that time."""
    if job.standing(at_s) not in (Standing.OVER, Standing.CANCELLED):
        return UNFINISHED
    return failure(job, at_s=at_s) or _made(job, stage, base=base)


def _made(job: Accepted, stage: Stage, *, base: str) -> Result:
    link = wire.link(stage, job, base=base, lives_s=LINK_LIVES_S)
    content: dict[str, object] = {
        "video": {"url": link, "content_type": "video/mp4", "file_name": "output.mp4", "file_size": None}
    }
    if APPS[job.model].tells_seed:
        content["seed"] = _seed(job)
    return Result(status=200, content=content)


def _seed(job: Accepted) -> object:
    asked = (wire.json_object(job.body) or {}).get("seed")
    return job.scene.seed if asked is None else asked
