"""Veo on the Gemini Developer API in the stand-in: long-running predictions, polled by GET, clips in files.

Wire captured from the official client 2.34.0, which was the last to speak it [S]; filtered answers, limits and prices
from third parties [T], read 2026-11-20. The vendor withdraws these models: a fault plan with ``retired`` answers 404 to
all of them and takes them off the list of models. Left out: video extension, more than one sample, callbacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from starlette.responses import Response

from tools.sandbox import reading, stills, wire
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.faultplan import Mishap
from tools.sandbox.gemini_answers import PLANNED, VENDOR, place, rpc, sign_in, wrong_key
from tools.sandbox.gemini_files import link
from tools.sandbox.records import Accepted, Outcome
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, Strict, json_answer, proportion

RESPONSE_TYPE = "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse"
LEANS = {Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5, Fault.COLOR_CAST: 0.8, Fault.FLICKER: 0.7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant, and micro USD per second by resolution [T]."""

    temper: Temper
    prices: Mapping[str, int]


MODELS = {
    "veo-3.1-generate-preview": Model(
        temper=Temper(heed=Heed.NATIVE, leans=LEANS), prices={"720p": 400_000, "1080p": 400_000, "4k": 600_000}
    ),
    "veo-3.1-fast-generate-preview": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS),
        prices={"720p": 100_000, "1080p": 120_000, "4k": 300_000},
    ),
    "veo-3.1-lite-generate-preview": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS), prices={"720p": 50_000, "1080p": 80_000}
    ),
}


class Image(Strict):
    """An image by value; this wire knows no bucket."""

    bytes_base64_encoded: str = Field(alias="bytesBase64Encoded")
    mime_type: Literal["image/png", "image/jpeg"]

    @model_validator(mode="after")
    def _is_one(self) -> "Image":
        if stills.from_base64(self.bytes_base64_encoded) is None:
            raise ValueError("bytesBase64Encoded is not an image")
        return self


class ReferenceImage(Strict):
    """A look reference."""

    image: Image
    reference_type: Literal["asset", "ASSET"]


class Instance(Strict):
    """What to make."""

    prompt: str = ""
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
        return self


class Parameters(Strict):
    """How to make it: no seed, no sound switch, no bucket [S]."""

    sample_count: Literal[1] = 1
    duration_seconds: Literal[4, 6, 8] = 8
    aspect_ratio: Literal["16:9", "9:16"] = "16:9"
    resolution: Literal["720p", "1080p", "4k"] = "720p"
    negative_prompt: str = ""
    person_generation: Annotated[str, Field(pattern="^(dont_allow|allow_adult|allow_all)$")] | None = None


class Prediction(Strict):
    """The body of ``:predictLongRunning``."""

    instances: list[Instance] = Field(min_length=1, max_length=1)
    parameters: Parameters = Parameters()

    @model_validator(mode="after")
    def _eight_seconds(self) -> "Prediction":
        asks, length = self.instances[0], self.parameters.duration_seconds
        if length != 8 and (asks.reference_images or asks.last_frame or self.parameters.resolution != "720p"):
            raise ValueError("references, interpolation, 1080p and 4k are 8 seconds only")
        return self


class Veo:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """``:predictLongRunning``."""
        sign_in(asked)
        name = asked.path["model"]
        mishap = self._stage.plan.next(vendor=VENDOR, model=name)
        if mishap is not None:
            _refuse_planned(mishap, name)
        order = _order(asked, name)
        try:
            job = self._stage.accept(order, mishap=mishap)
        except SlotsBusyError:
            raise rpc(*PLANNED[Mishap.THROTTLE]) from None
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise rpc(*PLANNED[mishap])
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else json_answer({"name": _operation(job)})

    def poll(self, asked: Asked) -> Response:
        """An operation; a running one has no ``done``."""
        sign_in(asked)
        name = f"models/{asked.path['model']}/operations/{asked.path['operation']}"
        job = self._stage.records.get(asked.path["operation"])
        if job is None or job.vendor != VENDOR or _operation(job) != name:
            raise rpc(404, "NOT_FOUND", f"Operation {name} was not found.")
        match wire.over(job, self._stage):
            case None:
                return json_answer({"name": name})
            case Outcome.BROKEN:
                error = {"code": 14, "message": "The service is currently unavailable."}
                return json_answer({"name": name, "done": True, "error": error})
            case Outcome.DONE:
                video = {"uri": link(job, base=asked.base)}
                return json_answer(_done(name, {"generatedSamples": [{"video": video}]}))
            case _:
                reasons = ["The generated video was withheld by the safety filters."]
                return json_answer(_done(name, {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": reasons}))


def retired(name: str) -> Refusal:
    """What a model that is no more gets."""
    return rpc(404, "NOT_FOUND", f"models/{name} is not found for API version v1beta, or is not supported.")


def _refuse_planned(mishap: Mishap, name: str) -> None:
    """Raise what a plan has this submission refused with."""
    match mishap:
        case Mishap.WRONG_KEY:
            raise wrong_key()
        case Mishap.RETIRED:
            raise retired(name)
        case Mishap.MODERATE_INPUT:
            raise _declined()
        case Mishap.OUT_OF_CREDIT | Mishap.RATE | Mishap.THROTTLE | Mishap.UNAVAILABLE:
            raise rpc(*PLANNED[mishap])
        case _:
            return


def _declined() -> Refusal:
    message = "The prompt could not be submitted. It may violate the responsible AI practices."
    return rpc(400, "INVALID_ARGUMENT", message)


def _wrong(error: ValidationError) -> Refusal:
    return rpc(400, "INVALID_ARGUMENT", place(error))


def _order(asked: Asked, name: str) -> Order:
    model = MODELS.get(name)
    if model is None:
        raise retired(name)
    body = wire.parsed(Prediction, asked.body, wrong=_wrong)
    asks, how = body.instances[0], body.parameters
    if how.resolution not in model.prices:
        raise rpc(400, "INVALID_ARGUMENT", f"{name} does not make {how.resolution}.")
    if reading.refused(asks.prompt, vendor=VENDOR, after_rendering=False):
        raise _declined()
    looks = (stills.from_base64(one.image.bytes_base64_encoded) for one in asks.reference_images)
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=asks.prompt,
        negative_field=how.negative_prompt,
        seconds=how.duration_seconds,
        ratio=proportion(how.aspect_ratio),
        references=tuple(data for data in looks if data),
        price_micro_usd=model.prices[how.resolution] * how.duration_seconds,
    )


def _operation(job: Accepted) -> str:
    return f"models/{job.model}/operations/{job.id}"


def _done(name: str, response: Mapping[str, object]) -> dict[str, object]:
    return {"name": name, "done": True, "response": {"@type": RESPONSE_TYPE, "generateVideoResponse": response}}
