"""What the trials of a project add up to: first takes per model, layer and feature, and luck per layer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.ledger import Trial
from prompts.blocks import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of how many passed."""

    passed: int = 0
    of: int = 0

    def plus(self, passed: bool) -> "Tally":
        """The tally with one more."""
        return Tally(passed=self.passed + passed, of=self.of + 1)

    def blend(self, prior: float, *, weight: float) -> float:
        """The share that passed, seen from a prior that counts like ``weight`` takes."""
        return (prior * weight + self.passed) / (weight + self.of)


NONE = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """Everything routing has learned.

    Attributes:
        models: First takes by model and layer.
        cells: First takes by model, layer and feature.
        luck: Re-takes by layer, of layers that are known to bite on that shot and model.
    """

    models: Mapping[tuple[str, Layer], Tally] = field(default_factory=dict[tuple[str, Layer], Tally])
    cells: Mapping[tuple[str, Layer, str], Tally] = field(default_factory=dict[tuple[str, Layer, str], Tally])
    luck: Mapping[Layer, Tally] = field(default_factory=dict[Layer, Tally])


def count(trials: Sequence[Trial], *, onto: Tallies | None = None, leaving_out: str = "") -> Tallies:
    """The tallies of these trials, oldest first.

    ``onto`` adds them to earlier tallies; that is exact as long as no shot is split between the two calls.
    ``leaving_out`` is the shot that is being routed: its own takes are weighed as memory, not as statistics.
    """
    start = onto or Tallies()
    models = defaultdict(Tally, start.models)
    cells = defaultdict(Tally, start.cells)
    luck = defaultdict(Tally, start.luck)
    bites: set[tuple[str, str, Layer]] = set()
    for trial in trials:
        if trial.shot_id == leaving_out:
            continue
        first = trial.nth_here == 1
        for layer, passed in trial.layers.items():
            here = (trial.shot_id, trial.model, layer)
            if first:
                cell = (trial.model, layer, trial.features.get(layer, ""))
                models[trial.model, layer] = models[trial.model, layer].plus(passed)
                cells[cell] = cells[cell].plus(passed)
                bites.discard(here)  # a first take after others belongs to a new prompt
            elif here in bites:
                luck[layer] = luck[layer].plus(passed)
            if passed:
                bites.add(here)
    return Tallies(models=dict(models), cells=dict(cells), luck=dict(luck))
