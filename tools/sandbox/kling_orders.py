"""A body of Kling's new standard, checked against its variant, as an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.sandbox import kling_account as account
from tools.sandbox import kling_pictures, wire
from tools.sandbox.kling_account import VENDOR, invalid
from tools.sandbox.kling_bodies import Body, Element, Frame, ReferImage, Settings, Words
from tools.sandbox.kling_models import MODELS, Model
from tools.sandbox.kling_pictures import Picture
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The inputs of a submission, whichever way it gave them.

    Attributes:
        frames: By type; several ``middle_frame`` count as one.
        named: Ids of images and elements, in order.
        elements: How many of them are elements.
    """

    text: str
    frames: Mapping[str, Picture]
    references: tuple[Picture, ...]
    named: tuple[str, ...]
    elements: int


def order(asked: Asked, kind: str, name: str) -> tuple[Order, str | None]:
    """The order in a body, and the address it wants called.

    Raises:
        Refusal: 1201, naming what this model does not take.
    """
    model, body = MODELS[name], wire.parsed(Body, asked.body, wrong=account.wrong)
    asks, how = _asks(body, kind), body.settings
    _check_names(asks)
    _check_words(asks, model, kind=kind)
    _check_frames(asks, model, kind=kind)
    _check_references(asks, model, kind=kind)
    _check_settings(how, model, kind=kind, asks=asks)
    first = asks.frames.get("first_frame", Picture()).ratio
    ratio = wire.proportion(how.aspect_ratio) if how.aspect_ratio else first
    ordered = Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=asks.text,
        seconds=how.duration,
        ratio=ratio or wire.proportion("16:9"),
        price_micro_usd=model.prices[_price(how)] * how.duration,
        key=body.options.external_task_id,
        references=tuple(one.data for one in asks.references if one.data),
    )
    return ordered, body.options.callback_url


def _asks(body: Body, kind: str) -> Asks:
    if (kind == "text-to-video") != (body.prompt is not None) or (body.prompt is None) == (body.contents is None):
        raise invalid("prompt is for text-to-video, contents for image-to-video and omni-video")
    contents = body.contents or []
    images = [one for one in contents if isinstance(one, ReferImage)]
    elements = [one for one in contents if isinstance(one, Element)]
    frames = [one for one in contents if isinstance(one, Frame)]
    ends = [one.type for one in frames if one.type != "middle_frame"]
    if len(set(ends)) != len(ends):
        raise invalid("contents: at most one first_frame and one last_frame")
    return Asks(
        text=body.prompt or " ".join(one.text for one in contents if isinstance(one, Words)),
        frames={one.type: kling_pictures.picture(one.url, field=f"contents.{one.type}") for one in frames},
        references=tuple(kling_pictures.picture(one.url, field="contents.refer_image") for one in images),
        named=(*(one.id for one in images), *(one.id for one in elements)),
        elements=len(elements),
    )


def _check_names(asks: Asks) -> None:
    """No id lies inside another, nor in the prompt but as ``@id`` [D]."""
    if any(a in b for i, a in enumerate(asks.named) for j, b in enumerate(asks.named) if i != j):
        raise invalid("contents.id: ids must not be contained in one another")
    bare = asks.text
    for name in asks.named:
        bare = bare.replace(f"@{name}", "")
    if any(name in bare for name in asks.named):
        raise invalid("contents.id: ids must not occur in the prompt but as @id")


def _check_words(asks: Asks, model: Model, *, kind: str) -> None:
    limit = model.prompt_limit if asks.text.isascii() or model.foreign_limit is None else model.foreign_limit
    if kind == "image-to-video" and model.frame_prompt_limit is not None:
        limit = model.frame_prompt_limit
    if not asks.text.strip() or len(asks.text) > limit:
        raise invalid(f"prompt: must have 1 to {limit} characters")


def _check_frames(asks: Asks, model: Model, *, kind: str) -> None:
    problems = {
        "a first_frame is required": "first_frame" not in asks.frames and (kind == "image-to-video" or asks.frames),
        "this model takes no last_frame": "last_frame" in asks.frames and not model.tail,
        "this model takes no middle_frame": "middle_frame" in asks.frames and not model.middle,
    }
    for problem, there in problems.items():
        if there:
            raise invalid(f"contents: {problem}")


def _check_references(asks: Asks, model: Model, *, kind: str) -> None:
    if kind == "omni-video":
        if len(asks.named) > model.references:
            raise invalid(f"contents: at most {model.references} refer_image and element together")
        return
    if asks.references:
        raise invalid("contents: refer_image is for omni-video")
    if asks.elements > model.elements:
        raise invalid(f"contents: at most {model.elements} element for this model")


def _check_settings(how: Settings, model: Model, *, kind: str, asks: Asks) -> None:
    problems = {
        "resolution": _price(how) not in model.prices or not _makes(how.resolution, model, asks),
        "duration": how.duration not in _durations(model, asks),
        "audio": how.audio is not None and how.audio not in model.audio,
        "multi_shot": how.multi_shot is not None and not model.shots,
        "aspect_ratio": _wrong_ratio(how.aspect_ratio, model, kind=kind, asks=asks),
    }
    for field, bad in problems.items():
        if bad:
            raise invalid(f"settings.{field}: not taken by this model")


def _price(how: Settings) -> str:
    return how.resolution + ("_audio" if how.audio == "native" else "")


def _makes(resolution: str, model: Model, asks: Asks) -> bool:
    return "last_frame" not in asks.frames or not model.tail_sizes or resolution in model.tail_sizes


def _durations(model: Model, asks: Asks) -> Sequence[int]:
    alone = set(asks.frames) == {"first_frame"} and not asks.named
    return model.frame_durations if alone and model.frame_durations else model.durations


def _wrong_ratio(ratio: str | None, model: Model, *, kind: str, asks: Asks) -> bool:
    """Image-to-video has none; omni-video needs one unless a first frame gives it [D]."""
    if ratio is None:
        return kind == "omni-video" and not asks.frames
    return kind == "image-to-video" or ratio not in model.ratios
