"""Where the blocks stand in what leaves for a vendor, as pieces of text that a page can mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from prompts import places
from prompts.receipt import Place, Receipt

LONGEST_ASIDE = 400
"""Signs of a string without blocks that are shown: an image in it would be a wall of letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``mark`` is ``style``, ``negative`` or empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One string of a body.

    Attributes:
        pointer: Where in the body it stands.
        left_out: Signs at its end that are not shown.
    """

    pointer: str
    pieces: tuple[Piece, ...]
    left_out: int = 0

    @property
    def marked(self) -> bool:
        """Whether a block stands in it."""
        return any(piece.mark for piece in self.pieces)


def leaves(receipt: Receipt) -> tuple[Leaf, ...]:
    """Every string of the body, the ones with blocks whole and marked, the others shortened."""
    claims = [(receipt.style, "style"), *((term.place, "negative") for term in receipt.terms)]
    return tuple(
        _leaf(pointer, text, [(place, mark) for place, mark in claims if place.pointer == pointer])
        for pointer, text in places.leaves(receipt.body).items()
    )


def _leaf(pointer: str, text: str, claims: list[tuple[Place, str]]) -> Leaf:
    if not claims:
        cut = text[:LONGEST_ASIDE]
        return Leaf(pointer=pointer, pieces=(Piece(cut),), left_out=len(text) - len(cut))
    return Leaf(pointer=pointer, pieces=tuple(_pieces(text, claims)))


def _pieces(text: str, claims: list[tuple[Place, str]]) -> Iterable[Piece]:
    """The text in order; a place inside one that was marked already stays as it is."""
    at = 0
    for place, mark in sorted(claims, key=lambda claim: (claim[0].start, -claim[0].length)):
        if place.start < at:
            continue
        if place.start > at:
            yield Piece(text[at : place.start])
        at = place.start + place.length
        yield Piece(text[place.start : at], mark)
    if at < len(text):
        yield Piece(text[at:])
