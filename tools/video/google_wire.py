"""What goes out to and comes back from Veo on Vertex AI, and what it means. Private to `tools.video.google`.

Facts, sources and dates: `docs/wire/google.md`.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from agent.jobs import Going, Order, Progress, Still
from agent.troubles import Trouble
from tools.video import google_refusals
from tools.video.google_refusals import Failure
from tools.video.vendor import ReceivedCamel, SentCamel, VendorId

_INLINE = "data:video/mp4;base64,"
_BASE64_PIECE = 64 * 1024  # divisible by 4; decodes to 48 KiB


class Image(SentCamel):
    """An image with its bytes in it."""

    bytes_base64_encoded: str
    mime_type: str


class ReferenceImage(SentCamel):
    """A look reference; the prompt has no way to name it."""

    image: Image
    reference_type: str = "ASSET"


class Instance(SentCamel):
    """The words and images of one clip."""

    prompt: str
    image: Image | None
    last_frame: Image | None
    reference_images: tuple[ReferenceImage, ...] | None


class Parameters(SentCamel):
    """Everything else about the clip; the negatives stand here.

    Attributes:
        resize_mode: What becomes of a frame of other proportions. Padding would put bars into the picture that nobody
            ordered, so it is cut; a frame that fits is left alone either way.
    """

    sample_count: int = 1
    storage_uri: str | None
    duration_seconds: int
    aspect_ratio: str
    resolution: str
    negative_prompt: str | None
    seed: int | None
    generate_audio: bool = False
    enhance_prompt: bool | None
    person_generation: str | None
    resize_mode: Literal["CROP"] | None


class Predict(SentCamel):
    """Body of ``:predictLongRunning``."""

    instances: tuple[Instance]
    parameters: Parameters


class Fetch(SentCamel):
    """Body of ``:fetchPredictOperation``."""

    operation_name: str


class Operation(ReceivedCamel):
    """Answer to a submit."""

    name: VendorId


class Video(ReceivedCamel):
    """One clip, in a bucket or as base64."""

    gcs_uri: str | None = None
    bytes_base64_encoded: str | None = None


class Videos(ReceivedCamel):
    """What came of a finished operation; filtered clips are missing and only counted."""

    videos: tuple[Video, ...] = ()
    rai_media_filtered_count: int = 0
    rai_media_filtered_reasons: tuple[str, ...] = ()


class State(ReceivedCamel):
    """Answer to a poll. There are no status words: a running operation simply lacks ``done``."""

    done: bool = False
    response: Videos | None = None
    error: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What an account wants the same in all its orders; ``None`` leaves it to the vendor.

    Attributes:
        enhance_prompt: Whether the vendor may rewrite the words.
        people: Whether and which people may be shown.
    """

    enhance_prompt: bool | None = None
    people: str | None = None


def predict(order: Order, *, resolution: str, storage_uri: str | None, habits: Habits) -> Predict:
    """The request for one clip without sound."""
    references = tuple(ReferenceImage(image=_image(still)) for still in order.references)
    first, last = order.first_frame, order.last_frame
    instance = Instance(
        prompt=order.rendering.text,
        image=_image(first) if first else None,
        last_frame=_image(last) if last else None,
        reference_images=references or None,
    )
    parameters = Parameters(
        storage_uri=storage_uri,
        duration_seconds=order.seconds,
        aspect_ratio=order.ratio,
        resolution=resolution,
        negative_prompt=order.rendering.negative_field,
        seed=order.seed,
        enhance_prompt=habits.enhance_prompt,
        person_generation=habits.people,
        resize_mode="CROP" if first else None,
    )
    return Predict(instances=(instance,), parameters=parameters)


def progress(state: State, *, tidy: Callable[[str], str]) -> Progress:
    """What a poll's answer says of the job."""
    if not state.done:
        return Progress(going=Going.RENDERING)
    if state.error is not None:
        return Progress(
            going=Going.FAILED, trouble=google_refusals.of_operation(state.error), message=tidy(state.error.message)
        )
    made = state.response or Videos()
    media = next((link for link in map(_media, made.videos) if link), None)
    if media is not None:
        return Progress(going=Going.DONE, media=media)
    if made.rai_media_filtered_count or made.rai_media_filtered_reasons:
        reasons = " ".join(made.rai_media_filtered_reasons) or "filtered without a reason"
        return Progress(going=Going.FAILED, trouble=google_refusals.of_filter(reasons), message=tidy(reasons))
    message = "the operation is done and holds neither a clip nor a reason"
    return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)


def inline_pieces(media: str) -> Iterator[bytes]:
    """The bytes of a clip that came inside a poll, in pieces of 48 KiB.

    Raises:
        ValueError: It is no base64.
    """
    for start in range(len(_INLINE), len(media), _BASE64_PIECE):
        yield b64decode(media[start : start + _BASE64_PIECE], validate=True)


def _media(video: Video) -> str | None:
    return _INLINE + video.bytes_base64_encoded if video.bytes_base64_encoded else video.gcs_uri


def _image(still: Still) -> Image:
    return Image(bytes_base64_encoded=b64encode(still.data).decode("ascii"), mime_type=still.media_type)
