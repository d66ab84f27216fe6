"""A checked body as an order: what a model does not do is told issue by issue, the rest is read and priced."""

import io

from PIL import Image

from tools.sandbox import stills
from tools.sandbox.runway_bodies import Body
from tools.sandbox.runway_models import TEXT, Model
from tools.sandbox.runway_parts import AUTO, USUAL_SECONDS
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, proportion

VENDOR = "runway"
MICRO_USD_PER_CREDIT = 10_000  # [T]
ADAPTIVE = "auto_"  # what sizes begin with that keep the proportions of what comes in


def issues(wanted: Body, model: Model, *, kind: str) -> list[dict[str, object]]:
    """What a well-formed body asks that this model does not do."""
    found: list[dict[str, object]] = []
    options = list(model.ratios[kind])
    if wanted.ratio is not None and wanted.ratio not in options:
        found.append(
            {"code": "invalid_enum_value", "message": "Invalid enum value", "path": ["ratio"], "options": options}
        )
    if wanted.duration != AUTO and wanted.duration not in model.durations:
        message = f"Number must be one of {', '.join(map(str, model.durations))}"
        found.append({"code": "invalid_literal", "message": message, "path": ["duration"]})
    looks, images = len(wanted.looks), len(wanted.looks) + len(wanted.frames)
    if looks > model.most_looks or images > model.most_images:
        most = min(model.most_looks, model.most_images - len(wanted.frames))
        where = "references" if kind == TEXT or wanted.frames else "promptImage"
        message = f"Array must contain at most {most} element(s)"
        found.append({"code": "too_big", "maximum": most, "type": "array", "message": message, "path": [where]})
    return found


def order(asked: Asked, name: str, model: Model, wanted: Body) -> Order:
    """A checked body as an order."""
    seconds = USUAL_SECONDS if wanted.duration == AUTO else wanted.duration
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=wanted.prompt_text or "",
        negative_field=wanted.negative,
        seconds=seconds,
        ratio=_proportion(wanted, model),
        references=tuple(filter(None, (stills.from_data_uri(look.uri) for look in wanted.looks))),
        price_micro_usd=_credits(wanted, model, seconds=seconds) * MICRO_USD_PER_CREDIT,
        waits=True,
    )


def _credits(wanted: Body, model: Model, *, seconds: int) -> int:
    usual = model.audio_credits if wanted.sound and model.audio_credits else model.credits
    return model.by_ratio.get(wanted.ratio or "", usual) * seconds


def _proportion(wanted: Body, model: Model) -> float:
    """As ordered; where the order leaves it open, that of the first frame or the first look reference."""
    if wanted.ratio is not None and not wanted.ratio.startswith(ADAPTIVE):
        return proportion(wanted.ratio)
    for image in (*wanted.frames, *wanted.looks):
        if data := stills.from_data_uri(image.uri):
            width, height = Image.open(io.BytesIO(data)).size
            return width / height
    return proportion(model.usual_ratio)
