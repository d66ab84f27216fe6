"""Nine made-up worlds in which video models heed negatives in different ways, for measuring the routing rule.

They share the rule's own idea of bite and luck. So they guard the code; they prove nothing about real vendors.
"""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from agent.profiles import Material, Offer, Profile
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect

STYLES = ("painterly", "flat", "live action", "3d")
CROWDS = ("single character", "several characters")
TAKES = 5  # per shot, the default ceiling

Bite = Callable[["Model", Layer, str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A made-up model at the price of a real one."""

    name: str
    dollars_per_second: float
    distilled: bool

    @property
    def offer(self) -> Offer:
        """Five seconds from words alone."""
        return Offer(
            durations=(5,),
            ratios=("16:9",),
            resolution="720p",
            price_micro_usd_per_second=round(self.dollars_per_second * 1e6),
        )

    @property
    def profile(self) -> Profile:
        """What routing is told about it."""
        return Profile(
            name=self.name,
            vendor=self.name,
            family=self.name,
            upstream_id=self.name,
            distilled=self.distilled,
            dialect=Dialect(channel=Channel.CLAUSE),
            offers={Material.WORDS: self.offer},
            sources=(),
        )


MODELS = (
    Model(name="alder-turbo", dollars_per_second=0.042, distilled=True),
    Model(name="birch-lite", dollars_per_second=0.05, distilled=True),
    Model(name="alder", dollars_per_second=0.084, distilled=False),
    Model(name="cedar-turbo", dollars_per_second=0.112, distilled=True),
    Model(name="elm", dollars_per_second=0.151, distilled=False),
    Model(name="birch", dollars_per_second=0.40, distilled=False),
)
PROFILES = tuple(model.profile for model in MODELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How models behave, truly.

    Attributes:
        bite: Chance that a model heeds a layer on a shot with that feature.
        luck: Chance that a take comes out well on a layer that bites.
        error: Share of wrong calls of the inspection.
        hard_share: Shots that are hard for every model at once; their odds to bite are a fifth.
        later: How models behave from the middle of the film on.
    """

    name: str
    bite: Bite
    luck: Mapping[Layer, float]
    error: float = 0.02
    hard_share: float = 0.0
    later: Bite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One shot with everything that chance decides about it, the same for every policy that shoots it."""

    id: str
    features: Mapping[Layer, str]
    bites: Mapping[tuple[str, Layer], bool]
    takes: Mapping[str, tuple[Mapping[Layer, bool], ...]]


USUAL_LUCK = {Layer.FORMAT: 0.93, Layer.ANATOMY: 0.80, Layer.QUALITY: 0.92}
POOR_LUCK = {Layer.FORMAT: 0.75, Layer.ANATOMY: 0.60, Layer.QUALITY: 0.75}


def worlds(rng: random.Random) -> tuple[World, ...]:
    """The nine worlds with their figures jittered anew."""
    usual = World(name="", bite=_usual, luck=USUAL_LUCK)
    made = (
        replace(usual, name="distilled ignore negatives", bite=_distilled_ignore),
        replace(usual, name="one painterly master", bite=_one_master),
        replace(usual, name="drift", bite=_distilled_ignore, later=_distilled_improved),
        replace(usual, name="noisy inspector", error=0.10),
        replace(usual, name="flat", bite=_everywhere(0.85)),
        replace(usual, name="wrong priors", bite=_wrong),
        replace(usual, name="hard", bite=_everywhere(0.45)),
        replace(usual, name="only luck", bite=_everywhere(0.97), luck=POOR_LUCK),
        replace(usual, name="hard shots hard for all", hard_share=0.3),
    )
    return tuple(_jittered(world, rng) for world in made)


def shots(world: World, *, number: int, rng: random.Random) -> list[Shot]:
    """A film's shots in that world."""
    return [_shot(world, index, number=number, rng=rng) for index in range(number)]


def known_bite(world: World, shot: Shot, *, model: Model, layer: Layer, late: bool) -> float:
    """The chance that a layer bites, for one who knows the world but not the shot."""
    bite = world.later if late and world.later else world.bite
    return bite(model, layer, shot.features[layer])


def _shot(world: World, index: int, *, number: int, rng: random.Random) -> Shot:
    features = {
        Layer.FORMAT: rng.choice(STYLES),
        Layer.ANATOMY: rng.choice(CROWDS),
        Layer.QUALITY: "",
    }
    bite = world.later if world.later and index >= number // 2 else world.bite
    hard = rng.random() < world.hard_share
    bites = {
        (model.name, layer): rng.random() < _harder(bite(model, layer, features[layer]), hard=hard)
        for model in MODELS
        for layer in Layer
    }
    takes = {model.name: tuple(_take(world, model, bites, rng) for _ in range(TAKES)) for model in MODELS}
    return Shot(id=f"shot-{index}", features=features, bites=bites, takes=takes)


def _take(
    world: World, model: Model, bites: Mapping[tuple[str, Layer], bool], rng: random.Random
) -> Mapping[Layer, bool]:
    """Each layer as the inspection calls it."""
    came_out = {layer: rng.random() < world.luck[layer] and bites[model.name, layer] for layer in Layer}
    return {layer: good != (rng.random() < world.error) for layer, good in came_out.items()}


def _harder(bite: float, *, hard: bool) -> float:
    odds = bite / (1 - bite) * (0.2 if hard else 1.0)
    return odds / (1 + odds)


def _jittered(world: World, rng: random.Random) -> World:
    """The world with every figure moved a little, as odds times e to a normal of 0.4, fixed per model and feature."""
    moves: dict[tuple[str, Layer, str], float] = {}

    def moved(bite: Bite) -> Bite:
        def jittered(model: Model, layer: Layer, feature: str) -> float:
            move = moves.setdefault((model.name, layer, feature), rng.gauss(0, 0.4))
            odds = bite(model, layer, feature)
            return 1 / (1 + (1 - odds) / odds * math.exp(-move))

        return jittered

    return replace(world, bite=moved(world.bite), later=moved(world.later) if world.later else None)


def _everywhere(share: float) -> Bite:
    def bite(model: Model, layer: Layer, feature: str) -> float:
        return share

    return bite


def _usual(model: Model, layer: Layer, feature: str) -> float:
    by_layer = {Layer.FORMAT: 0.55 if model.distilled else 0.80, Layer.ANATOMY: 0.88, Layer.QUALITY: 0.93}
    return by_layer[layer] - (0.10 if feature == "several characters" else 0.0)


def _distilled_ignore(model: Model, layer: Layer, feature: str) -> float:
    return 0.15 if layer is Layer.FORMAT and model.distilled else _usual(model, layer, feature)


def _distilled_improved(model: Model, layer: Layer, feature: str) -> float:
    return 0.85 if layer is Layer.FORMAT and model.distilled else _usual(model, layer, feature)


def _one_master(model: Model, layer: Layer, feature: str) -> float:
    if layer is not Layer.FORMAT or feature != "painterly":
        return _usual(model, layer, feature)
    return 0.92 if model.name == "elm" else 0.20


def _wrong(model: Model, layer: Layer, feature: str) -> float:
    if layer is not Layer.FORMAT:
        return _usual(model, layer, feature)
    return 0.90 if model.distilled else 0.35
