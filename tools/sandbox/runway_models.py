"""Runway's models: what each takes, what it costs, how it is tempered; and a checked body as an order.

Lengths and ratios as the official client 5.24.0 types them [S]; credits from third parties [T]; Kling's are those of
the direct API [U].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.sandbox import runway_bodies as bodies
from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.runway_bodies import AUTO, USUAL_SECONDS, Body
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, proportion

VENDOR = "runway"
TEXT, IMAGE = "text_to_video", "image_to_video"
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
    shapes: Mapping[str, type[Body]]
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

OWN_SHAPES: Mapping[str, type[Body]] = {TEXT: bodies.OwnText, IMAGE: bodies.OwnImage}
VEO_SHAPES: Mapping[str, type[Body]] = {TEXT: bodies.VeoText, IMAGE: bodies.VeoImage}
KLING_SHAPES: Mapping[str, type[Body]] = {TEXT: bodies.KlingText, IMAGE: bodies.KlingImage}
SEEDANCE_SHAPES: Mapping[str, type[Body]] = {TEXT: bodies.SeedanceText, IMAGE: bodies.SeedanceImage}


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
        temper=OWN_TURBO,
        shapes={IMAGE: bodies.TurboImage},
        ratios={IMAGE: OWN_RATIOS},
        durations=range(2, 11),
        credits=5,
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
        large={ratio: 40 for ratio in SEEDANCE_1080} | {ratio: 150 for ratio in SEEDANCE_4K},
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


def issues(wanted: Body, model: Model, *, kind: str) -> list[dict[str, object]]:
    """What a well-formed body asks that this model does not do."""
    found: list[dict[str, object]] = []
    if wanted.ratio is not None and wanted.ratio not in model.ratios[kind]:
        options = list(model.ratios[kind])
        found.append(
            {"code": "invalid_enum_value", "message": "Invalid enum value", "path": ["ratio"], "options": options}
        )
    if wanted.duration != AUTO and wanted.duration not in model.durations:
        message = f"Number must be one of {', '.join(map(str, model.durations))}"
        found.append({"code": "invalid_literal", "message": message, "path": ["duration"]})
    if wanted.mixed:
        found.append({"code": "custom", "message": "Positions and references cannot be mixed", "path": ["promptImage"]})
    return found


def order(asked: Asked, name: str, model: Model, wanted: Body) -> Order:
    """A checked body as an order."""
    ratio = wanted.ratio or model.ratios[TEXT][0]
    seconds = USUAL_SECONDS if wanted.duration == AUTO else wanted.duration
    usual = model.audio_credits if wanted.sound and model.audio_credits else model.credits
    cost = max(model.least_credits, model.large.get(ratio, usual) * seconds)
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=wanted.prompt_text or "",
        negative_field=wanted.negative,
        seconds=seconds,
        ratio=proportion(ratio),
        references=tuple(filter(None, map(stills.from_data_uri, wanted.looks))),
        price_micro_usd=cost * MICRO_USD_PER_CREDIT,
        waits=True,
    )
