"""Reference plates for a rehearsal: stills as a stand-in would draw a style, without any fault."""

from tools.sandbox import reading, renderer, stage
from tools.sandbox.scene import Key, Scene

WIDTH_PX, HEIGHT_PX = stage.size(16 / 9)


def plate(number: int, *, style: str) -> bytes:
    """A PNG in the look, light and colours that the style's words ask for; each number shows another place."""
    wish = reading.read(style)
    key = wish.key or Key.MID
    colours = wish.palette if len(wish.palette) > 1 else (*wish.palette, *reading.USUAL_PALETTE[key])
    return renderer.still(
        Scene(
            seconds=1.0,
            width=WIDTH_PX,
            height=HEIGHT_PX,
            seed=number,
            look=wish.look,
            key=key,
            palette=colours,
            subjects=1,
        )
    )
