"""The Seedance variants on Ark under the ids of both platforms, with their limits, frame sizes and prices.

Ids, durations and sizes of inputs from the vendor's pages [D], frame sizes and prices from third parties [T],
2026-11-20.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.sandbox.bite import Heed, Temper
from tools.sandbox.scene import Fault

FPS = 24
SHORTEST = 4
RATIOS = ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9")

# Frame sizes by resolution and ratio, measured [T]; tokens, and so prices, follow from them.
SIZES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "480p": ((864, 496), (752, 560), (640, 640), (560, 752), (496, 864), (992, 432)),
    "720p": ((1280, 720), (1112, 834), (960, 960), (834, 1112), (720, 1280), (1470, 630)),
    "1080p": ((1920, 1080), (1664, 1248), (1440, 1440), (1248, 1664), (1080, 1920), (2206, 946)),
    "4k": ((3840, 2160), (2880, 2160), (2160, 2160), (2160, 2880), (2160, 3840), (3840, 1646)),
}
LEANS = {
    Fault.CAPTION: 2.0,
    Fault.WATERMARK: 1.5,
    Fault.COLOR_CAST: 1.3,
    Fault.JUMP_CUT: 1.4,
    Fault.PHOTOREAL: 0.85,
    Fault.EXTRA_FINGERS: 0.9,
}
DOCUMENTED = frozenset({Fault.CAPTION, Fault.WATERMARK})  # the vendor gives wordings for these two [D via T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant.

    Attributes:
        prices: Micro USD per second at 16:9 by resolution, without video input [T]; the resolutions it makes.
        images: Most look references; ``clips`` and ``sounds`` likewise.
    """

    distilled: bool
    prices: Mapping[str, int]
    longest: int = 15
    images: int = 9
    clips: int = 3
    sounds: int = 3

    @property
    def temper(self) -> Temper:
        """Its habits."""
        return Temper(heed=Heed.CLAUSE, distilled=self.distilled, leans=LEANS, documented=DOCUMENTED)


FULL = Model(distilled=False, prices={"480p": 70_000, "720p": 151_000, "1080p": 374_000, "4k": 778_000})
FAST = Model(distilled=True, prices={"480p": 56_000, "720p": 121_000})
MINI = Model(distilled=True, prices={"480p": 35_000, "720p": 76_000})
NEWER = Model(
    distilled=False, prices={"480p": 103_000, "720p": 231_000, "1080p": 535_000}, longest=30, images=30, clips=10
)
MODELS = {
    "dreamina-seedance-2-0-260128": FULL,
    "dreamina-seedance-2-0-fast-260128": FAST,
    "dreamina-seedance-2-0-mini": MINI,
    "dreamina-seedance-2-5-260628": NEWER,
    "doubao-seedance-2-0-260128": FULL,
    "doubao-seedance-2-0-fast-260128": FAST,
    "doubao-seedance-2-0-mini-260615": MINI,
    "doubao-seedance-2-5-260628": NEWER,
}
_OLDER = ("1-5-pro-251215", "1-0-pro-250528", "1-0-pro-fast-251015", "1-0-lite-t2v-250428", "1-0-lite-i2v-250428")
NOT_OPEN = frozenset(f"{platform}seedance-{version}" for platform in ("", "doubao-") for version in _OLDER)
"""Models the vendor has and the sandbox's account has not activated."""


def size(resolution: str, ratio: str) -> tuple[int, int]:
    """Width and height of the vendor's own clip."""
    return SIZES[resolution][RATIOS.index(ratio)]
