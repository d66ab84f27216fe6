"""Stand-in for Veo on Vertex AI: long-running predictions, a native negative field, clips inline or in a bucket.

Wire read from the official client 3.4.0 and the vendor's pages [S/D], 2026-11-20; how a token that is too old is
refused, from an issue of another Google client [T]. It calls nobody: ``pubsubTopic`` is no address.
"""

import base64
from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import reading, stills, wire
from tools.sandbox.faultplan import Mishap
from tools.sandbox.google_bodies import MODELS, Model, Operation, Prediction
from tools.sandbox.records import Accepted, Outcome
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, json_answer

VENDOR = "google"
KEYS = {"token": "sandbox-google-token"}
OLD_TOKEN = "sandbox-google-old-token"  # was good an hour ago
MOVE = "/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}"
CATALOGUE = "/{version}/publishers/google/models/{model}"
RESPONSE_TYPE = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"


def refusal(status: int, name: str, message: str, *, reason: str = "") -> Refusal:
    """The vendor's error body, with the reason in its details where there is one."""
    error: dict[str, object] = {"code": status, "message": message, "status": name}
    if reason:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        error["details"] = [{"@type": kind, "reason": reason, "domain": "googleapis.com"}]
    return Refusal(json_answer({"error": error}, status=status))


REFUSALS = {
    Mishap.WRONG_KEY: (401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    Mishap.OUT_OF_CREDIT: (403, "PERMISSION_DENIED", "This API method requires billing to be enabled."),
    Mishap.RATE: (429, "RESOURCE_EXHAUSTED", "Quota exceeded for online_prediction_requests_per_base_model."),
    Mishap.THROTTLE: (429, "RESOURCE_EXHAUSTED", "Too many concurrent long running predictions for this base model."),
    Mishap.UNAVAILABLE: (503, "UNAVAILABLE", "The service is currently unavailable; the request was not accepted."),
    Mishap.RETIRED: (
        404,
        "NOT_FOUND",
        "Publisher Model was not found or your project does not have access to it. "
        "Please ensure you are using a valid model version.",
    ),
    Mishap.MODERATE_INPUT: (
        400,
        "INVALID_ARGUMENT",
        "The prompt could not be submitted. It contains words that violate the responsible AI practices. "
        "Support codes: 58061214",
    ),
}


class Veo:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """``:predictLongRunning``."""
        _sign_in(asked)
        name = asked.path["model"]
        mishap = self._stage.plan.next(vendor=VENDOR, model=name)
        if mishap and mishap in REFUSALS:
            raise refusal(*REFUSALS[mishap])
        model = MODELS.get(name)
        if model is None:
            raise refusal(*REFUSALS[Mishap.RETIRED])
        order = _order(asked, name, model)
        if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
            raise refusal(*REFUSALS[Mishap.MODERATE_INPUT])
        try:
            job = self._stage.accept(order, mishap=mishap)
        except SlotsBusyError:
            raise refusal(*REFUSALS[Mishap.THROTTLE]) from None
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise refusal(500, "INTERNAL", "Internal error encountered.")
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else json_answer({"name": _operation(job)})

    def poll(self, asked: Asked) -> Response:
        """``:fetchPredictOperation``; a running operation has no ``done``."""
        _sign_in(asked)
        name = wire.parsed(Operation, asked.body, wrong=_wrong).operation_name
        job = self._stage.records.get(name.rpartition("/")[2])
        if job is None or _operation(job) != name or job.model != asked.path["model"]:
            raise refusal(404, "NOT_FOUND", f"Operation {name} was not found.")
        match wire.over(job, self._stage):
            case None:
                return json_answer({"name": name})
            case Outcome.BROKEN:
                error = {"code": 14, "message": "The service is currently unavailable."}
                return json_answer({"name": name, "done": True, "error": error})
            case Outcome.DONE:
                return json_answer(_done(name, {"raiMediaFilteredCount": 0, "videos": [self._video(job)]}))
            case _:
                reasons = ["The generated video was withheld by the safety filters. Support codes: 29578790"]
                return json_answer(_done(name, {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": reasons}))

    def listed(self, asked: Asked) -> Response:
        """A model of the publisher's catalogue; asking costs nothing and says nothing of the project."""
        _sign_in(asked)
        model = asked.path["model"]
        name = f"publishers/google/models/{model}"
        if model not in MODELS or self._stage.plan.always(Mishap.RETIRED, vendor=VENDOR, model=model):
            raise refusal(404, "NOT_FOUND", f"Publisher Model `{name}` is not found.")
        return json_answer({"name": name, "launchStage": "GA", "openSourceCategory": "PROPRIETARY"})

    def stored(self, asked: Asked) -> Response:
        """An object of the caller's bucket, as the storage API serves it."""
        _sign_in(asked)
        address = f"gs://{asked.path['bucket']}/{asked.path['object']}"
        job = self._stage.records.get(address.split("/")[-2])
        if job is None or wire.over(job, self._stage) is not Outcome.DONE or self._video(job).get("gcsUri") != address:
            raise refusal(404, "NOT_FOUND", f"No such object: {address}")
        return wire.ranged(self._stage.clip(job), asked.headers.get("range"))

    def _video(self, job: Accepted) -> dict[str, str]:
        folder = Prediction.model_validate_json(job.body).parameters.storage_uri
        if folder:
            return {"gcsUri": f"{folder.rstrip('/')}/{job.id}/sample_0.mp4", "mimeType": "video/mp4"}
        encoded = base64.b64encode(self._stage.clip(job)).decode()
        return {"bytesBase64Encoded": encoded, "mimeType": "video/mp4"}


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire, under both documented versions."""
    veo = Veo(stage)
    bucket = wire.route("/storage/v1/b/{bucket}/o/{object:path}", veo.stored)
    calls = {"predictLongRunning": veo.submit, "fetchPredictOperation": veo.poll}
    versions = ("v1beta1", "v1")
    moves = [MOVE.replace("{version}", version) for version in versions]
    return [
        bucket,
        *(wire.route(CATALOGUE.replace("{version}", version), veo.listed) for version in versions),
        *(wire.route(f"{move}:{verb}", call, method="POST") for move in moves for verb, call in calls.items()),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _sign_in(asked: Asked) -> None:
    if wire.same(asked.bearer, KEYS["token"]):
        return
    if not asked.bearer:
        raise refusal(*REFUSALS[Mishap.WRONG_KEY], reason="CREDENTIALS_MISSING")
    old = wire.same(asked.bearer, OLD_TOKEN)
    raise refusal(
        *REFUSALS[Mishap.WRONG_KEY], reason="ACCESS_TOKEN_EXPIRED" if old else "ACCESS_TOKEN_TYPE_UNSUPPORTED"
    )


def _wrong(error: ValidationError) -> Refusal:
    where, what = wire.reason(error)
    return refusal(400, "INVALID_ARGUMENT", f"Invalid value at '{where}': {what}")


def _order(asked: Asked, name: str, model: Model) -> Order:
    body = wire.parsed(Prediction, asked.body, wrong=_wrong)
    asks, how = body.instances[0], body.parameters
    if how.resolution not in model.prices or ((asks.reference_images or asks.last_frame) and not model.guided):
        raise refusal(400, "INVALID_ARGUMENT", f"{name} does not take this resolution or these images.")
    values = (one.image.bytes_base64_encoded for one in asks.reference_images)
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=asks.prompt or "",
        negative_field=how.negative_prompt,
        seconds=how.duration_seconds,
        ratio=wire.proportion(how.aspect_ratio),
        references=tuple(data for data in map(stills.from_base64, filter(None, values)) if data),
        price_micro_usd=model.prices[how.resolution] * how.duration_seconds,
    )


def _operation(job: Accepted) -> str:
    return f"{job.route.split('/', 2)[2].rpartition(':')[0]}/operations/{job.id}"


def _done(name: str, response: Mapping[str, object]) -> dict[str, object]:
    return {"name": name, "done": True, "response": {"@type": RESPONSE_TYPE, **response}}
