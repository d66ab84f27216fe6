"""What Runway's bodies are put together from: who makes it, frames, look references, sound."""

from collections.abc import Sequence
from typing import Final, Protocol

from pydantic import Field

from tools.sandbox.runway_inputs import FirstFrame, Frames, Reference
from tools.sandbox.wire import Strict

AUTO: Final = "auto"
USUAL_SECONDS = 5  # where the client may leave the length out, and what "auto" comes to here


class Image(Protocol):
    """What bears an image; without a place it is a look reference."""

    @property
    def uri(self) -> str:
        """Its address, or itself as a data URI."""
        ...


class Plain(Strict):
    """A model, and nothing else unless a body says so."""

    model: str

    @property
    def negative(self) -> str:
        """Content of the negative field, where there is one."""
        return ""

    @property
    def sound(self) -> bool:
        """Whether sound is asked for and paid."""
        return False

    @property
    def frames(self) -> Sequence[Image]:
        """The frames at the ends."""
        return ()

    @property
    def looks(self) -> Sequence[Image]:
        """The look references, in order."""
        return ()


class FromFirst(Plain):
    """Starts from a first frame."""

    prompt_image: FirstFrame

    @property
    def frames(self) -> Sequence[Image]:
        """The first frame."""
        return self.prompt_image


class FromFrames(Plain):
    """Starts from a frame, and may end on another."""

    prompt_image: Frames

    @property
    def frames(self) -> Sequence[Image]:
        """The first frame, and the last where there is one."""
        return self.prompt_image


class WithLooks(Plain):
    """Takes look references."""

    references: list[Reference] = Field(default=[])

    @property
    def looks(self) -> Sequence[Image]:
        """The references."""
        return self.references


class Loud(Plain):
    """Has sound in any case."""

    @property
    def sound(self) -> bool:
        """It cannot be switched off."""
        return True
