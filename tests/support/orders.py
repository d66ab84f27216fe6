"""One shot as an order to any variant, with any material that the variant takes."""

from functools import cache

from agent.jobs import Order, Still
from agent.profiles import Material, Profile
from prompts.assemble import assemble
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.prompt import Prompt
from prompts.references import Dimension, Reference, Role
from prompts.render import render
from prompts.sheet import Camera, Sheet
from tools.video import registry

VARIANTS = tuple(profile for vendor in registry.vendors() for profile in vendor.profiles)
PAIRS = tuple((profile, goes_out) for profile in VARIANTS for goes_out in profile.offers)

GUIDED = tuple(pair for pair in PAIRS if pair[1].guided)

_ALLEY = Reference(id="alley", label="1", use=(Dimension.PALETTE,), ignore=(Dimension.BACKGROUND,))
_FIRST = Reference(id="first", label="first", role=Role.FIRST_FRAME)
_LAST = Reference(id="last", label="last", role=Role.LAST_FRAME)


def called(pair: object) -> str:
    """What a test of a pair is called."""
    return pair.name if isinstance(pair, Profile) else str(pair)


@cache
def prompt(goes_out: Material, *, looks: int = 1) -> Prompt:
    """The shot with the references of that material."""
    images = (
        *((_ALLEY,) * looks if goes_out.guided else ()),
        *((_FIRST,) if goes_out.framed else ()),
        *((_LAST,) if goes_out.ended else ()),
    )
    return assemble(
        Sheet(
            action="a girl with blue hair walks through the rain towards a neon sign",
            camera=Camera(shot_size="medium shot", angle="low angle", movement="slow push-in"),
            lens="35mm anamorphic",
            lighting="low-key, wet reflections",
            palette="teal and magenta",
        ),
        style=StyleBlock(text="Hand-painted gouache, visible brush strokes, inked contours.", version=1),
        negative=NegativeBlock(
            format=("photorealistic", "3d render"),
            anatomy=("extra fingers", "merged faces"),
            quality=("lens flare", "subtitles", "watermark", "blurry"),
            version=1,
        ),
        references=images,
    )


def order(
    profile: Profile, goes_out: Material, *, still: Still, looks: int = 1, seconds: int = 0, key: str = "job-0001"
) -> Order:
    """The order of that shot: the same image in every place, registered where the variant wants that.

    The length is the one asked, and without one the shortest on offer.
    """
    offer = profile.offers[goes_out]
    return Order(
        key=key,
        model=profile.name,
        rendering=render(prompt(goes_out, looks=looks), profile.dialect, model=profile.name),
        seconds=seconds or offer.durations[0],
        ratio="16:9" if offer.makes("16:9") else offer.ratios[0],
        references=(_sent(profile, still, registered=offer.registered_only),) * looks if goes_out.guided else (),
        first_frame=still if goes_out.framed else None,
        last_frame=still if goes_out.ended else None,
        seed=7 if profile.seed else None,
    )


def _sent(profile: Profile, still: Still, *, registered: bool) -> Still:
    known_as = {profile.vendor: "8012345678"} if registered else {}
    return Still(label=still.label, data=still.data, media_type=still.media_type, known_as=known_as)
