"""What a stand-in's renderer is asked to draw: the seam between the wires, who decide it, and the picture."""

from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    """How surfaces are drawn."""

    PAINTERLY = "painterly"
    PHOTOREAL = "photoreal"
    RENDER_3D = "3d"
    FLAT = "flat"


class Key(StrEnum):
    """How much light there is."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Fault(StrEnum):
    """What can go visibly wrong in a clip."""

    PHOTOREAL = "photoreal"  # drawn with photograph-like texture and shading although another look was asked for
    RENDER_3D = "3d render"
    STUDIO_LIGHT = "studio light"  # a low-key scene lifted to bright, even light
    COLOR_CAST = "color cast"
    LENS_FLARE = "lens flare"
    EXTRA_FINGERS = "extra fingers"
    MERGED_FACES = "merged faces"
    DUPLICATE_SUBJECT = "duplicate subject"
    CAPTION = "caption"
    WATERMARK = "watermark"
    BLUR = "blur"
    OVERSHARPENED = "oversharpened"
    FLICKER = "flicker"
    FROZEN = "frozen frames"
    JUMP_CUT = "jump cut"
    LIGHT_DRIFT = "light drift"
    COPIED_COMPOSITION = "copied composition"  # the reference's layout and background reproduced


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One clip to draw; the same scene always gives the same bytes.

    Attributes:
        width: Pixels, even; likewise ``height``.
        palette: Two to five sRGB colours the picture is built from.
        lettering: Text asked for in the picture (a sign); drawn without being a fault.
        reference: Encoded image that COPIED_COMPOSITION copies.
    """

    seconds: float
    width: int
    height: int
    seed: int
    look: Look
    key: Key
    palette: tuple[tuple[int, int, int], ...]
    subjects: int = 1
    faults: frozenset[Fault] = field(default=frozenset())
    lettering: str = ""
    reference: bytes | None = None
    fps: int = 24
