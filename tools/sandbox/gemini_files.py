"""The Files part of the Gemini Developer API: what a finished clip lies under, for whoever shows the key.

Paths, states and the two days from the vendor's pages on files and on Omni [D], read 2026-11-20. A file that is gone,
or was never there, is refused alike [D]. Left out: uploads, lists.
"""

from datetime import UTC, datetime

from starlette.responses import Response

from tools.sandbox import wire
from tools.sandbox.gemini_answers import VENDOR, rpc, sign_in
from tools.sandbox.records import Accepted, Outcome
from tools.sandbox.stage import Stage
from tools.sandbox.wire import Asked, json_answer

LIVES_S = 2 * 86_400
PROCESSED_S = 0.2  # from the end of the work until its file can be fetched; the page says to wait for ACTIVE


class Files:
    """The handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def get(self, asked: Asked) -> Response:
        """What is known of one file."""
        sign_in(asked)
        job = self._job(asked)
        return json_answer(
            {
                "name": f"files/{name_of(job)}",
                "mimeType": "video/mp4",
                "createTime": _moment(job.ends_s),
                "expirationTime": _moment(job.ends_s + LIVES_S),
                "uri": f"{asked.base}/v1beta/files/{name_of(job)}",
                "downloadUri": link(job, base=asked.base),
                "state": "ACTIVE" if self._ready(job) else "PROCESSING",
                "source": "GENERATED",
            }
        )

    def download(self, asked: Asked) -> Response:
        """The bytes of one file."""
        sign_in(asked)
        job = self._job(asked)
        if not self._ready(job):
            raise rpc(400, "FAILED_PRECONDITION", "The file is not in an ACTIVE state.")
        return wire.ranged(self._stage.clip(job), asked.headers.get("range"))

    def _job(self, asked: Asked) -> Accepted:
        name = asked.path["file"]
        job = self._stage.records.get(f"v1_{name}") or self._stage.records.get(name)
        known = job is not None and job.vendor == VENDOR and not job.deleted
        if job is None or not known or wire.over(job, self._stage) is not Outcome.DONE or self._gone(job):
            message = f"You do not have permission to access the File {name} or it may not exist."
            raise rpc(403, "PERMISSION_DENIED", message)
        return job

    def _ready(self, job: Accepted) -> bool:
        return self._stage.clock.now_s() >= job.ends_s + PROCESSED_S

    def _gone(self, job: Accepted) -> bool:
        return self._stage.clock.now_s() >= job.ends_s + LIVES_S


def name_of(job: Accepted) -> str:
    """The name of the file a job's clip lies under."""
    return job.id.removeprefix("v1_")


def link(job: Accepted, *, base: str) -> str:
    """Where a job's clip can be fetched with the key; the same at every reading."""
    return f"{base}/v1beta/files/{name_of(job)}:download?alt=media"


def _moment(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
