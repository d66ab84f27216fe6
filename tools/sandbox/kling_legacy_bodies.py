"""What Kling's legacy standard takes, as strict bodies checked against their variant.

From the vendor's pages of 2026-09-20 [D], limits partly from third parties [T]. Left out: video inputs, and the v1
models: ``cfg_scale`` and ``camera_control`` are theirs, and are refused here as the later models refuse them.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from tools.sandbox import kling_models, kling_pictures
from tools.sandbox.kling_account import invalid, refusal
from tools.sandbox.kling_models import Model
from tools.sandbox.kling_pictures import Picture
from tools.sandbox.wire import StrictSnake

MODES = {"std": "720p", "pro": "1080p", "4k": "4k"}
LIMIT = 2500  # prompt and negative prompt each [D/T]

Ratio = Literal["16:9", "9:16", "1:1"]
Words = Annotated[str, Field(min_length=1, max_length=LIMIT)]
Negative = Annotated[str, Field(max_length=LIMIT)]


class WatermarkInfo(StrictSnake):
    """Whether a marked copy is wanted too."""

    enabled: bool


class Body(StrictSnake):
    """What all kinds take."""

    model_name: str
    mode: Literal["std", "pro", "4k"] = "std"
    sound: Literal["on", "off"] | None = None
    duration: Annotated[str, Field(pattern=r"^\d+$")] = "5"
    callback_url: str | None = None
    external_task_id: str | None = None
    watermark_info: WatermarkInfo | None = None


class FromText(Body):
    """The body of ``text2video``."""

    prompt: Words
    negative_prompt: Negative = ""
    multi_shot: bool | None = None
    aspect_ratio: Ratio = "16:9"


class FromImage(Body):
    """The body of ``image2video``; the ratio is the image's."""

    prompt: Annotated[str, Field(max_length=LIMIT)] = ""
    negative_prompt: Negative = ""
    multi_shot: bool | None = None
    image: str
    image_tail: str | None = None


class OmniImage(StrictSnake):
    """A frame, or without a type a look reference, named in the prompt as ``<<<image_1>>>`` in the list's order."""

    image_url: str
    type: Literal["first_frame", "end_frame"] | None = None


class OmniElement(StrictSnake):
    """Something registered with the account beforehand. Any id passes for registered."""

    element_id: int | Annotated[str, Field(min_length=1)]


class Omni(Body):
    """The body of ``omni-video``: no negative field, no shots."""

    prompt: Words
    image_list: list[OmniImage] = Field(default=[])
    element_list: list[OmniElement] = Field(default=[])
    aspect_ratio: Ratio | None = None


KINDS: Mapping[str, type[FromText] | type[FromImage] | type[Omni]] = {
    "text2video": FromText,
    "image2video": FromImage,
    "omni-video": Omni,
}


def model(body: FromText | FromImage | Omni) -> Model:
    """The variant a body names.

    Raises:
        Refusal: 1203; there is none of that name for this kind.
    """
    known = kling_models.LEGACY_OMNI if isinstance(body, Omni) else kling_models.LEGACY
    if body.model_name not in known:
        raise refusal(1203, f"model {body.model_name} does not exist")
    return known[body.model_name]


def frames(body: FromText | FromImage | Omni) -> tuple[Picture | None, Picture | None]:
    """The first and the last frame.

    Raises:
        Refusal: 1201; an image out of the limits, or a last frame without a first.
    """
    match body:
        case FromText():
            return None, None
        case FromImage():
            tail = kling_pictures.picture(body.image_tail, field="image_tail") if body.image_tail else None
            return kling_pictures.picture(body.image, field="image"), tail
        case Omni():
            ends = [_typed(body, name) for name in ("first_frame", "end_frame")]
            if ends[1] and not ends[0]:
                raise invalid("image_list: an end_frame needs a first_frame")
            return ends[0], ends[1]


def references(body: FromText | FromImage | Omni) -> tuple[Picture, ...]:
    """The look references, in order."""
    if not isinstance(body, Omni):
        return ()
    return tuple(
        kling_pictures.picture(one.image_url, field="image_list") for one in body.image_list if one.type is None
    )


def check(body: FromText | FromImage | Omni, variant: Model) -> None:
    """Let pass what the variant takes.

    Raises:
        Refusal: 1201, naming the field.
    """
    size = MODES[body.mode]
    shots = None if isinstance(body, Omni) else body.multi_shot
    problems = {
        "duration": int(body.duration) not in _durations(body, variant),
        "sound": body.sound is not None and body.sound not in variant.audio,
        "mode": price(body) not in variant.prices
        or (_ends(body) and bool(variant.tail_sizes) and size not in variant.tail_sizes),
        "multi_shot": shots is not None and not variant.shots,
        "aspect_ratio": isinstance(body, Omni) and body.aspect_ratio is None and not _first(body),
        "image_list": isinstance(body, Omni) and _listed(body) > variant.references,
    }
    for field, bad in problems.items():
        if bad:
            raise invalid(f"{field}: not taken by {body.model_name}")


def price(body: Body) -> str:
    """The key of the price: the resolution, with sound or without."""
    return MODES[body.mode] + ("_audio" if body.sound == "on" else "")


def _typed(body: Omni, name: str) -> Picture | None:
    found = [one for one in body.image_list if one.type == name]
    if len(found) > 1:
        raise invalid(f"image_list: at most one {name}")
    return kling_pictures.picture(found[0].image_url, field=f"image_list.{name}") if found else None


def _durations(body: Body, variant: Model) -> range | tuple[int, ...]:
    alone = isinstance(body, Omni) and [one.type for one in body.image_list] == ["first_frame"]
    fewer = alone and variant.frame_durations and not (isinstance(body, Omni) and body.element_list)
    return tuple(variant.frame_durations if fewer else variant.durations)


def _ends(body: Body) -> bool:
    return isinstance(body, FromImage) and body.image_tail is not None


def _first(body: Omni) -> bool:
    return any(one.type == "first_frame" for one in body.image_list)


def _listed(body: Omni) -> int:
    return sum(one.type is None for one in body.image_list) + len(body.element_list)
