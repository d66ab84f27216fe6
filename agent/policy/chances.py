"""How likely a model's next take of a shot passes, from priors, tallies and what this shot showed already.

Two things decide a layer. *Bite*: the model heeds the layer's terms on this shot; fixed for shot and model. *Luck*:
this render came out well; new on each take. So a format miss says "switch" and an anatomy slip may say "again".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.learning import USUAL_MISTAKES, Mistakes
from agent.policy.situation import Attempt, Situation
from agent.policy.tallies import NONE, Tallies, Tally
from agent.profiles import Profile
from prompts.blocks import Layer

BORROWED = 8.0  # first takes of other films count like so many at most: the film's own evidence comes first
MODEL_WEIGHT = 4.0  # a prior counts like four first takes of a model
POOL_WEIGHT = 20.0  # what all models have in common counts against their priors like so many first takes
CELL_WEIGHT = 6.0  # a model's mean counts like six first takes with the feature at hand
LUCK_WEIGHT = 30.0  # one figure for all models; mean excess 9.8 % against 10.2 % with 12 (benchmarks.routing, 72 films)
HOPE = 0.5  # standard deviations added, so that a model nobody tried gets its turn
MOST_BITE = 0.96  # no model is believed to heed a layer on more shots than this

USUAL = Mistakes()
"""How often the inspection is wrong about a layer, where the film's labels have not told."""

LUCK = {Layer.FORMAT: 0.93, Layer.ANATOMY: 0.80, Layer.QUALITY: 0.92}
"""How often a take comes out well on a layer that bites, before any re-take was counted."""

BITE = {Layer.FORMAT: 0.75, Layer.ANATOMY: 0.85, Layer.QUALITY: 0.90}
"""Assumed where a profile states no prior; starting points, not measurements."""

DISTILLED_FORMAT_BITE = 0.45
"""Few-step variants run with little or no guidance, which is what a negative pulls through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChance:
    """One layer on one model for one shot, with every figure it was worked out from.

    Attributes:
        prior: Chance that a first take passes before this model was tried: its profile's, moved by what all models
            have shown of the layer on this film, and by other films where they are learned from.
        of_model: First takes of this model on this film; ``of_cell``: those of shots like this one.
        first: The chance that follows from all three, with a little hope for what was tried little.
        bite: Chance that the model heeds the layer here, given this shot's earlier takes.
        passes: Chance that the next take passes the layer, as the inspection will call it.
    """

    prior: float
    of_model: Tally
    of_cell: Tally
    first: float
    luck: float
    bite: float
    passes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """One model's chances on one shot: layer by layer, and that its next take passes every active one of them."""

    layers: Mapping[Layer, LayerChance]
    whole: float

    @property
    def takes(self) -> int:
        """First takes of this model that the estimate rests on."""
        return max((layer.of_model.of for layer in self.layers.values()), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one layer's chances have in common for all models: the same for one decision.

    Attributes:
        shift: How much better or worse than their priors all models together have done, in log-odds.
        others: First takes of other films by model and layer.
    """

    layer: Layer
    feature: str
    shift: float
    luck: float
    mistakes: Mistakes
    others: Mapping[tuple[str, Layer], Tally]


def grounds(situation: Situation, tallies: Tallies, *, profiles: Sequence[Profile]) -> tuple[Ground, ...]:
    """The active layers of a shot."""
    return tuple(
        Ground(
            layer=layer,
            feature=situation.features.get(layer, ""),
            shift=_in_common(layer, tallies, profiles),
            luck=tallies.luck.get(layer, NONE).blend(LUCK[layer], weight=LUCK_WEIGHT),
            mistakes=situation.mistakes.get(layer, USUAL),
            others=situation.others,
        )
        for layer in Layer
        if layer in situation.layers
    )


def estimate(profile: Profile, attempts: Sequence[Attempt], *, on: Sequence[Ground], tallies: Tallies) -> Chance:
    """The chances of the next take of a shot on this model; ``attempts`` are the shot's, on any model."""
    here = [attempt for attempt in attempts if attempt.model == profile.name]
    layers = {ground.layer: _layer(profile, ground, tallies=tallies, attempts=here) for ground in on}
    return Chance(layers=layers, whole=math.prod([layer.passes for layer in layers.values()]))


def prior(profile: Profile, layer: Layer) -> float:
    """Chance that a first take passes a layer before anything was tried: the profile's bite times usual luck."""
    assumed = DISTILLED_FORMAT_BITE if profile.distilled and layer is Layer.FORMAT else BITE[layer]
    return profile.priors.get(layer, assumed) * LUCK[layer]


def after(bite: float, *, luck: float, verdicts: Sequence[bool], mistakes: Mistakes = USUAL) -> float:
    """The chance that a layer bites, once earlier takes of the shot on the model passed (``True``) or missed it.

    The more often the inspection is wrong about the layer, the less a verdict moves it.
    """
    odds = bite / (1 - bite)
    for passed in verdicts:
        if_bites, if_not = _called_pass(luck, mistakes), _called_pass(0.0, mistakes)
        odds *= if_bites / if_not if passed else (1 - if_bites) / (1 - if_not)
    return odds / (1 + odds)


def _layer(profile: Profile, ground: Ground, *, tallies: Tallies, attempts: Sequence[Attempt]) -> LayerChance:
    layer, own = ground.layer, _moved(prior(profile, ground.layer), ground.shift)
    before = _lent(own, ground.others.get((profile.name, layer), NONE))
    of_model = tallies.models.get((profile.name, layer), NONE)
    of_cell = tallies.cells.get((profile.name, layer, ground.feature), NONE)
    mean = of_model.blend(before, weight=MODEL_WEIGHT)
    first = _hopeful(of_cell.blend(mean, weight=CELL_WEIGHT), weight=CELL_WEIGHT + of_cell.of)
    luck = max(ground.luck, first / MOST_BITE)
    bite = first / luck
    if attempts:
        verdicts = [attempt.layers[layer] for attempt in attempts if layer in attempt.layers]
        bite = after(bite, luck=luck, verdicts=verdicts, mistakes=ground.mistakes)
    return LayerChance(
        prior=before,
        of_model=of_model,
        of_cell=of_cell,
        first=first,
        luck=luck,
        bite=bite,
        passes=_called_pass(bite * luck, ground.mistakes),
    )


def _in_common(layer: Layer, tallies: Tallies, profiles: Sequence[Profile]) -> float:
    """A difference between models is noise until it is counted: what one has shown is at first believed of all."""
    counted = [(tally, prior(each, layer)) for each in profiles if (tally := tallies.models.get((each.name, layer)))]
    takes = sum(tally.of for tally, _ in counted)
    if not takes:
        return 0.0
    expected = math.fsum(tally.of * before for tally, before in counted) / takes  # the same in any order of models
    shown = Tally(passed=sum(tally.passed for tally, _ in counted), of=takes).blend(expected, weight=POOL_WEIGHT)
    return _log_odds(shown) - _log_odds(expected)


def _lent(prior: float, others: Tally) -> float:
    """The prior with what other films have seen of the model, which never counts for more than `BORROWED` takes."""
    weight = min(float(others.of), BORROWED)
    return (prior * MODEL_WEIGHT + others.passed / others.of * weight) / (MODEL_WEIGHT + weight) if weight else prior


def _moved(chance: float, shift: float) -> float:
    return 1 / (1 + math.exp(-_log_odds(chance) - shift)) if shift else chance


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def _hopeful(mean: float, *, weight: float) -> float:
    """A share plus half its standard deviation, below ``MOST_BITE`` so that luck stays below 1."""
    return min(mean + HOPE * math.sqrt(mean * (1 - mean) / (weight + 1)), MOST_BITE - USUAL_MISTAKES)


def _called_pass(passes: float, mistakes: Mistakes) -> float:
    """How often the inspection calls a pass when ``passes`` of the takes truly do."""
    return passes * (1 - mistakes.false_alarms) + (1 - passes) * mistakes.misses
