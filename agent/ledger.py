"""The ledger's rows: what each take taught about each term and each layer."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.findings import Sight
from prompts.blocks import Layer
from prompts.dialect import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term in one take.

    Attributes:
        term: Canonical id where the vocabulary has one, else the text.
        channel: ``None`` when the term was *not* sent with this take; such rows are what *provoked* is judged against.
    """

    take_id: str
    shot_id: str
    model: str
    term: str
    layer: Layer
    channel: Channel | None
    sight: Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A term on a model through a channel, added up.

    Attributes:
        sent: Takes it went out with.
        ignored: Seen although sent.
        without: Takes in which it was looked for though not sent; ``seen_without`` of them showed it.
    """

    term: str
    layer: Layer
    model: str
    channel: Channel
    sent: int = 0
    absent: int = 0
    ignored: int = 0
    unsure: int = 0
    not_inspectable: int = 0
    without: int = 0
    seen_without: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """A term on a model in takes that went out with so many ``terms``: told about, and seen all the same."""

    model: str
    term: str
    terms: int
    told: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One inspected take as routing sees it.

    Attributes:
        nth_here: 1 for the shot's first take on this model with this prompt; later ones are re-takes.
        layers: Whether each active layer passed; a layer nobody could tell about is left out.
        features: What the layers listen to: ``format`` to the style, ``anatomy`` to single or several characters.
    """

    shot_id: str
    model: str
    nth_here: int
    layers: Mapping[Layer, bool]
    features: Mapping[Layer, str]
