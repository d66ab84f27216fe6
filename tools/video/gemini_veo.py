"""Veo on the Gemini Developer API: negatives in their field, operations polled by GET, clips in files behind the key.

Private to `tools.video.gemini`. Facts, sources and dates: `docs/wire/gemini.md`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from agent.jobs import Body, Going, Order, Progress, Still
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.http import Http, Reply
from tools.video.gemini_wire import Failure, base64_of, trouble_of_job
from tools.video.vendor import ReceivedCamel, SentCamel, encode

VERSION = "/v1beta"


class Image(SentCamel):
    """An image with its bytes in it; this wire takes no address."""

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
    """Everything else about the clip; there is no seed and no switch for the sound."""

    sample_count: int = 1
    duration_seconds: int
    aspect_ratio: str
    resolution: str
    negative_prompt: str | None


class Predict(SentCamel):
    """Body of ``:predictLongRunning``."""

    instances: tuple[Instance]
    parameters: Parameters


class Video(ReceivedCamel):
    """Where a clip is."""

    uri: str = ""


class Sample(ReceivedCamel):
    """One clip."""

    video: Video = Video()


class Generated(ReceivedCamel):
    """What came of a finished operation; filtered clips are missing and only counted."""

    generated_samples: tuple[Sample, ...] = ()
    rai_media_filtered_count: int = 0
    rai_media_filtered_reasons: tuple[str, ...] = ()


class Response(ReceivedCamel):
    """The shell around it, which Vertex AI does not have."""

    generate_video_response: Generated = Generated()


class State(ReceivedCamel):
    """Answer to a poll. There are no status words: a running operation simply lacks ``done``."""

    done: bool = False
    response: Response = Response()
    error: Failure | None = None


class Veo:
    """The wire of Veo on the Gemini Developer API."""

    base = f"{VERSION}/models/"
    headers: Mapping[str, str] = MappingProxyType({})

    def compose(self, order: Order, profile: Profile) -> Body:
        """The `predictLongRunning` request; the negatives go out as ``parameters.negativePrompt``."""
        references = tuple(ReferenceImage(image=_image(still)) for still in order.references)
        instance = Instance(
            prompt=order.rendering.text,
            image=_image(order.first_frame) if order.first_frame else None,
            last_frame=_image(order.last_frame) if order.last_frame else None,
            reference_images=references or None,
        )
        parameters = Parameters(
            duration_seconds=order.seconds,
            aspect_ratio=order.ratio,
            resolution=profile.offers[order.material].resolution,
            negative_prompt=order.rendering.negative_field,
        )
        path = f"{self.base}{quote(profile.upstream_id, safe='')}:predictLongRunning"
        return Body(method="POST", path=path, content=encode(Predict(instances=(instance,), parameters=parameters)))

    def path(self, vendor_id: str) -> str:
        """Where the operation is asked for; its name is its path."""
        return f"{VERSION}/{quote(vendor_id)}"

    def cancelling(self, vendor_id: str) -> str | None:
        """Nowhere: these operations cannot be called back."""
        return None

    def progress(self, reply: Reply, http: Http) -> Progress:
        """What an operation says."""
        state = http.read(reply, State)
        if not state.done:
            return Progress(going=Going.RENDERING)
        if state.error is not None:
            message = http.tidy(state.error.message)
            return Progress(going=Going.FAILED, trouble=trouble_of_job(state.error), message=message)
        return _made(state.response.generate_video_response, tidy=http.tidy)


def _made(made: Generated, *, tidy: Callable[[str], str]) -> Progress:
    media = next((sample.video.uri for sample in made.generated_samples if sample.video.uri), None)
    if media is not None:
        return Progress(going=Going.DONE, media=media)
    if made.rai_media_filtered_count or made.rai_media_filtered_reasons:
        reasons = " ".join(made.rai_media_filtered_reasons) or "filtered without a reason"
        return Progress(going=Going.FAILED, trouble=Trouble.MODERATION_OUTPUT, message=tidy(reasons))
    message = "the operation is done and holds neither a clip nor a reason"
    return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)


def _image(still: Still) -> Image:
    return Image(bytes_base64_encoded=base64_of(still), mime_type=still.media_type)
