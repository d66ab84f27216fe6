"""What routing answers: a model with its reasons, or the advice to stop."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.figures import Figures, LayerFigures
from agent.film import PassedOver
from agent.policy.chances import LayerChance
from agent.policy.ranking import Candidate
from prompts.blocks import Layer

_DIGITS = 4  # of a chance that is stored; the choice itself was made with all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The model of the next take, with its reasons, most important first.

    Attributes:
        seconds: Length to order, one that the model offers.
        chance: That the take passes every active layer, 0..1.
        cost_micro_usd: Price of the take.
        weighed: The models it was held against, itself first.
    """

    model: str
    seconds: int
    chance: float
    cost_micro_usd: int
    reasons: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]
    weighed: Sequence[Candidate] = ()

    @property
    def figures(self) -> tuple[Figures, ...]:
        """What each of them was weighed with."""
        return tuple(_figures(candidate) for candidate in self.weighed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Asking the person beats another take."""

    reason: str
    passed_over: tuple[PassedOver, ...]


def _figures(candidate: Candidate) -> Figures:
    return Figures(
        model=candidate.name,
        chance=round(candidate.chance.whole, _DIGITS),
        price_micro_usd=candidate.price_micro_usd,
        effort_micro_usd=candidate.effort_micro_usd,
        layers=tuple(_of_layer(layer, chance) for layer, chance in candidate.chance.layers.items()),
    )


def _of_layer(layer: Layer, chance: LayerChance) -> LayerFigures:
    return LayerFigures(
        layer=layer,
        prior=round(chance.prior, _DIGITS),
        passed=chance.of_model.passed,
        of=chance.of_model.of,
        like_passed=chance.of_cell.passed,
        like_of=chance.of_cell.of,
        p=round(chance.first, _DIGITS),
        luck=round(chance.luck, _DIGITS),
        q=round(chance.bite, _DIGITS),
        passes=round(chance.passes, _DIGITS),
    )
