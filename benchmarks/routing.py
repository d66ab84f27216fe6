"""What the routing rule costs against one who knows the truth, in nine made-up worlds.

Run as ``python -m benchmarks.routing [SEED ...]``; three fresh seeds unless some are given, each with worlds and films
of its own. Prints a table and, as its last line, one JSON object. The cost of a film is its takes and, for every shot
left unfinished, what a finished shot is worth. *Excess* is how much dearer a policy is than the same index with the
true figures. The worlds share the rule's own idea of bite and luck: they guard the code and say nothing about real
vendors.
"""

import json
import random
import statistics
import sys
from collections.abc import Callable, Collection, Mapping, Sequence

from agent.film import Wishes
from agent.ledger import Trial
from agent.policy import pricing, routing, tallies
from agent.policy.routing import Attempt, Choice, Situation
from agent.policy.tallies import Tallies
from benchmarks import routing_worlds
from benchmarks.routing_worlds import MODELS, PROFILES, TAKES, Shot, World
from prompts.blocks import Layer

WORTH_MICRO_USD = 6_000_000
SEEDS = 3
SHORT, LONG = 164, 1000  # shots of a film
SHORT_FILMS, LONG_FILMS = 12, 3  # per seed and world
EFFORT = {
    profile.name: pricing.effort(profile, price_micro_usd=profile.plain.price_micro_usd(5)) for profile in PROFILES
}
CHEAPEST_FIRST = sorted(EFFORT, key=EFFORT.__getitem__)

Pick = Callable[[Shot, Sequence[Attempt], Tallies], str | None]
"""A policy: the model of the next take, or ``None`` to stop."""


def rule(shot: Shot, attempts: Sequence[Attempt], learned: Tallies) -> str | None:
    """The rule itself."""
    choice = routing.weigh(situation(shot, attempts), profiles=PROFILES, tallies=learned)
    return choice.model if isinstance(choice, Choice) else None


def without_memory(shot: Shot, attempts: Sequence[Attempt], learned: Tallies) -> str | None:
    """The rule, blind to what this shot showed already."""
    return rule(shot, (), learned)


def without_learning(shot: Shot, attempts: Sequence[Attempt], learned: Tallies) -> str | None:
    """The rule, blind to every other shot."""
    return rule(shot, attempts, Tallies())


def cheapest_first(shot: Shot, attempts: Sequence[Attempt], learned: Tallies) -> str | None:
    """No rule: one take of each model, in order of cost."""
    return CHEAPEST_FIRST[len(attempts) % len(CHEAPEST_FIRST)]


POLICIES: dict[str, Pick] = {
    "rule": rule,
    "without memory": without_memory,
    "without learning": without_learning,
    "cheapest first": cheapest_first,
}


def knowing(world: World, *, number: int) -> Pick:
    """The same index with the world's true figures."""

    def pick(shot: Shot, attempts: Sequence[Attempt], _: Tallies) -> str | None:
        late = int(shot.id.removeprefix("shot-")) >= number // 2
        chances = {model.name: _true_chance(world, shot, attempts, model=model, late=late) for model in MODELS}
        best = max(chances, key=lambda name: (chances[name] / EFFORT[name], name))
        return best if chances[best] * WORTH_MICRO_USD >= EFFORT[best] else None

    return pick


def film(shots: Sequence[Shot], pick: Pick) -> list[int]:
    """What each shot costs under a policy that learns from shot to shot, micro USD."""
    learned, costs = Tallies(), list[int]()
    for shot in shots:
        attempts, finished = shoot(shot, pick, learned)
        costs.append(sum(EFFORT[attempt.model] for attempt in attempts) + (0 if finished else WORTH_MICRO_USD))
        learned = tallies.count(trials(shot, attempts), onto=learned)
    return costs


def measure(
    *, number: int, seeds: Sequence[int], policies: Mapping[str, Pick], only: Collection[str] = ()
) -> dict[str, dict[str, float]]:
    """Excess per world and policy over films of so many shots, averaged over the seeds; ``only`` names worlds."""
    excess: dict[str, dict[str, list[float]]] = {}
    for seed in seeds:
        rng = random.Random(seed)
        for world in routing_worlds.worlds(rng):
            if only and world.name not in only:
                continue
            shots = routing_worlds.shots(world, number=number, rng=rng)
            known = sum(film(shots, knowing(world, number=number)))
            for name, pick in policies.items():
                found = excess.setdefault(world.name, {}).setdefault(name, [])
                found.append(sum(film(shots, pick)) / known - 1)
    return {world: {name: statistics.fmean(found) for name, found in of.items()} for world, of in excess.items()}


def shoot(shot: Shot, pick: Pick, learned: Tallies) -> tuple[list[Attempt], bool]:
    """The takes of a shot under a policy, and whether it was finished."""
    attempts: list[Attempt] = []
    made = dict.fromkeys(shot.takes, 0)
    while len(attempts) < TAKES:
        model = pick(shot, attempts, learned)
        if model is None:
            return attempts, False
        layers = shot.takes[model][made[model]]
        made[model] += 1
        attempts.append(Attempt(model=model, layers=layers))
        if all(layers.values()):
            return attempts, True
    return attempts, False


def trials(shot: Shot, attempts: Sequence[Attempt]) -> list[Trial]:
    """What the takes of a shot teach."""
    made = dict.fromkeys(shot.takes, 0)
    trials: list[Trial] = []
    for attempt in attempts:
        made[attempt.model] += 1
        trials.append(
            Trial(
                shot_id=shot.id,
                model=attempt.model,
                nth_here=made[attempt.model],
                layers=attempt.layers,
                features=shot.features,
            )
        )
    return trials


def situation(shot: Shot, attempts: Sequence[Attempt]) -> Situation:
    """A shot with the takes it has, as routing is told of it."""
    return Situation(
        features=shot.features,
        layers=frozenset(Layer),
        seconds=5,
        ratio="16:9",
        wishes=Wishes(),
        excluded=(),
        first_frame=False,
        references=0,
        attempts=tuple(attempts),
        closed={},
        left_micro_usd=10**12,
        worth_micro_usd=WORTH_MICRO_USD,
        shot_id=shot.id,
    )


def main() -> None:
    """Measure and print."""
    seeds = [int(given) for given in sys.argv[1:]] or random.SystemRandom().sample(range(10**6), SEEDS)
    rivals = {name: POLICIES[name] for name in ("rule", "cheapest first")}
    short = [measure(number=SHORT, seeds=range(seed, seed + SHORT_FILMS), policies=rivals) for seed in seeds]
    long = [measure(number=LONG, seeds=range(seed, seed + LONG_FILMS), policies={"rule": rule}) for seed in seeds]
    blunted = {name: pick for name, pick in POLICIES.items() if name not in rivals}
    ablated = measure(number=SHORT, seeds=range(seeds[0], seeds[0] + SHORT_FILMS), policies=blunted)
    _print_table(_over(short), _over(long), ablated, seeds=seeds)
    print(json.dumps(_summary(short, long, ablated, seeds=seeds)))


def _true_chance(
    world: World, shot: Shot, attempts: Sequence[Attempt], *, model: routing_worlds.Model, late: bool
) -> float:
    """Written apart from the rule: Bayes over bites and bites not, with the world's own figures."""
    here = [attempt for attempt in attempts if attempt.model == model.name]
    chance = 1.0
    for layer in Layer:
        bite = routing_worlds.known_bite(world, shot, model=model, layer=layer, late=late)
        called = world.luck[layer] * (1 - 2 * world.error) + world.error
        bites, bites_not = bite, 1 - bite
        for attempt in here:
            bites *= called if attempt.layers[layer] else 1 - called
            bites_not *= world.error if attempt.layers[layer] else 1 - world.error
        chance *= (bites * called + bites_not * world.error) / (bites + bites_not)
    return chance


Table = dict[str, dict[str, float]]


def _over(tables: Sequence[Table]) -> Table:
    """The mean over the seeds."""
    return {
        world: {name: statistics.fmean(table[world][name] for table in tables) for name in of}
        for world, of in tables[0].items()
    }


def _print_table(short: Table, long: Table, ablated: Table, *, seeds: Sequence[int]) -> None:
    films = f"{SHORT} shots: {SHORT_FILMS} films per world and seed; {LONG}: {LONG_FILMS}"
    print(f"excess cost over the known-parameter index, seeds {', '.join(map(str, seeds))}; {films}\n")
    columns = ["rule", "cheapest first", *next(iter(ablated.values())), f"rule, {LONG}"]
    print(f"{'world':26}" + "".join(f"{column:>18}" for column in columns))
    for world, of in short.items():
        cells = [*of.values(), *ablated[world].values(), long[world]["rule"]]
        print(f"{world:26}" + "".join(f"{cell:>18.1%}" for cell in cells))
    print()


def _figures(short: Table, long: Table) -> dict[str, float]:
    early, late = [of["rule"] for of in short.values()], [of["rule"] for of in long.values()]
    return {
        "mean_164": statistics.fmean(early),
        "worst_164": max(early),
        "mean_1000": statistics.fmean(late),
        "worst_1000": max(late),
        "most_dearer_than_cheapest_first": max(
            (1 + of["rule"]) / (1 + of["cheapest first"]) - 1 for of in short.values()
        ),
    }


BARS = {
    "mean_164": 0.16,
    "worst_164": 0.26,
    "mean_1000": 0.10,
    "worst_1000": 0.17,
    "most_dearer_than_cheapest_first": 0.03,
}


def _summary(
    short: Sequence[Table], long: Sequence[Table], ablated: Table, *, seeds: Sequence[int]
) -> dict[str, object]:
    """The figures over all seeds with their bars, and for each seed by itself."""
    figures = _figures(_over(short), _over(long))
    each = {
        seed: {name: round(value, 4) for name, value in _figures(one, other).items()}
        for seed, one, other in zip(seeds, short, long, strict=True)
    }
    blunted = {name: statistics.fmean(of[name] for of in ablated.values()) for name in next(iter(ablated.values()))}
    return {
        "benchmark": "routing",
        "seeds": each,
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "bars": BARS,
        "missed": [name for name, value in figures.items() if value > BARS[name]],
        "mean_164_of": {name: round(value, 4) for name, value in blunted.items()},
    }


if __name__ == "__main__":
    main()
