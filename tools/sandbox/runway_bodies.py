"""The bodies Runway takes: one closed shape per family and kind, typed as in the official client 5.24.0 [S]."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from tools.sandbox import stills
from tools.sandbox.wire import Strict

AUTO: Final = "auto"
USUAL_SECONDS = 5  # where the client may leave the length out, and what "auto" comes to here
MOST_DATA_URI = 7 * 1024 * 1024  # characters; 5 MB before encoding [S]


def _utf16(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > limit:
            raise PydanticCustomError("too_big", "String must contain at most {limit} character(s)", {"limit": limit})
        return text

    return AfterValidator(check)


def _reachable(uri: str) -> str:
    if uri.startswith("data:") and (len(uri) > MOST_DATA_URI or stills.from_data_uri(uri) is None):
        raise PydanticCustomError("custom", "Data URI must hold an image of at most 5 MB")
    return uri


Uri = Annotated[str, Field(pattern=r"(?s)^(https://|runway://|data:image/).+"), AfterValidator(_reachable)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]
Short = Annotated[str, Field(min_length=1), _utf16(1000)]
Long = Annotated[str, Field(min_length=1), _utf16(3500)]


class Still(Strict):
    """An image with its place; on Seedance without one it is a look reference."""

    uri: Uri
    position: Literal["first", "last"] | None = None


class Reference(Strict):
    """A look reference of a text-to-video request."""

    uri: Uri


class Moderation(Strict):
    """How strict to be with public figures."""

    public_figure_threshold: Literal["auto", "low"] = "auto"


Images = Uri | Annotated[list[Still], Field(min_length=1, max_length=10)]


class _Body(Strict):
    model: str

    @property
    def negative(self) -> str:
        """Content of the negative field, where there is one."""
        return ""

    @property
    def sound(self) -> bool:
        """Whether sound is asked for and paid."""
        return False

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return ()

    @property
    def mixed(self) -> bool:
        """Whether frames and look references are mixed, which no model takes."""
        return False


class OwnText(_Body):
    """gen4.5 from text."""

    prompt_text: Short
    ratio: str
    duration: int
    seed: Seed | None = None
    content_moderation: Moderation | None = None
    output_format: Literal["mp4"] | None = None


class OwnImage(OwnText):
    """gen4.5 from a first frame."""

    prompt_image: Images


class TurboImage(_Body):
    """gen4_turbo, from a first frame only."""

    prompt_text: Short | None = None
    prompt_image: Images
    ratio: str
    duration: int = USUAL_SECONDS
    seed: Seed | None = None
    content_moderation: Moderation | None = None


class _Veo(_Body):
    negative_prompt: Annotated[str, _utf16(1000)] = ""
    ratio: str
    duration: int = 8
    audio: bool = True
    seed: Seed | None = None

    @property
    def negative(self) -> str:
        return self.negative_prompt

    @property
    def sound(self) -> bool:
        return self.audio


class VeoText(_Veo):
    """Hosted Veo from text; the one family with a negative field."""

    prompt_text: Short


class VeoImage(_Veo):
    """Hosted Veo from frames."""

    prompt_text: Short | None = None
    prompt_image: Images


class _Kling(_Body):
    prompt_text: str | None = None
    duration: int = USUAL_SECONDS
    audio: bool = False
    cfg_scale: Annotated[float, Field(ge=0, le=1)] = 0.5

    @property
    def sound(self) -> bool:
        return self.audio


class KlingText(_Kling):
    """Hosted Kling from text."""

    ratio: str


class KlingImage(_Kling):
    """Hosted Kling from frames."""

    ratio: str | None = None
    prompt_image: Images


class _Seedance(_Body):
    ratio: str = "1280:720"
    duration: int | Literal["auto"] = AUTO
    audio: bool = True
    seed: Seed | None = None


class SeedanceText(_Seedance):
    """Hosted Seedance from text and look references."""

    prompt_text: Long
    references: Annotated[list[Reference], Field(max_length=9)] = Field(default=[])

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return tuple(one.uri for one in self.references)


class SeedanceImage(_Seedance):
    """Hosted Seedance from frames, or from look references without a position."""

    prompt_text: Long | None = None
    prompt_image: Images

    @property
    def looks(self) -> tuple[str, ...]:
        """Addresses of the look references."""
        return tuple(still.uri for still in self._stills() if still.position is None)

    @property
    def mixed(self) -> bool:
        """Whether frames and look references are mixed."""
        return 0 < len(self.looks) < len(self._stills())

    def _stills(self) -> list[Still]:
        return [] if isinstance(self.prompt_image, str) else self.prompt_image


Body = OwnText | OwnImage | TurboImage | VeoText | VeoImage | KlingText | KlingImage | SeedanceText | SeedanceImage
