"""Proof of what left: where the style block and every negative term stand in the final body."""

from dataclasses import dataclass

from prompts.dialect import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece of text stands in a body.

    Attributes:
        pointer: JSON pointer to the string that holds it (``/parameters/negativePrompt``).
        start: Offset in that string, in code points; ``length`` likewise.
    """

    pointer: str
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPlace:
    """Where one negative term stands, and as what."""

    term: str
    channel: Channel
    wording: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The exact body with the place of the style block and of every negative term in it.

    Attributes:
        body: The request's JSON text as sent.
        path: Path it went to, without host.
        sha256: Of the body's bytes.
    """

    model: str
    path: str
    body: str
    sha256: str
    style: Place
    terms: tuple[TermPlace, ...]
