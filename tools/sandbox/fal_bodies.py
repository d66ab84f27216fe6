"""The bodies fal's apps take: one closed shape per app.

Fields, defaults and lengths from the vendor's model pages [D]; Kling's prompt limits and Seedance's 4k from third
parties [T]; that Veo takes negatives between two frames is unsure [U], 2026-11-20. fal passes over fields an app does
not have [T]; here they are refused, so that nothing gets lost unseen. Left out: multi-shot, elements, video and audio
inputs.
"""

from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from tools.sandbox import stills
from tools.sandbox.wire import StrictSnake

AUTO: Final = "auto"
AUTO_RATIO = "16:9"  # what "auto" and a still's own proportions come to here: no stand-in measures stills
AUTO_SECONDS = 5  # what Seedance's "auto" comes to here; the vendor lets the model decide
KLING_NEGATIVES = "blur, distort, and low quality"  # applies where the field is left out [D]
MOST_KLING_CHARACTERS = 2500  # [T]


def _reachable(uri: str) -> str:
    if uri.startswith("data:") and stills.from_data_uri(uri) is None:
        raise ValueError("the data URI holds no image")
    return uri


def _one_of(*values: str) -> AfterValidator:
    def check(text: str) -> str:
        if text not in values:
            raise PydanticCustomError("one_of", "Input should be one of {expected}", {"expected": list(values)})
        return text

    return AfterValidator(check)


Uri = Annotated[str, Field(pattern=r"(?s)^(https?://|data:image/).+"), AfterValidator(_reachable)]
WIDE_OR_TALL = _one_of("16:9", "9:16")
AS_THE_STILL = _one_of(AUTO, "16:9", "9:16")


class Body(StrictSnake):
    """What all apps have in common, and what an order is made from."""

    prompt: Annotated[str, Field(min_length=1)]
    generate_audio: bool = True
    duration: str

    @property
    def text(self) -> str:
        """What the model reads."""
        return self.prompt

    @property
    def negatives(self) -> str:
        """Content of the negative field, or the default that takes its place."""
        return ""

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return ()

    @property
    def seconds(self) -> int:
        """Length of the clip."""
        return AUTO_SECONDS if self.duration == AUTO else int(self.duration.removesuffix("s"))

    @property
    def frame(self) -> str:
        """The picture's proportions."""
        return AUTO_RATIO

    @property
    def size(self) -> str:
        """The resolution that is made and paid."""
        raise NotImplementedError


class Kling(Body):
    """Kling v3 pro, which has one resolution."""

    prompt: Annotated[str, Field(min_length=1, max_length=MOST_KLING_CHARACTERS)]
    negative_prompt: Annotated[str, Field(max_length=MOST_KLING_CHARACTERS)] = KLING_NEGATIVES
    cfg_scale: Annotated[float, Field(ge=0, le=1)] = 0.5
    duration: Annotated[str, _one_of(*map(str, range(3, 16)))] = "5"
    shot_type: Annotated[str, _one_of("customize")] = "customize"

    @property
    def negatives(self) -> str:
        """Content of the negative field, or fal's own words."""
        return self.negative_prompt

    @property
    def size(self) -> str:
        """The resolution that is made and paid."""
        return "1080p"


class KlingFromText(Kling):
    """Kling from words."""

    aspect_ratio: Annotated[str, _one_of("16:9", "9:16", "1:1")] = "16:9"

    @property
    def frame(self) -> str:
        """The picture's proportions."""
        return self.aspect_ratio


class KlingFromImage(Kling):
    """Kling from frames; the picture keeps the first one's proportions and none can be asked [D]."""

    start_image_url: Uri
    end_image_url: Uri | None = None


class Sized(Body):
    """What asks for proportions and a resolution."""

    aspect_ratio: str = AUTO
    resolution: str = "720p"

    @property
    def frame(self) -> str:
        """The picture's proportions."""
        return AUTO_RATIO if self.aspect_ratio == AUTO else self.aspect_ratio

    @property
    def size(self) -> str:
        """The resolution that is made and paid."""
        return self.resolution


class Veo(Sized):
    """Veo 3.1. ``auto_fix`` lets fal rewrite a prompt that is refused."""

    duration: Annotated[str, _one_of("4s", "6s", "8s")] = "8s"
    resolution: Annotated[str, _one_of("720p", "1080p", "4k")] = "720p"
    auto_fix: bool = True
    safety_tolerance: Annotated[str, _one_of(*"123456")] = "4"


class VeoFromText(Veo):
    """Veo from words."""

    aspect_ratio: Annotated[str, WIDE_OR_TALL] = "16:9"
    negative_prompt: str = ""
    seed: int | None = None

    @property
    def negatives(self) -> str:
        """Content of the negative field."""
        return self.negative_prompt


class VeoFromImage(VeoFromText):
    """Veo from a first frame."""

    aspect_ratio: Annotated[str, AS_THE_STILL] = AUTO
    image_url: Uri


class VeoFromEnds(VeoFromText):
    """Veo between two frames."""

    aspect_ratio: Annotated[str, AS_THE_STILL] = AUTO
    first_frame_url: Uri
    last_frame_url: Uri


class VeoFromLooks(Veo):
    """Veo with look references: eight seconds, no negative field and no seed [D]."""

    aspect_ratio: Annotated[str, WIDE_OR_TALL] = "16:9"
    duration: Annotated[str, _one_of("8s")] = "8s"
    image_urls: Annotated[list[Uri], Field(min_length=1, max_length=3)]

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return tuple(self.image_urls)


class Seedance(Sized):
    """Seedance 2.0 from words; no negative field."""

    duration: Annotated[str, _one_of(AUTO, *map(str, range(4, 16)))] = AUTO
    resolution: Annotated[str, _one_of("480p", "720p", "1080p", "4k")] = "720p"
    aspect_ratio: Annotated[str, _one_of(AUTO, "21:9", "16:9", "4:3", "1:1", "3:4", "9:16")] = AUTO
    seed: int | None = None
    end_user_id: str | None = None

    @property
    def text(self) -> str:
        """What the model reads: 2.x cuts off everything from a double hyphen on [T]."""
        return self.prompt.partition("--")[0]


class SeedanceFromImage(Seedance):
    """Seedance from frames."""

    image_url: Uri
    end_image_url: Uri | None = None


class SeedanceFromLooks(Seedance):
    """Seedance with look references."""

    image_urls: Annotated[list[Uri], Field(max_length=9)] = Field(default=[])

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return tuple(self.image_urls)
