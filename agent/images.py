"""What is kept of a reference besides its lists: where its image lies, how large it is, who else knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The stored image of a reference.

    Attributes:
        file: Its name in the clip store.
        width: In pixels, like ``height``; 0 where it was stored before sizes were kept.
        known_as: Vendor to the id it is registered under there, as that vendor writes it.
    """

    file: str
    width: int
    height: int
    known_as: Mapping[str, str] = field(default_factory=dict[str, str])
