"""The apps behind fal's queue: their bodies, habits and prices; and a checked body as an order.

Kling, Veo and Seedance have the habits of their families. Prices from the vendor's model pages [D], Kling's, and
Seedance's beyond 720p, from third parties [T], 2026-11-20. Left out: the standard, fast and lite apps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.sandbox import fal_bodies as bodies
from tools.sandbox import stills
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.fal_bodies import Body
from tools.sandbox.scene import Fault
from tools.sandbox.stage import Order
from tools.sandbox.wire import Asked, proportion

VENDOR = "fal"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One app.

    Attributes:
        prices: Micro USD per second by resolution, silent and with sound.
        tells_seed: Whether its result names the seed.
    """

    shape: type[Body]
    temper: Temper
    prices: Mapping[str, tuple[int, int]]
    tells_seed: bool = False


KLING = Temper(
    heed=Heed.NATIVE,
    leans={
        Fault.STUDIO_LIGHT: 1.3,
        Fault.PHOTOREAL: 0.9,
        Fault.EXTRA_FINGERS: 0.85,
        Fault.DUPLICATE_SUBJECT: 1.3,
    },
)
VEO = Temper(
    heed=Heed.NATIVE,
    leans={Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5, Fault.COLOR_CAST: 0.8, Fault.FLICKER: 0.7},
)
SEEDANCE = Temper(
    heed=Heed.CLAUSE,
    documented=frozenset({Fault.CAPTION, Fault.WATERMARK}),
    leans={
        Fault.CAPTION: 2.0,
        Fault.WATERMARK: 1.5,
        Fault.COLOR_CAST: 1.3,
        Fault.JUMP_CUT: 1.4,
        Fault.PHOTOREAL: 0.85,
        Fault.EXTRA_FINGERS: 0.9,
    },
)


def _kling(shape: type[Body]) -> App:
    return App(shape=shape, temper=KLING, prices={"1080p": (112_000, 168_000)})


def _veo(shape: type[Body]) -> App:
    prices = {"720p": (200_000, 400_000), "1080p": (200_000, 400_000), "4k": (400_000, 600_000)}
    return App(shape=shape, temper=VEO, prices=prices)


def _seedance(shape: type[Body]) -> App:
    dear = {"480p": 135_000, "720p": 303_000, "1080p": 682_000, "4k": 1_555_000}  # the same with sound
    prices = {size: (price, price) for size, price in dear.items()}
    return App(shape=shape, temper=SEEDANCE, prices=prices, tells_seed=True)


APPS: Mapping[str, App] = {
    "fal-ai/kling-video/v3/pro/text-to-video": _kling(bodies.KlingFromText),
    "fal-ai/kling-video/v3/pro/image-to-video": _kling(bodies.KlingFromImage),
    "fal-ai/veo3.1": _veo(bodies.VeoFromText),
    "fal-ai/veo3.1/image-to-video": _veo(bodies.VeoFromImage),
    "fal-ai/veo3.1/first-last-frame-to-video": _veo(bodies.VeoFromEnds),
    "fal-ai/veo3.1/reference-to-video": _veo(bodies.VeoFromLooks),
    "bytedance/seedance-2.0/text-to-video": _seedance(bodies.Seedance),
    "bytedance/seedance-2.0/image-to-video": _seedance(bodies.SeedanceFromImage),
    "bytedance/seedance-2.0/reference-to-video": _seedance(bodies.SeedanceFromLooks),
}


def order(asked: Asked, name: str, wanted: Body) -> Order:
    """A checked body as an order; over the account's limit it waits [D]."""
    app = APPS[name]
    silent, with_sound = app.prices[wanted.size]
    return Order(
        vendor=VENDOR,
        model=name,
        temper=app.temper,
        route=asked.route,
        body=asked.body,
        text=wanted.text,
        negative_field=wanted.negatives,
        seconds=wanted.seconds,
        ratio=proportion(wanted.frame),
        references=tuple(filter(None, map(stills.from_data_uri, wanted.looks))),
        price_micro_usd=(with_sound if wanted.generate_audio else silent) * wanted.seconds,
        waits=True,
    )
