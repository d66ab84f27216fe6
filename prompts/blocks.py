"""The two blocks of a project: style, and negatives in three layers."""

from dataclasses import dataclass
from enum import StrEnum

from prompts.errors import EmptyBlockError


class Layer(StrEnum):
    """The three layers of a negative block."""

    FORMAT = "format"
    ANATOMY = "anatomy"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that must not be seen, as a bare noun phrase (``"lens flare"``, never ``"no lens flare"``)."""

    text: str
    layer: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleBlock:
    """The look of the whole film, as one stored text.

    Attributes:
        motion: A second, short text about movement alone, for models whose vendor advises that with a first frame. The
            person writes it; it is never made from the first. Empty where there is none.

    Raises:
        EmptyBlockError: The text is empty.
    """

    text: str
    version: int
    motion: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise EmptyBlockError(block="style")


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeBlock:
    """What no shot of the film may show, layer by layer.

    Raises:
        EmptyBlockError: No term at all, or a blank one.
    """

    format: tuple[str, ...] = ()
    anatomy: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    version: int

    def __post_init__(self) -> None:
        texts = self.format + self.anatomy + self.quality
        if not texts:
            raise EmptyBlockError(block="negative")
        if any(not text.strip() for text in texts):
            raise EmptyBlockError(block="negative", what="holds a blank term")

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms in order: format violations, anatomy faults, quality faults."""
        layers = ((Layer.FORMAT, self.format), (Layer.ANATOMY, self.anatomy), (Layer.QUALITY, self.quality))
        return tuple(Term(text=text, layer=layer) for layer, texts in layers for text in texts)
