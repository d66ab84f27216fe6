"""Kling's variants in both API standards: what each takes and costs.

From the vendor's pages of 2026-09-20 [D]; Kling 4.0 and its paths from third parties [T/U].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.sandbox.bite import Heed, Temper
from tools.sandbox.scene import Fault

LEANS = {Fault.STUDIO_LIGHT: 1.3, Fault.PHOTOREAL: 0.9, Fault.EXTRA_FINGERS: 0.85, Fault.DUPLICATE_SUBJECT: 1.3}
TURBO_LEANS = LEANS | {Fault.OVERSHARPENED: 1.5, Fault.MERGED_FACES: 1.3}

# Micro USD per second by resolution, `_audio` appended with sound [D]; of 4.0 a reseller's [T].
PRICES_3 = {
    "720p": 84_000,
    "1080p": 112_000,
    "4k": 420_000,
    "720p_audio": 126_000,
    "1080p_audio": 168_000,
    "4k_audio": 420_000,
}
PRICES_3_OMNI = PRICES_3 | {"720p_audio": 112_000, "1080p_audio": 140_000}
PRICES_3_TURBO = {"720p": 112_000, "1080p": 140_000}
PRICES_O1 = {"720p": 84_000, "1080p": 112_000}
PRICES_26 = {"720p": 42_000, "1080p": 70_000, "1080p_audio": 140_000}
PRICES_25_TURBO = {"720p": 42_000, "1080p": 70_000}
PRICES_4 = {"720p": 157_000, "1080p": 235_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One variant.

    Attributes:
        prompt_limit: Characters; ``foreign_limit`` for words that are not English, ``frame_prompt_limit`` on
            image-to-video, where they differ.
        frame_durations: Lengths with a first frame and nothing else, where they are fewer.
        audio: Values of the sound field; empty where there is none.
        shots: Whether it has ``multi_shot``.
        tail: Whether it takes a last frame; ``tail_sizes`` are the resolutions it then makes.
        middle: Whether it takes frames between.
        references: Most images and elements together among the contents of omni-video.
        elements: Most elements beside a first frame on image-to-video.
    """

    temper: Temper
    prices: Mapping[str, int]
    durations: Sequence[int] = range(3, 16)
    frame_durations: Sequence[int] = ()
    ratios: tuple[str, ...] = ("16:9", "9:16", "1:1")
    prompt_limit: int = 2500
    foreign_limit: int | None = None
    frame_prompt_limit: int | None = None
    audio: tuple[str, ...] = ()
    shots: bool = False
    tail: bool = True
    tail_sizes: tuple[str, ...] = ()
    middle: bool = False
    references: int = 0
    elements: int = 0


def _temper(heed: Heed, *, turbo: bool = False) -> Temper:
    return Temper(heed=heed, distilled=turbo, leans=TURBO_LEANS if turbo else LEANS)


MODELS = {
    "kling-3.0": Model(
        temper=_temper(Heed.CLAUSE),
        prices=PRICES_3,
        prompt_limit=3072,
        audio=("native", "off"),
        shots=True,
        elements=3,
    ),
    "kling-3.0-turbo": Model(
        temper=_temper(Heed.CLAUSE, turbo=True),
        prices=PRICES_3_TURBO,
        prompt_limit=3072,
        frame_prompt_limit=2500,
        tail=False,
    ),
    "kling-3.0-omni": Model(
        temper=_temper(Heed.CLAUSE),
        prices=PRICES_3_OMNI,
        prompt_limit=3072,
        audio=("native", "original", "off"),
        shots=True,
        references=7,
    ),
    "kling-o1": Model(
        temper=_temper(Heed.CLAUSE),
        prices=PRICES_O1,
        durations=range(3, 11),
        frame_durations=(5, 10),
        audio=("original", "off"),
        references=7,
    ),
    "kling-2.6": Model(
        temper=_temper(Heed.CLAUSE),
        prices=PRICES_26,
        durations=(5, 10),
        audio=("native", "off"),
        tail_sizes=("1080p",),
    ),
    "kling-2.5-turbo": Model(
        temper=_temper(Heed.CLAUSE, turbo=True),
        prices=PRICES_25_TURBO,
        durations=(5, 10),
        tail_sizes=("1080p",),
    ),
    "kling-4.0": Model(
        temper=_temper(Heed.CLAUSE),
        prices=PRICES_4,
        durations=range(3, 31),
        ratios=("16:9", "9:16", "1:1", "21:9"),
        prompt_limit=26_000,
        foreign_limit=11_000,
        middle=True,
        references=10,
    ),
}
FRAMED = ("kling-3.0", "kling-3.0-turbo", "kling-2.6", "kling-2.5-turbo", "kling-4.0")
KINDS: Mapping[str, Sequence[str]] = {
    "text-to-video": FRAMED,
    "image-to-video": FRAMED,
    "omni-video": ("kling-3.0-omni", "kling-o1", "kling-4.0"),
}

SOUND = ("on", "off")
LEGACY = {
    "kling-v3": Model(temper=_temper(Heed.NATIVE), prices=PRICES_3, audio=SOUND, shots=True),
    "kling-v2-6": Model(
        temper=_temper(Heed.NATIVE), prices=PRICES_26, durations=(5, 10), audio=SOUND, tail_sizes=("1080p",)
    ),
    "kling-v2-5-turbo": Model(
        temper=_temper(Heed.NATIVE, turbo=True), prices=PRICES_25_TURBO, durations=(5, 10), tail_sizes=("1080p",)
    ),
}
# The negative of these can only stand in the prompt: omni-video has no field for it.
LEGACY_OMNI = {
    "kling-v3-omni": Model(temper=_temper(Heed.CLAUSE), prices=PRICES_3_OMNI, audio=SOUND, references=7),
    "kling-video-o1": Model(
        temper=_temper(Heed.CLAUSE), prices=PRICES_O1, durations=range(3, 11), frame_durations=(5, 10), references=7
    ),
}
