"""How negatives bite in the sandbox: chances per fault, and what one take draws from them.

A model of the split the vendors' documents describe, never a measurement (`docs/sandbox.md` says it in words). One take
shows a fault with chance ``base x lean x (1 - pull)``: ``base`` where nothing is said, ``lean`` the model's habit,
``pull`` how strongly the best of the ways it was forbidden holds it back.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tools.sandbox.phrases import Way
from tools.sandbox.reading import Wish
from tools.sandbox.scene import Fault, Key, Look


class Layer(StrEnum):
    """Which part of a negative block a fault belongs to."""

    FORMAT = "format"
    ANATOMY = "anatomy"
    QUALITY = "quality"


class Heed(StrEnum):
    """What kind of negative a model listens to."""

    NATIVE = "native field"
    CLAUSE = "clause"
    POSITIVE = "positive only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """One model's habits.

    Attributes:
        leans: Per fault, how much oftener than usual it happens here.
        documented: Faults the vendor documents a clause for; it pulls like a native field.
    """

    heed: Heed
    distilled: bool = False
    leans: Mapping[Fault, float] = field(default_factory=dict[Fault, float])
    documented: frozenset[Fault] = frozenset()


# Chance that one unprotected take shows the fault: something of format in about half of low-key painted shots,
# something of anatomy in about a quarter, something of quality in about a seventh.
BASE: Mapping[Fault, tuple[Layer, float]] = {
    Fault.PHOTOREAL: (Layer.FORMAT, 0.30),
    Fault.RENDER_3D: (Layer.FORMAT, 0.06),
    Fault.STUDIO_LIGHT: (Layer.FORMAT, 0.22),
    Fault.COLOR_CAST: (Layer.FORMAT, 0.12),
    Fault.LENS_FLARE: (Layer.FORMAT, 0.04),
    Fault.CAPTION: (Layer.FORMAT, 0.04),
    Fault.WATERMARK: (Layer.FORMAT, 0.03),
    Fault.COPIED_COMPOSITION: (Layer.FORMAT, 0.35),
    Fault.EXTRA_FINGERS: (Layer.ANATOMY, 0.14),
    Fault.MERGED_FACES: (Layer.ANATOMY, 0.10),
    Fault.DUPLICATE_SUBJECT: (Layer.ANATOMY, 0.06),
    Fault.BLUR: (Layer.QUALITY, 0.035),
    Fault.OVERSHARPENED: (Layer.QUALITY, 0.02),
    Fault.FLICKER: (Layer.QUALITY, 0.03),
    Fault.FROZEN: (Layer.QUALITY, 0.015),
    Fault.JUMP_CUT: (Layer.QUALITY, 0.03),
    Fault.LIGHT_DRIFT: (Layer.QUALITY, 0.025),
}
PULL: Mapping[tuple[Heed, bool], Mapping[Way, tuple[float, float, float]]] = {  # format, anatomy, quality
    (Heed.NATIVE, False): {
        Way.FIELD: (0.92, 0.75, 0.80),
        Way.CLAUSE: (0.45, 0.15, 0.20),
        Way.POSITIVE: (0.40, 0.45, 0.35),
    },
    (Heed.NATIVE, True): {
        Way.FIELD: (0.50, 0.35, 0.40),
        Way.CLAUSE: (0.25, 0.10, 0.10),
        Way.POSITIVE: (0.30, 0.35, 0.25),
    },
    (Heed.CLAUSE, False): {Way.CLAUSE: (0.82, 0.15, 0.15), Way.POSITIVE: (0.55, 0.60, 0.55)},
    (Heed.CLAUSE, True): {Way.CLAUSE: (0.45, 0.08, 0.08), Way.POSITIVE: (0.40, 0.45, 0.40)},
    (Heed.POSITIVE, False): {Way.POSITIVE: (0.82, 0.60, 0.55)},
    (Heed.POSITIVE, True): {Way.POSITIVE: (0.45, 0.40, 0.35)},
}
DOCUMENTED_PULL = 0.92
STUCK = {
    Layer.FORMAT: 0.90,
    Layer.ANATOMY: 0.15,
    Layer.QUALITY: 0.40,
}  # share fixed per shot and model; the rest is luck
SHORT_LIST = 6  # terms that do not crowd each other
DILUTION = {False: 0.01, True: 0.03}  # share of the pull each further term costs, full and distilled
MOST_DILUTION = 0.5
ATTRACTION = 0.15  # of what is left to lose: a positive-only model paints what it is told not to
ASKED = 0.85  # what the shot wants on purpose comes, whatever is forbidden
GUIDED_COPY = 0.10 / 0.35  # a reference whose text says what to ignore is copied this much seldomer
ALONE_MERGES = 0.3  # one face merges seldomer than several
MID_KEY_LIFT = 0.25  # a shot that is not low-key has less to lose to studio light
DISTILLED_SLIPS = 1.25  # few-step models slip oftener in anatomy and quality


def chance(fault: Fault, *, temper: Temper, wish: Wish, key: Key, reference: bool) -> float:
    """How probably one take of this wish, lit in this key, shows the fault on this model."""
    if fault in wish.asked:
        return ASKED
    layer, base = BASE[fault]
    slips = DISTILLED_SLIPS if temper.distilled and layer is not Layer.FORMAT else 1.0
    exposed = min(
        1.0, base * _setting(fault, wish, key=key, reference=reference) * temper.leans.get(fault, 1.0) * slips
    )
    ways = wish.said.get(fault, frozenset())
    held = exposed * (1 - max((_pull(fault, way, temper, wish) for way in ways), default=0.0))
    provoked = exposed > 0 and temper.heed is Heed.POSITIVE and Way.CLAUSE in ways
    return held + (1 - held) * ATTRACTION if provoked else held


def draw(*, seed: int, model: str, words: str, take: int, chances: Mapping[Fault, float]) -> frozenset[Fault]:
    """The faults of one take. What is stuck depends on the model and the words; luck also on the take's number."""
    return frozenset(
        fault
        for fault, p in chances.items()
        if _shows(
            p,
            share=STUCK[BASE[fault][0]],
            bite=unit(seed, "bite", model, words, fault),
            luck=unit(seed, "luck", model, words, take, fault),
        )
    )


def unit(*parts: object) -> float:
    """A number in [0, 1) that depends on nothing but the parts."""
    digest = hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)


def _shows(p: float, *, share: float, bite: float, luck: float) -> bool:
    """True with chance ``p`` over all shots and takes, of which ``share`` is decided once per shot and model."""
    stuck = p * share
    return bite < stuck or luck < (p - stuck) / (1 - stuck)


def _setting(fault: Fault, wish: Wish, *, key: Key, reference: bool) -> float:
    """How far this shot can show the fault at all."""
    match fault:
        case Fault.PHOTOREAL:
            return 0.0 if wish.look is Look.PHOTOREAL else 1.0
        case Fault.RENDER_3D:
            return 0.0 if wish.look is Look.RENDER_3D else 1.0
        case Fault.STUDIO_LIGHT:
            return {Key.LOW: 1.0, Key.MID: MID_KEY_LIFT, Key.HIGH: 0.0}[key]
        case Fault.MERGED_FACES:
            return 1.0 if wish.subjects > 1 else ALONE_MERGES
        case Fault.COPIED_COMPOSITION:
            return (GUIDED_COPY if wish.guided else 1.0) if reference else 0.0
        case _:
            return 1.0


def _pull(fault: Fault, way: Way, temper: Temper, wish: Wish) -> float:
    """How much of the chance this way takes away; less in a long list."""
    layers = PULL[temper.heed, temper.distilled].get(way, (0.0, 0.0, 0.0))
    pull = layers[tuple(Layer).index(BASE[fault][0])]
    if way is Way.CLAUSE and fault in temper.documented:
        pull = max(pull, DOCUMENTED_PULL)
    crowd = max(0, wish.counts[way] - SHORT_LIST) * DILUTION[temper.distilled]
    return pull * (1 - min(MOST_DILUTION, crowd))
