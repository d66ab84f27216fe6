"""The bodies Runway takes: one closed shape per family and kind, typed as in the official client 5.24.0 [S]."""

from collections.abc import Sequence
from typing import Literal

from tools.sandbox import runway_inputs as inputs
from tools.sandbox.runway_parts import AUTO, USUAL_SECONDS, FromFirst, FromFrames, Image, Loud, Plain, WithLooks
from tools.sandbox.wire import Strict


class Moderation(Strict):
    """How strict to be with public figures."""

    public_figure_threshold: Literal["auto", "low"] = "auto"


class _Own(Plain):
    ratio: str
    seed: inputs.Seed | None = None
    content_moderation: Moderation | None = None


class OwnText(_Own):
    """gen4.5 from text."""

    prompt_text: inputs.Short
    duration: int
    output_format: Literal["mp4"] | None = None


class OwnImage(OwnText, FromFirst):
    """gen4.5 from a first frame."""


class TurboImage(_Own, FromFirst):
    """gen4_turbo, from a first frame only."""

    prompt_text: inputs.Short | None = None
    duration: int = USUAL_SECONDS


class _Veo(Plain):
    negative_prompt: inputs.Negative = ""
    ratio: str
    duration: int = 8
    audio: bool = True
    seed: inputs.Seed | None = None

    @property
    def negative(self) -> str:
        """Veo is the one family with a negative field."""
        return self.negative_prompt

    @property
    def sound(self) -> bool:
        """On unless it is switched off."""
        return self.audio


class VeoText(_Veo):
    """Hosted Veo from text."""

    prompt_text: inputs.Short


class VeoImage(_Veo, FromFrames):
    """Hosted Veo from frames."""

    prompt_text: inputs.Short | None = None


class Segment(Strict):
    """One of several shots."""

    prompt: str
    duration: int


class Shots(Strict):
    """Several shots in one clip; left out, it is a single take."""

    multi_prompt: list[Segment] | None = None
    shot_type: Literal["intelligence", "customize"] | None = None


class _Kling3(Plain):
    prompt_text: inputs.Endless | None = None
    duration: int = USUAL_SECONDS
    audio: bool = False
    provider_settings: Shots | None = None

    @property
    def sound(self) -> bool:
        """Off unless it is switched on [U]."""
        return self.audio


class Kling3Text(_Kling3):
    """Hosted Kling 3.0 from text."""

    ratio: str
    cfg_scale: inputs.Scale = 0.5


class Kling3Image(_Kling3, FromFrames):
    """Hosted Kling 3.0 from frames; between two of them the picture keeps the first one's proportions."""

    ratio: str | None = None
    cfg_scale: inputs.Scale = 0.5


class KlingO3Text(_Kling3):
    """Hosted Kling O3 from text."""

    ratio: str


class KlingO3Image(_Kling3, FromFrames, WithLooks):
    """Hosted Kling O3 from frames, with look references beside them."""

    ratio: str | None = None


class _KlingTurbo(Plain):
    prompt_text: inputs.Endless
    cfg_scale: inputs.Scale = 0.5
    duration: int = USUAL_SECONDS


class KlingTurboText(_KlingTurbo):
    """Hosted Kling 2.5 from text."""

    ratio: str | None = None


class KlingTurboImage(_KlingTurbo, FromFrames):
    """Hosted Kling 2.5 from frames, which give the picture its proportions: there is no ratio."""

    @property
    def ratio(self) -> None:
        """The frame's own."""
        return None


class Kling4Text(Loud, WithLooks):
    """Hosted Kling 4 from text and look references."""

    prompt_text: inputs.Endless
    ratio: str | None = None
    duration: int = USUAL_SECONDS


class Kling4Image(Loud, WithLooks, FromFrames):
    """Hosted Kling 4 from frames and look references. The client leaves its images untyped [U]."""

    prompt_text: inputs.Endless | None = None
    ratio: str | None = None
    duration: int = USUAL_SECONDS


class _Seedance(Plain):
    ratio: str | None = None
    duration: int | Literal["auto"] = AUTO
    audio: bool = True
    seed: inputs.Seed | None = None

    @property
    def sound(self) -> bool:
        """On unless it is switched off."""
        return self.audio


class _SeedanceImage(_Seedance):
    prompt_image: inputs.FramesOrLooks

    @property
    def frames(self) -> Sequence[Image]:
        """The images that have a place."""
        return [image for image in self.prompt_image if image.position]

    @property
    def looks(self) -> Sequence[Image]:
        """The images that have none."""
        return [image for image in self.prompt_image if not image.position]


class SeedanceText(_Seedance, WithLooks):
    """Hosted Seedance 2.0 from text and look references."""

    prompt_text: inputs.Long


class SeedanceImage(_SeedanceImage):
    """Hosted Seedance 2.0 from frames, or from look references without a place."""

    prompt_text: inputs.Long | None = None


class Seedance25Text(_Seedance, WithLooks):
    """Hosted Seedance 2.5 from text and look references."""

    prompt_text: inputs.Longest | None = None
    output_format: Literal["mp4"] | None = None


class Seedance25Image(_SeedanceImage):
    """Hosted Seedance 2.5 from frames, or from look references without a place."""

    prompt_text: inputs.Longest | None = None
    output_format: Literal["mp4"] | None = None


class _Omni(Loud):
    prompt_text: inputs.Endless
    ratio: str | None = None
    duration: int | Literal["auto"] = AUTO


class OmniText(_Omni, WithLooks):
    """Hosted Gemini Omni from text and look references."""


class OmniImage(_Omni, FromFrames):
    """Hosted Gemini Omni from frames."""


Body = (
    OwnText
    | OwnImage
    | TurboImage
    | VeoText
    | VeoImage
    | Kling3Text
    | Kling3Image
    | KlingO3Text
    | KlingO3Image
    | KlingTurboText
    | KlingTurboImage
    | Kling4Text
    | Kling4Image
    | SeedanceText
    | SeedanceImage
    | Seedance25Text
    | Seedance25Image
    | OmniText
    | OmniImage
)
