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


def _policy(*at: str) -> Result:
    return flaw("content_policy_violation", "This was flagged by a content checker.", at=("body", *at))


def _passing(kind: str, *, status: int) -> Result:
    return flaw(kind, kind.replace("_", " "), at=("body",), status=status, retryable=True)


UNFINISHED = Result(status=400, content={"detail": "Request is still in progress"})
CANCELLED = breakdown("client_cancelled", "The request was cancelled by the client", status=499, retryable=False)
USUAL = {
    Outcome.REFUSED: _policy("prompt"),
    Outcome.WITHHELD: _policy("generated_video"),
    Outcome.BROKEN: breakdown("runner_disconnected", "The runner disconnected unexpectedly", status=503),
}
ROWS: Mapping[str, Result] = {
    "image_urls": _policy("image_urls"),
    "no_media_generated": flaw("no_media_generated", "No media was generated.", at=("body",)),
    "file_download_error": flaw("file_download_error", "The file could not be had.", at=("body", "image_url")),
    "internal_server_error": _passing("internal_server_error", status=500),
    "generation_timeout": _passing("generation_timeout", status=504),
    "downstream_service_error": _passing("downstream_service_error", status=400),
    "downstream_service_unavailable": _passing("downstream_service_unavailable", status=500),
    **{
        kind: breakdown(kind, kind.replace("_", " "), status=status)
        for status, kinds in {
            500: ("runner_server_error", "internal_error"),
            502: ("runner_incomplete_response",),
            503: ("runner_connection_timeout", "runner_connection_refused", "runner_connection_error"),
            504: ("request_timeout", "startup_timeout"),
        }.items()
        for kind in kinds
    },
    "final": breakdown("runner_server_error", "The runner failed for good", status=500, retryable=False),
}
"""What a plan may name instead of the usual end of a job that fails."""


class Results:
    """How jobs end; which row of the table a plan named for one is known for as long as the plan itself."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rows: dict[str, Result] = {}

    def plan(self, job: Accepted, row: str) -> None:
        """Let the job, which fails, fail by that row."""
        self._rows[job.id] = ROWS[row]

    def failure(self, job: Accepted, *, at_s: float) -> Result | None:
        """Why an ended job has no clip; ``None`` when it has one."""
        if job.standing(at_s) is Standing.CANCELLED:
            return CANCELLED
        return self._rows.get(job.id) or USUAL.get(job.outcome)

    def of(self, job: Accepted, *, base: str, at_s: float) -> Result:
        """What the job's result answers at that time."""
        if job.standing(at_s) not in (Standing.OVER, Standing.CANCELLED):
            return UNFINISHED
        return self.failure(job, at_s=at_s) or self._made(job, base=base)

    def _made(self, job: Accepted, *, base: str) -> Result:
        link = wire.link(self._stage, job, base=base, lives_s=LINK_LIVES_S)
        content: dict[str, object] = {
            "video": {"url": link, "content_type": "video/mp4", "file_name": "output.mp4", "file_size": None}
        }
        if APPS[job.model].tells_seed:
            content["seed"] = _seed(job)
        return Result(status=200, content=content)


def _seed(job: Accepted) -> object:
    asked = (wire.json_object(job.body) or {}).get("seed")
    return job.scene.seed if asked is None else asked
