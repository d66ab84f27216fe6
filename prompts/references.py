"""Reference images and what to take from them."""

from dataclasses import dataclass
from enum import StrEnum

from prompts.errors import BadSheetError


class Dimension(StrEnum):
    """What of a reference image can be used or ignored."""

    PALETTE = "palette"
    LIGHTING = "lighting"
    TEXTURE = "texture"
    COMPOSITION = "composition"
    BACKGROUND = "background"
    SUBJECT = "subject"
    WARDROBE = "wardrobe"
    LENS_FLARE = "lens flare"
    COLOR_CAST = "color cast"


class Role(StrEnum):
    """Whether the image guides the look or is a frame of the shot."""

    LOOK = "look"
    FIRST_FRAME = "first frame"
    LAST_FRAME = "last frame"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One image of the project with its use and ignore lists.

    Attributes:
        id: The stored image, by content.
        label: What the person calls it (``"1"``, ``"the alley"``).

    Raises:
        BadSheetError: A dimension is both used and ignored.
    """

    id: str
    label: str
    use: tuple[Dimension, ...] = ()
    ignore: tuple[Dimension, ...] = ()
    role: Role = Role.LOOK

    def __post_init__(self) -> None:
        both = sorted(set(self.use) & set(self.ignore))
        if both:
            raise BadSheetError(f"reference {self.label}: {', '.join(both)} cannot be both used and ignored")
