"""Proof of what left: where the style block and every negative term stand in the final body."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prompts import places, terms
from prompts.dialect import Channel
from prompts.errors import BlockMissingError
from prompts.prompt import Prompt
from prompts.rendering import Rendering


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


STYLE = "style block"
"""What a missing style block is called."""


def prove(body: bytes, *, model: str, path: str, rendering: Rendering) -> Receipt:
    """The receipt of a final body, computed from its bytes alone; without one nothing may leave.

    An adapter may set words of its own before the rendering's text in the same string, but no line behind it.

    Raises:
        BlockMissingError: The style block or a term is not in the place that its channel gives it.
    """
    leaves = _read(body)
    carrier = _carrier(leaves, rendering)
    text = leaves.get(carrier, "")
    found = _term_places(leaves, carrier, rendering)
    proven = {term.term for term in found}
    missing = [placement.term for placement in rendering.placements if placement.term not in proven]
    if rendering.style not in text:
        missing.insert(0, STYLE)
    if not missing and rendering.text not in text:
        missing.append("the text as it was rendered")
    if missing:
        raise BlockMissingError(missing=missing, model=model)
    return Receipt(
        model=model,
        path=path,
        body=body.decode("utf-8"),
        sha256=hashlib.sha256(body).hexdigest(),
        style=Place(pointer=carrier, start=text.find(rendering.style), length=len(rendering.style)),
        terms=found,
    )


def audit(receipt: Receipt, prompt: Prompt) -> tuple[str, ...]:
    """What a stored body lacks of the prompt it was made from; empty when it carries all of it.

    Nothing in the receipt is believed: its digest and every place in it are held against the body again.
    """
    missing: list[str] = []
    body = receipt.body.encode("utf-8", "surrogatepass")
    if hashlib.sha256(body).hexdigest() != receipt.sha256:
        missing.append("the body as it was sent")
    leaves = _read(body)
    if _words(_at(leaves, receipt.style)) not in _styles(prompt):
        missing.append(STYLE)
    standing = tuple(_standing(receipt, leaves, style=prompt.style.text))
    missing.extend(term.text for term in prompt.terms if not any(place.term == term.text for place in standing))
    return tuple(missing)


def _read(body: bytes) -> Mapping[str, str]:
    """The strings of a body; none if it is no JSON, so that everything counts as missing from it."""
    try:
        return places.leaves(body.decode("utf-8"))
    except ValueError:
        return {}


def _carrier(leaves: Mapping[str, str], rendering: Rendering) -> str:
    """Pointer of the string with the rendering's text, or at least its style, to name what is missing there."""
    whole = (pointer for pointer, leaf in leaves.items() if rendering.text in leaf)
    partly = (pointer for pointer, leaf in leaves.items() if rendering.style in leaf)
    return next(whole, next(partly, ""))


def _term_places(leaves: Mapping[str, str], carrier: str, rendering: Rendering) -> tuple[TermPlace, ...]:
    """One place per placement; a term that is not where it belongs has none."""
    spoken = _in_text(leaves.get(carrier, ""), carrier, rendering)
    listed = dict(_in_field(leaves, carrier, rendering))
    found: list[TermPlace] = []
    for placement in rendering.placements:
        known = listed if placement.channel is Channel.FIELD else spoken
        place = known.get((placement.channel, placement.wording))
        if place is not None:
            found.append(
                TermPlace(term=placement.term, channel=placement.channel, wording=placement.wording, place=place)
            )
    return tuple(found)


def _in_text(text: str, carrier: str, rendering: Rendering) -> Mapping[tuple[Channel, str], Place]:
    """Places in the text by channel and wording; positive counterparts stand before clauses, so they look first."""
    wanted = dict.fromkeys(
        (channel, placement.wording)
        for channel in (Channel.INVERTED, Channel.CLAUSE)
        for placement in rendering.placements
        if placement.channel is channel
    )
    starts = places.in_tail(text, [wording for _, wording in wanted])
    return {
        (channel, wording): Place(pointer=carrier, start=start, length=len(wording))
        for (channel, wording), start in zip(wanted, starts, strict=True)
        if start is not None
    }


def _in_field(
    leaves: Mapping[str, str], carrier: str, rendering: Rendering
) -> Iterator[tuple[tuple[Channel, str], Place]]:
    holds = (pointer for pointer, leaf in leaves.items() if leaf == rendering.negative_field and pointer != carrier)
    pointer = next(holds, None)
    if pointer is None:
        return
    for placement in rendering.placements:
        start = places.in_field(leaves[pointer], placement.wording)
        if placement.channel is Channel.FIELD and start is not None:
            place = Place(pointer=pointer, start=start, length=len(placement.wording))
            yield (placement.channel, placement.wording), place


def _standing(receipt: Receipt, leaves: Mapping[str, str], *, style: str) -> Iterator[TermPlace]:
    """The receipt's term places that hold: the right words, in the right part of the body, none lent to two terms."""
    held: list[TermPlace] = []
    for claim in receipt.terms:
        holds = _says(claim, style=style) and _at(leaves, claim.place) == claim.wording
        if holds and _placed(claim, leaves, receipt.style.pointer) and all(_apart(claim, other) for other in held):
            held.append(claim)
            yield claim


def _says(claim: TermPlace, *, style: str) -> bool:
    """Whether the wording stands for the term: the term itself, or a counterpart registered for it."""
    if claim.channel is Channel.INVERTED:
        return terms.inverts(claim.wording, claim.term, style=style)
    return _words(claim.wording) == _words(claim.term)


def _placed(claim: TermPlace, leaves: Mapping[str, str], carrier: str) -> bool:
    leaf, start = leaves[claim.place.pointer], claim.place.start
    if claim.channel is Channel.FIELD:
        return claim.place.pointer != carrier and places.in_field(leaf, claim.wording) == start
    around = leaf[start - 1 : start] + leaf[start + claim.place.length :][:1]
    return claim.place.pointer == carrier and start >= places.tail_start(leaf) and not re.search(r"\w", around)


def _apart(claim: TermPlace, other: TermPlace) -> bool:
    """Whether two claims do not lean on the same characters; but one positive counterpart may stand for several."""
    if claim.channel is other.channel is Channel.INVERTED and claim.wording == other.wording:
        return True
    one, two = claim.place, other.place
    return one.pointer != two.pointer or one.start + one.length <= two.start or two.start + two.length <= one.start


def _at(leaves: Mapping[str, str], place: Place) -> str:
    return leaves.get(place.pointer, "")[place.start : place.start + place.length]


def _styles(prompt: Prompt) -> tuple[tuple[str, ...], ...]:
    """What may stand for the style: the whole block, and only in a shot from a first frame its motion text."""
    motion = prompt.style.motion if prompt.starts_on_a_frame else ""
    return tuple(_words(text) for text in (prompt.style.text, motion) if text)


def _words(text: str) -> tuple[str, ...]:
    """The words without signs between them: a model's syntax may have been taken out (`prompts.stripping`)."""
    return tuple(re.findall(r"\w+", text))
