"""Stand-in for Veo on Vertex AI: long-running predictions, a native negative field, clips inline or in a bucket.

Wire read from the official client 3.4.0 and the vendor's pages [S/D], prices and limits from third parties [T],
2026-11-20. Left out: video extension, masks, more than one sample per request.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import reading, stills, wire
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, Outcome
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, Strict, json_answer

VENDOR = "google"
KEYS = {"token": "sandbox-google-token"}
MOST_TOKENS = 1024  # of a prompt [S]; counted here as words and marks
WORD = re.compile(r"\w+|[^\w\s]")
LEANS = {Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5, Fault.COLOR_CAST: 0.8, Fault.FLICKER: 0.7}
MOVE = "/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}"
RESPONSE_TYPE = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant: its habits, what it takes, and micro USD per second by resolution [T]."""

    temper: Temper
    prices: Mapping[str, int]
    references: int


MODELS = {
    "veo-3.1-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, leans=LEANS),
        prices={"720p": 400_000, "1080p": 400_000, "4k": 600_000},
        references=3,
    ),
    "veo-3.1-fast-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS),
        prices={"720p": 100_000, "1080p": 120_000, "4k": 300_000},
        references=3,
    ),
    "veo-3.1-lite-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS | {Fault.PHOTOREAL: 1.35, Fault.BLUR: 1.5}),
        prices={"720p": 50_000, "1080p": 80_000},
        references=0,
    ),
}


class Image(Strict):
    """An image by value or by bucket address."""

    bytes_base64_encoded: str | None = Field(default=None, alias="bytesBase64Encoded")
    gcs_uri: str | None = None
    mime_type: Literal["image/png", "image/jpeg"]

    @model_validator(mode="after")
    def _one_source(self) -> "Image":
        if (self.bytes_base64_encoded is None) == (self.gcs_uri is None):
            raise ValueError("exactly one of bytesBase64Encoded and gcsUri must be set")
        if self.bytes_base64_encoded is not None and stills.from_base64(self.bytes_base64_encoded) is None:
            raise ValueError("bytesBase64Encoded is not an image")
        return self


class ReferenceImage(Strict):
    """A look reference. ``STYLE`` is for older models [S]."""

    image: Image
    reference_type: Literal["ASSET"]


class Instance(Strict):
    """What to make."""

    prompt: str | None = None
    image: Image | None = None
    last_frame: Image | None = None
    reference_images: list[ReferenceImage] = Field(default=[], max_length=3)

    @model_validator(mode="after")
    def _fits_together(self) -> "Instance":
        if not self.prompt and not self.image:
            raise ValueError("prompt must be set when there is no image")
        if self.last_frame and not self.image:
            raise ValueError("lastFrame needs image")
        if self.reference_images and (self.image or not self.prompt):
            raise ValueError("referenceImages need a prompt and exclude image and lastFrame")
        if len(WORD.findall(self.prompt or "")) > MOST_TOKENS:
            raise ValueError(f"prompt is longer than {MOST_TOKENS} tokens")
        return self


class Parameters(Strict):
    """How to make it."""

    sample_count: Literal[1] = 1
    storage_uri: Annotated[str, Field(pattern=r"^gs://[^/]+/.*")] | None = None
    duration_seconds: Literal[4, 6, 8] = 8
    aspect_ratio: Literal["16:9", "9:16"] = "16:9"
    resolution: Literal["720p", "1080p", "4k"] = "720p"
    negative_prompt: str = ""
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    generate_audio: bool = True
    enhance_prompt: bool | None = None
    person_generation: Literal["dont_allow", "allow_adult", "allow_all"] | None = None
    compression_quality: Literal["OPTIMIZED", "LOSSLESS"] | None = None
    resize_mode: Literal["CROP", "PAD"] | None = None
    fps: Literal[24] | None = None
    pubsub_topic: str | None = None


class Prediction(Strict):
    """The body of ``:predictLongRunning``."""

    instances: list[Instance] = Field(min_length=1, max_length=1)
    parameters: Parameters = Parameters()
    labels: dict[str, str] = Field(default={})

    @model_validator(mode="after")
    def _eight_seconds(self) -> "Prediction":
        asks, length = self.instances[0], self.parameters.duration_seconds
        if length != 8 and (asks.reference_images or asks.last_frame or self.parameters.resolution != "720p"):
            raise ValueError("references, interpolation, 1080p and 4k are 8 seconds only")
        return self


class Operation(Strict):
    """The body of ``:fetchPredictOperation``."""

    operation_name: str


def refusal(status: int, name: str, message: str) -> Refusal:
    """The vendor's error body."""
    return Refusal(json_answer({"error": {"code": status, "message": message, "status": name}}, status=status))


REFUSALS = {
    Mishap.WRONG_KEY: (401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    Mishap.OUT_OF_CREDIT: (403, "PERMISSION_DENIED", "This API method requires billing to be enabled."),
    Mishap.RATE: (429, "RESOURCE_EXHAUSTED", "Quota exceeded for online_prediction_requests_per_base_model."),
    Mishap.THROTTLE: (429, "RESOURCE_EXHAUSTED", "Too many concurrent long running predictions for this base model."),
    Mishap.UNAVAILABLE: (503, "UNAVAILABLE", "The service is currently unavailable; the request was not accepted."),
    Mishap.RETIRED: (404, "NOT_FOUND", "Publisher Model was not found or your project does not have access to it."),
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
                reasons = ["The generated video was withheld by the safety filters. Support codes: 29310472"]
                return json_answer(_done(name, {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": reasons}))

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
    versions = [MOVE.replace("{version}", version) for version in ("v1beta1", "v1")]
    return [
        bucket,
        *(wire.route(f"{move}:{verb}", call, method="POST") for move in versions for verb, call in calls.items()),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _sign_in(asked: Asked) -> None:
    if not wire.same(asked.bearer, KEYS["token"]):
        raise refusal(*REFUSALS[Mishap.WRONG_KEY])


def _wrong(error: ValidationError) -> Refusal:
    where, what = wire.reason(error)
    return refusal(400, "INVALID_ARGUMENT", f"Invalid value at '{where}': {what}")


def _order(asked: Asked, name: str, model: Model) -> Order:
    body = wire.parsed(Prediction, asked.body, wrong=_wrong)
    asks, how = body.instances[0], body.parameters
    if how.resolution not in model.prices or len(asks.reference_images) > model.references:
        raise refusal(400, "INVALID_ARGUMENT", f"{name} does not take this resolution or these references.")
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
