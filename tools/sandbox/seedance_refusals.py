"""What Ark says when it does not take a request, or when a task comes to nothing.

Body, statuses and codes from third parties [T], 2026-11-20; the code of a refused DELETE and of an unknown task is
inferred [U].
"""

import itertools
import uuid
from collections.abc import Mapping, Sequence

from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Outcome
from tools.sandbox.seedance_bodies import Clip, Image, Sound, Task
from tools.sandbox.wire import Refusal, json_answer

Said = tuple[int, str, str]
"""HTTP status, code, message."""

UNAUTHENTICATED: Said = (401, "AuthenticationError", "The API key in the request is missing or invalid.")
DENIED: Said = (403, "AccessDenied", "This API key may not use the requested resource.")
UNKNOWN_MODEL: Said = (404, "InvalidEndpoint.NotFound", "The model or endpoint does not exist or you have no access.")
NOT_OPEN: Said = (404, "ModelNotOpen", "Your account has not activated this model; activate it in the console.")
BUSY: Said = (429, "QuotaExceeded", "The limit of concurrent tasks for this model was reached.")
BROKEN: Said = (500, "InternalServiceError", "The service encountered an unexpected internal error.")

PLANNED: Mapping[Mishap, Sequence[Said]] = {
    Mishap.WRONG_KEY: (UNAUTHENTICATED,),
    Mishap.OUT_OF_CREDIT: ((403, "AccountOverdueError", "Your account has an overdue balance."),),
    Mishap.RATE: (
        (429, "RateLimitExceeded.EndpointRPMExceeded", "The requests per minute limit of the endpoint was exceeded."),
        (429, "ModelAccountRpmRateLimitExceeded", "The requests per minute limit of the account was exceeded."),
    ),
    Mishap.THROTTLE: (BUSY, (429, "SetLimitExceeded", "The usage limit set for this model was reached.")),
    Mishap.UNAVAILABLE: (
        BROKEN,
        (429, "ServerOverloaded", "The service is overloaded; the request was not accepted."),
        (429, "ModelLoadingError", "The model is being loaded; the request was not accepted."),
    ),
    Mishap.RETIRED: (UNKNOWN_MODEL,),
}
SENSITIVE = "may contain sensitive content."
FACES = "may contain a real person."


class Planned:
    """Refusals by plan; where Ark has several codes for one mishap, they take turns."""

    def __init__(self) -> None:
        self._turns = {mishap: itertools.cycle(said) for mishap, said in PLANNED.items()}

    def check(self, mishap: Mishap | None) -> None:
        """Let pass what no plan refuses before its body is read.

        Raises:
            Refusal: The mishap is one of these.
        """
        if mishap is not None and mishap in self._turns:
            raise refusal(*next(self._turns[mishap]))


def refusal(status: int, code: str, message: str, *, param: str = "") -> Refusal:
    """The vendor's error body."""
    text = f"{message} Request id: {uuid.uuid4().hex}"
    error = {"code": code, "message": text, "param": param, "type": "BadRequest" if status == 400 else "Error"}
    return Refusal(json_answer({"error": error}, status=status))


def bad_parameter(field: str, why: str) -> Refusal:
    """A value that is not taken."""
    return refusal(400, "InvalidParameter", f"The parameter {field} {why}.", param=field)


def sensitive_words() -> Refusal:
    """The prompt is refused."""
    return refusal(400, "InputTextSensitiveContentDetected", f"The input text {SENSITIVE}")


def sensitive_input(task: Task) -> Refusal:
    """What a plan refuses of a task: its heaviest material.

    For images the ground given is a real face, which an asset of the account is verified not to need.
    """
    if task.count(Sound):
        return refusal(400, "InputAudioSensitiveContentDetected", f"The input audio {SENSITIVE}")
    if task.count(Clip):
        return refusal(400, "InputVideoSensitiveContentDetected.PolicyViolation", f"The input video {SENSITIVE}")
    if task.count(Image):
        return refusal(400, "InputImageSensitiveContentDetected.PrivacyInformation", f"The input image {FACES}")
    return sensitive_words()


def failure(outcome: Outcome, *, sound: bool) -> dict[str, str]:
    """Why a task failed; of a clip with sound, it is the sound that is withheld."""
    if outcome is Outcome.BROKEN:
        return {"code": BROKEN[1], "message": BROKEN[2]}
    if sound:
        return {"code": "OutputAudioSensitiveContentDetected", "message": f"The output audio {SENSITIVE}"}
    code = "OutputVideoSensitiveContentDetected.PolicyViolation"
    return {"code": code, "message": f"The output video {SENSITIVE}"}
