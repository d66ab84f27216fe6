"""What a Kling task can be asked as, in either API standard. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.profiles import Material, Profile


class Api(StrEnum):
    """The two API standards."""

    CURRENT = "new standard"
    LEGACY = "legacy standard"


class Kind(StrEnum):
    """What a task is asked as, by the path below the base address; the new standard adds the model to it."""

    TEXT = "text-to-video"
    IMAGE = "image-to-video"
    OMNI = "omni-video"
    LEGACY_TEXT = "v1/videos/text2video"
    LEGACY_IMAGE = "v1/videos/image2video"
    LEGACY_OMNI = "v1/videos/omni-video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A profile with what only its requests need.

    Attributes:
        kinds: What it is asked as, by what goes out with the words.
        silences: Whether its sound can, and so must, be switched off.
        splits: Whether it makes several shots of one order unless told not to.
    """

    profile: Profile
    kinds: Mapping[Material, Kind]
    silences: bool
    splits: bool

    @property
    def api(self) -> Api:
        """The standard it is asked in."""
        return api_of(f"/{next(iter(self.kinds.values())).value}")


def api_of(path: str) -> Api:
    """The standard that a path belongs to."""
    return Api.LEGACY if path.startswith("/v1/") else Api.CURRENT
