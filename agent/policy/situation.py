"""What routing is told about one shot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.film import Wishes
from agent.learning import Mistakes
from agent.policy.tallies import Tally
from agent.profiles import Material, material
from agent.troubles import Step, Trouble
from prompts.blocks import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One earlier take of this shot with this prompt, or a refusal or failure in its place.

    Attributes:
        layers: Whether each layer passed; a layer nobody could tell about is left out.
        trouble: Why there is no take. Outages teach nothing about negatives, and neither does a refusal.
    """

    model: str
    layers: Mapping[Layer, bool]
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One shot before its next take.

    Attributes:
        features: What each layer listens to, as in `agent.ledger.Trial`; a layer left out listens to nothing.
        layers: The layers with a term in force.
        excluded: Families, vendors or profile names that the project rules out.
        references: How many look references go out.
        registered: Vendors at which every one of them is registered.
        attempts: In the order they were made.
        closed: Vendor, or profile name, to what closed it.
        left_micro_usd: What the tightest ceiling still allows.
        worth_micro_usd: What a finished shot is worth.
        unsayable: Profile name to why this prompt cannot be rendered for it.
        mistakes: How often the inspection is wrong about a layer, as far as the film's labels have told.
        takes: How many the shot has, of this prompt or an earlier one; ``most_takes`` is the ceiling per prompt.
        others: First takes of other films by model and layer, where films learn from each other.
        shot_id: Trials of this shot are known from ``attempts`` and are not counted a second time.
    """

    features: Mapping[Layer, str]
    layers: frozenset[Layer]
    seconds: float
    ratio: str
    wishes: Wishes
    excluded: tuple[str, ...]
    first_frame: bool
    references: int
    attempts: tuple[Attempt, ...]
    closed: Mapping[str, Trouble]
    left_micro_usd: int
    worth_micro_usd: int
    unsayable: Mapping[str, str] = field(default_factory=dict[str, str])
    shot_id: str = ""
    takes: int = 0
    most_takes: int | None = None
    others: Mapping[tuple[str, Layer], Tally] = field(default_factory=dict[tuple[str, Layer], Tally])
    last_frame: bool = False
    registered: frozenset[str] = frozenset()
    mistakes: Mapping[Layer, Mistakes] = field(default_factory=dict[Layer, Mistakes])

    @property
    def tried(self) -> tuple[Attempt, ...]:
        """The attempts that say something about this shot; an outage passes, and uses nothing up."""
        return tuple(each for each in self.attempts if each.trouble is None or each.trouble.step is not Step.TRY_LATER)

    @property
    def material(self) -> Material:
        """What goes out with the words."""
        return material(looks=self.references, first=self.first_frame, last=self.last_frame)
