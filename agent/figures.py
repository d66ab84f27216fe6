"""The figures a model was chosen by, as they are stored with the choice and told to whoever asks why."""

from dataclasses import dataclass

from prompts.blocks import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFigures:
    """One layer on one model.

    Attributes:
        prior: Chance that a first take passes it, before anything was counted on the film.
        passed: Of ``of`` first takes of the model on the film; ``like_passed`` of ``like_of``: on shots like this one.
        p: The chance that follows from these.
        luck: How often a take comes out well where the model heeds the layer's terms.
        q: Chance that it heeds them here, given the shot's earlier takes.
        passes: Chance that the next take passes the layer.
    """

    layer: Layer
    prior: float
    passed: int
    of: int
    like_passed: int
    like_of: int
    p: float
    luck: float
    q: float
    passes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One model that could have taken the shot.

    Attributes:
        effort_micro_usd: Price and wait of a take together, which the chance is held against.
    """

    model: str
    chance: float
    price_micro_usd: int
    effort_micro_usd: int
    layers: tuple[LayerFigures, ...]
