"""Runway's models, its own and those it hosts: what each takes, what it costs, how it is tempered.

Lengths and ratios as the official client 5.24.0 types them [S]; where it types only a whole number, the maker's own
range [D]. Credits from third parties [T]; Kling's are not published, so the direct API's prices are used [U]. The least
that a clip of Seedance mini or 2.5 costs is what four seconds, its shortest, cost anyway. Read 2026-11-20.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.sandbox import runway_bodies as bodies
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.runway_bodies import Body
from tools.sandbox.scene import Fault

TEXT, IMAGE = "text_to_video", "image_to_video"

WIDE_AND_TALL = ("1280:720", "720:1280")
OWN_RATIOS = (*WIDE_AND_TALL, "1104:832", "832:1104", "960:960", "1584:672")
VEO_RATIOS = (*WIDE_AND_TALL, "1080:1920", "1920:1080")
KLING_720 = (*WIDE_AND_TALL, "960:960")
KLING_1080 = ("1920:1080", "1080:1920", "1440:1440")
KLING_TURBO_RATIOS = (*KLING_1080, *WIDE_AND_TALL, "720:720")
KLING_4_720 = (*WIDE_AND_TALL, "940:940", "1460:624")
KLING_4_1080 = ("1920:1080", "1080:1920", "1440:1440", "2200:940", "auto_1080p")
KLING_4_FRAMED = ("auto_720p", "auto_1080p")
SEEDANCE_480 = ("992:432", "864:496", "752:560", "640:640", "560:752", "496:864")
SEEDANCE_25_480 = ("992:432", "854:480", "752:560", "640:640", "560:752", "480:854")
SEEDANCE_720 = ("1470:630", "1280:720", "1112:834", "960:960", "834:1112", "720:1280")
SEEDANCE_1080 = ("2206:946", "1920:1080", "1664:1248", "1440:1440", "1248:1664", "1080:1920")
SEEDANCE_4K = ("3840:1646", "3840:2160", "3840:2880", "3840:3840", "2880:3840", "2160:3840")
OMNI_RATIOS = ("640:360", "360:640", *WIDE_AND_TALL, "1920:1080", "1080:1920", "3840:2160", "2160:3840")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model.

    Attributes:
        shapes: Body per kind of request; a kind left out does not exist.
        ratios: Per kind; empty where the field does not exist.
        credits: Per second; ``audio_credits`` with sound, ``by_ratio`` at ratios that cost other than that.
        most_looks: Look references it takes; ``most_images`` counts the frames too.
        usual_ratio: Where the client may leave it out.
    """

    temper: Temper
    shapes: Mapping[str, type[Body]]
    ratios: Mapping[str, Sequence[str]]
    durations: Sequence[int]
    credits: int
    audio_credits: int = 0
    by_ratio: Mapping[str, int] = field(default_factory=dict[str, int])
    most_looks: int = 0
    most_images: int = 32
    usual_ratio: str = "1280:720"


OWN = Temper(heed=Heed.POSITIVE, leans={Fault.RENDER_3D: 1.5, Fault.STUDIO_LIGHT: 0.8, Fault.LIGHT_DRIFT: 1.3})
OWN_TURBO = Temper(heed=Heed.POSITIVE, distilled=True, leans=OWN.leans)
VEO = Temper(heed=Heed.NATIVE, leans={Fault.PHOTOREAL: 1.2, Fault.CAPTION: 1.5})
VEO_FAST = Temper(heed=Heed.NATIVE, distilled=True, leans=VEO.leans)
KLING = Temper(heed=Heed.CLAUSE, leans={Fault.STUDIO_LIGHT: 1.3, Fault.PHOTOREAL: 0.9})
KLING_TURBO = Temper(heed=Heed.CLAUSE, distilled=True, leans=KLING.leans)
SEEDANCE_DOCUMENTED = frozenset({Fault.CAPTION, Fault.WATERMARK})
SEEDANCE = Temper(heed=Heed.CLAUSE, documented=SEEDANCE_DOCUMENTED, leans={Fault.CAPTION: 2.0, Fault.COLOR_CAST: 1.3})
SEEDANCE_FAST = Temper(heed=Heed.CLAUSE, distilled=True, documented=SEEDANCE_DOCUMENTED, leans=SEEDANCE.leans)
OMNI = Temper(heed=Heed.CLAUSE, distilled=True, leans={Fault.PHOTOREAL: 1.1, Fault.CAPTION: 1.2})


def _both(ratios: Sequence[str]) -> dict[str, Sequence[str]]:
    return {TEXT: ratios, IMAGE: ratios}


def _veo(temper: Temper, *, rate: int, audio_rate: int) -> Model:
    return Model(
        temper=temper,
        shapes={TEXT: bodies.VeoText, IMAGE: bodies.VeoImage},
        ratios=_both(VEO_RATIOS),
        durations=(4, 6, 8),
        credits=rate,
        audio_credits=audio_rate,
    )


def _kling3(ratios: Sequence[str], *, rate: int, audio_rate: int) -> Model:
    return Model(
        temper=KLING,
        shapes={TEXT: bodies.Kling3Text, IMAGE: bodies.Kling3Image},
        ratios=_both(ratios),
        durations=range(3, 16),
        credits=rate,
        audio_credits=audio_rate,
        usual_ratio=ratios[0],
    )


def _kling_o3(ratios: Sequence[str], *, rate: int, audio_rate: int) -> Model:
    return Model(
        temper=KLING,
        shapes={TEXT: bodies.KlingO3Text, IMAGE: bodies.KlingO3Image},
        ratios=_both(ratios),
        durations=range(3, 16),
        credits=rate,
        audio_credits=audio_rate,
        most_looks=7,
        usual_ratio=ratios[0],
    )


def _seedance(temper: Temper, *, ratios: Sequence[str] = (), rate: int) -> Model:
    return Model(
        temper=temper,
        shapes={TEXT: bodies.SeedanceText, IMAGE: bodies.SeedanceImage},
        ratios=_both((*SEEDANCE_480, *SEEDANCE_720, *ratios)),
        durations=range(4, 16),
        credits=rate,
        by_ratio={ratio: 40 for ratio in SEEDANCE_1080} | {ratio: 150 for ratio in SEEDANCE_4K},
        most_looks=9,
    )


MODELS: Mapping[str, Model] = {
    "gen4.5": Model(
        temper=OWN,
        shapes={TEXT: bodies.OwnText, IMAGE: bodies.OwnImage},
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
    "veo3.1": _veo(VEO, rate=20, audio_rate=40),
    "veo3.1_fast": _veo(VEO_FAST, rate=10, audio_rate=15),
    "kling2.5_turbo_pro": Model(
        temper=KLING_TURBO,
        shapes={TEXT: bodies.KlingTurboText, IMAGE: bodies.KlingTurboImage},
        ratios={TEXT: KLING_TURBO_RATIOS, IMAGE: ()},
        durations=(5, 10),
        credits=7,
    ),
    "kling3.0_standard": _kling3(KLING_720, rate=9, audio_rate=13),
    "kling3.0_pro": _kling3(KLING_1080, rate=12, audio_rate=17),
    "klingO3_standard": _kling_o3(KLING_720, rate=9, audio_rate=12),
    "klingO3_pro": _kling_o3(KLING_1080, rate=12, audio_rate=14),
    "kling_4": Model(
        temper=KLING,
        shapes={TEXT: bodies.Kling4Text, IMAGE: bodies.Kling4Image},
        ratios={TEXT: (*KLING_4_720, *KLING_4_1080, "auto_720p"), IMAGE: KLING_4_FRAMED},
        durations=range(3, 31),
        credits=16,
        by_ratio={ratio: 24 for ratio in KLING_4_1080},
        most_looks=10,
        most_images=10,
    ),
    "seedance2": _seedance(SEEDANCE, ratios=(*SEEDANCE_1080, *SEEDANCE_4K), rate=36),
    "seedance2_fast": _seedance(SEEDANCE_FAST, rate=29),
    "seedance2_mini": _seedance(SEEDANCE_FAST, rate=16),
    "seedance2_5": Model(
        temper=SEEDANCE,
        shapes={TEXT: bodies.Seedance25Text, IMAGE: bodies.Seedance25Image},
        ratios=_both((*SEEDANCE_25_480, *SEEDANCE_720, *SEEDANCE_1080)),
        durations=range(4, 31),
        credits=30,
        by_ratio={ratio: 20 for ratio in SEEDANCE_25_480} | {ratio: 68 for ratio in SEEDANCE_1080},
        most_looks=30,
    ),
    "gemini_omni_flash_1.1": Model(
        temper=OMNI,
        shapes={TEXT: bodies.OmniText, IMAGE: bodies.OmniImage},
        ratios=_both(OMNI_RATIOS),
        durations=range(3, 11),
        credits=10,
        most_looks=3,  # not typed; the direct API's [T]
    ),
}
