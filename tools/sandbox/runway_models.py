"""The bodies Runway takes: one closed shape per family and kind of request, one row of limits per model.

As the official client 5.24.0 types them [S]; credits from third parties [T]; Kling's are those of the direct API [U].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, Strict, proportion

VENDOR = "runway"
TEXT, IMAGE = "text_to_video", "image_to_video"
AUTO_SECONDS = 5  # what "auto" comes to here
MOST_DATA_URI = 7 * 1024 * 1024  # characters; 5 MB before encoding [S]
MICRO_USD_PER_CREDIT = 10_000  # [T]

WIDE_AND_TALL = ("1280:720", "720:1280")
OWN_RATIOS = (*WIDE_AND_TALL, "1104:832", "832:1104", "960:960", "1584:672")
VEO_RATIOS = (*WIDE_AND_TALL, "1080:1920", "1920:1080")
SEEDANCE_RATIOS = (
    *("992:432", "864:496", "752:560", "640:640", "560:752", "496:864"),
    *("1470:630", "1280:720", "1112:834", "960:960", "834:1112", "720:1280"),
)
SEEDANCE_1080 = ("2206:946", "1920:1080", "1664:1248", "1440:1440", "1248:1664", "1080:1920")
SEEDANCE_4K = ("3840:1646", "3840:2160", "3840:2880", "3840:3840", "2880:3840", "2160:3840")


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


Images = Uri | Annotated[list[Still], Field(min_length=1, max_length=10)]


class Moderation(Strict):
    """How strict to be with public figures."""

    public_figure_threshold: Literal["auto", "low"] = "auto"


class OwnText(Strict):
    """gen4.5 from text."""

    model: str
    prompt_text: Short
    ratio: str
    duration: int
    seed: Seed | None = None
    content_moderation: Moderation | None = None
    output_format: Literal["mp4"] | None = None


class OwnImage(OwnText):
    """gen4.5 from a first frame."""

    prompt_image: Images


class TurboImage(Strict):
    """gen4_turbo, from a first frame only."""

    model: str
    prompt_image: Images
    prompt_text: Short | None = None
    ratio: str
    duration: int = AUTO_SECONDS
    seed: Seed | None = None
    content_moderation: Moderation | None = None


class VeoText(Strict):
    """Hosted Veo from text; the one family with a negative field."""

    model: str
    prompt_text: Short
    negative_prompt: Annotated[str, _utf16(1000)] = ""
    ratio: str
    duration: int = 8
    audio: bool = True
    seed: Seed | None = None


class VeoImage(VeoText):
    """Hosted Veo from frames."""

    prompt_text: Short | None = None  # type: ignore[assignment]  # here the vendor lets it be left out
    prompt_image: Images


class KlingText(Strict):
    """Hosted Kling from text."""

    model: str
    prompt_text: str | None = None
    ratio: str
    duration: int = AUTO_SECONDS
    audio: bool = False
    cfg_scale: Annotated[float, Field(ge=0, le=1)] = 0.5


class KlingImage(Strict):
    """Hosted Kling from frames."""

    model: str
    prompt_text: str | None = None
    prompt_image: Images
    ratio: str | None = None
    duration: int = AUTO_SECONDS
    audio: bool = False
    cfg_scale: Annotated[float, Field(ge=0, le=1)] = 0.5


class SeedanceText(Strict):
    """Hosted Seedance from text and look references."""

    model: str
    prompt_text: Long
    ratio: str = "1280:720"
    duration: int | Literal["auto"] = "auto"
    audio: bool = True
    seed: Seed | None = None
    references: Annotated[list[Reference], Field(max_length=9)] = Field(default=[])


class SeedanceImage(Strict):
    """Hosted Seedance from frames, or from look references without a position."""

    model: str
    prompt_text: Long | None = None
    prompt_image: Images
    ratio: str = "1280:720"
    duration: int | Literal["auto"] = "auto"
    audio: bool = True
    seed: Seed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model.

    Attributes:
        shapes: Body per kind of request; a kind left out does not exist.
        ratios: Per kind.
        credits: Per second; ``audio_credits`` with sound, ``large`` at ratios that cost more.
        least_credits: Minimum per task.
    """

    temper: Temper
    shapes: Mapping[str, type[Strict]]
    ratios: Mapping[str, Sequence[str]]
    durations: Sequence[int]
    credits: int
    audio_credits: int = 0
    large: Mapping[str, int] = field(default_factory=dict[str, int])
    least_credits: int = 0


OWN = Temper(heed=Heed.POSITIVE, leans={Fault.RENDER_3D: 1.5, Fault.STUDIO_LIGHT: 0.8, Fault.LIGHT_DRIFT: 1.3})
OWN_TURBO = Temper(heed=Heed.POSITIVE, distilled=True, leans=OWN.leans)
VEO = Temper(heed=Heed.NATIVE, leans={Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5})
VEO_FAST = Temper(heed=Heed.NATIVE, distilled=True, leans=VEO.leans)
KLING = Temper(heed=Heed.CLAUSE, leans={Fault.STUDIO_LIGHT: 1.3, Fault.PHOTOREAL: 0.9})
SEEDANCE_DOCUMENTED = frozenset({Fault.CAPTION, Fault.WATERMARK})
SEEDANCE = Temper(heed=Heed.CLAUSE, documented=SEEDANCE_DOCUMENTED, leans={Fault.CAPTION: 2.0, Fault.COLOR_CAST: 1.3})
SEEDANCE_FAST = Temper(heed=Heed.CLAUSE, distilled=True, documented=SEEDANCE_DOCUMENTED, leans=SEEDANCE.leans)

OWN_SHAPES: Mapping[str, type[Strict]] = {TEXT: OwnText, IMAGE: OwnImage}
VEO_SHAPES: Mapping[str, type[Strict]] = {TEXT: VeoText, IMAGE: VeoImage}
KLING_SHAPES: Mapping[str, type[Strict]] = {TEXT: KlingText, IMAGE: KlingImage}
SEEDANCE_SHAPES: Mapping[str, type[Strict]] = {TEXT: SeedanceText, IMAGE: SeedanceImage}


def _both(ratios: Sequence[str]) -> dict[str, Sequence[str]]:
    return {TEXT: ratios, IMAGE: ratios}


MODELS: Mapping[str, Model] = {
    "gen4.5": Model(
        temper=OWN,
        shapes=OWN_SHAPES,
        ratios={TEXT: WIDE_AND_TALL, IMAGE: OWN_RATIOS},
        durations=range(2, 11),
        credits=12,
    ),
    "gen4_turbo": Model(
        temper=OWN_TURBO, shapes={IMAGE: TurboImage}, ratios={IMAGE: OWN_RATIOS}, durations=range(2, 11), credits=5
    ),
    "veo3.1": Model(
        temper=VEO,
        shapes=VEO_SHAPES,
        ratios=_both(VEO_RATIOS),
        durations=(4, 6, 8),
        credits=20,
        audio_credits=40,
    ),
    "veo3.1_fast": Model(
        temper=VEO_FAST,
        shapes=VEO_SHAPES,
        ratios=_both(VEO_RATIOS),
        durations=(4, 6, 8),
        credits=10,
        audio_credits=15,
    ),
    "kling3.0_standard": Model(
        temper=KLING,
        shapes=KLING_SHAPES,
        ratios=_both((*WIDE_AND_TALL, "960:960")),
        durations=range(3, 16),
        credits=9,
        audio_credits=13,
    ),
    "kling3.0_pro": Model(
        temper=KLING,
        shapes=KLING_SHAPES,
        ratios=_both(("1920:1080", "1080:1920", "1440:1440")),
        durations=range(3, 16),
        credits=12,
        audio_credits=17,
    ),
    "seedance2": Model(
        temper=SEEDANCE,
        shapes=SEEDANCE_SHAPES,
        ratios=_both((*SEEDANCE_RATIOS, *SEEDANCE_1080, *SEEDANCE_4K)),
        durations=range(4, 16),
        credits=36,
        large=dict.fromkeys(SEEDANCE_1080, 40) | dict.fromkeys(SEEDANCE_4K, 150),
    ),
    "seedance2_fast": Model(
        temper=SEEDANCE_FAST,
        shapes=SEEDANCE_SHAPES,
        ratios=_both(SEEDANCE_RATIOS),
        durations=range(4, 16),
        credits=29,
    ),
    "seedance2_mini": Model(
        temper=SEEDANCE_FAST,
        shapes=SEEDANCE_SHAPES,
        ratios=_both(SEEDANCE_RATIOS),
        durations=range(4, 16),
        credits=16,
        least_credits=64,
    ),
}


def issues(wanted: Strict, model: Model, *, kind: str) -> list[dict[str, object]]:
    """What a well-formed body asks that this model does not do."""
    given = wanted.model_dump()
    duration, ratio = given["duration"], given["ratio"]
    found: list[dict[str, object]] = []
    if ratio is not None and ratio not in model.ratios[kind]:
        options = list(model.ratios[kind])
        found.append(
            {"code": "invalid_enum_value", "message": "Invalid enum value", "path": ["ratio"], "options": options}
        )
    if duration != "auto" and duration not in model.durations:
        message = f"Number must be one of {', '.join(map(str, model.durations))}"
        found.append({"code": "invalid_literal", "message": message, "path": ["duration"]})
    stills_given = given.get("prompt_image")
    if isinstance(stills_given, list) and len({one["position"] is None for one in stills_given}) > 1:
        found.append({"code": "custom", "message": "Positions and references cannot be mixed", "path": ["promptImage"]})
    return found


def order(asked: Asked, name: str, model: Model, wanted: Strict) -> Order:
    """A checked body as an order."""
    given = wanted.model_dump()
    seconds = AUTO_SECONDS if given["duration"] == "auto" else given["duration"]
    ratio = given["ratio"] or model.ratios[TEXT][0]
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=given.get("prompt_text") or "",
        negative_field=given.get("negative_prompt") or "",
        seconds=seconds,
        ratio=proportion(ratio),
        references=_references(given),
        price_micro_usd=_credits(model, ratio, seconds, audio=bool(given.get("audio"))) * MICRO_USD_PER_CREDIT,
        waits=True,
    )


def _references(given: Mapping[str, Any]) -> tuple[bytes, ...]:  # Any: dumped fields of any of the shapes
    images = given.get("prompt_image")
    placed = (
        images if isinstance(images, list) and "audio" in given else []
    )  # only hosted families take look references
    uris = [one["uri"] for one in (*given.get("references", ()), *(one for one in placed if one["position"] is None))]
    return tuple(filter(None, map(stills.from_data_uri, uris)))


def _credits(model: Model, ratio: str, seconds: int, *, audio: bool) -> int:
    spoken = model.audio_credits if audio and model.audio_credits else model.credits
    return max(model.least_credits, model.large.get(ratio, spoken) * seconds)
