"""What Veo on Vertex AI takes: strict bodies, and the variants they are checked against.

Wire read from the official client 3.4.0 and the vendor's pages [S/D], prices and limits from third parties [T],
2026-11-20. Whether lite takes references or a last frame is unknown; here it does not [U]. Left out: video extension,
masks, more than one sample per request.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.scene import Fault
from tools.sandbox.wire import Strict

MOST_TOKENS = 1024  # of a prompt [S]; counted here as words and marks
MOST_IMAGE_BYTES = 20_000_000  # of an older variant's page; of these not published [U]
WORD = re.compile(r"\w+|[^\w\s]")
LEANS = {Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5, Fault.COLOR_CAST: 0.8, Fault.FLICKER: 0.7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant: its habits, and micro USD per second by resolution [T].

    Attributes:
        guided: Whether it takes references and a last frame.
    """

    temper: Temper
    prices: Mapping[str, int]
    guided: bool


MODELS = {
    "veo-3.1-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, leans=LEANS),
        prices={"720p": 400_000, "1080p": 400_000, "4k": 600_000},
        guided=True,
    ),
    "veo-3.1-fast-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS),
        prices={"720p": 100_000, "1080p": 120_000, "4k": 300_000},
        guided=True,
    ),
    "veo-3.1-lite-generate-001": Model(
        temper=Temper(heed=Heed.NATIVE, distilled=True, leans=LEANS | {Fault.PHOTOREAL: 1.35, Fault.BLUR: 1.5}),
        prices={"720p": 50_000, "1080p": 80_000},
        guided=False,
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
        if self.bytes_base64_encoded is not None:
            data = stills.from_base64(self.bytes_base64_encoded)
            if data is None or len(data) > MOST_IMAGE_BYTES:
                raise ValueError("bytesBase64Encoded is not an image of at most 20 MB")
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
    def _fits_the_images(self) -> "Prediction":
        asks, length = self.instances[0], self.parameters.duration_seconds
        if self.parameters.resize_mode and not asks.image:
            raise ValueError("resizeMode needs image")
        if length != 8 and (asks.reference_images or asks.last_frame or self.parameters.resolution != "720p"):
            raise ValueError("references, interpolation, 1080p and 4k are 8 seconds only")
        return self


class Operation(Strict):
    """The body of ``:fetchPredictOperation``."""

    operation_name: str
