"""What one routing decision takes, and whether the same history always gives the same choice with its reason.

Run as ``python -m benchmarks.decision [SHOTS]``. The shots of a made-up film, of which the rule has learned all that
came before, are routed among the six models of the simulated worlds and among every variant in reach of a fresh house.
Each decision is made again with the models in another order, from trials counted afresh. CPU time of this process only.
"""

import json
import random
import re
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from agent.ledger import Trial
from agent.policy import routing, tallies
from agent.policy.choice import Choice
from agent.policy.situation import Situation
from agent.profiles import Profile
from benchmarks import routing_worlds
from benchmarks.routing import POLICIES, shoot, situation, trials
from prompts.blocks import Layer
from tools.video import registry

SHOTS = 164
REPEATS = 20
BARS = {"decision_us": 200.0}
JUDGED = "six models"

_RATED = re.compile(rf"\b({'|'.join(layer.value for layer in Layer)}) \.\d\d")
"""A layer with a rate, as a reason tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What deciding all shots of a film came to.

    Attributes:
        micro_s: CPU of each decision, median of its repeats.
        differing: Shots whose choice or reasons came out otherwise the second time.
        bare: Shots whose reasons name no layer with its rate.
    """

    micro_s: Sequence[float]
    differing: int
    bare: int


def weigh(history: Sequence[tuple[Situation, Sequence[Trial]]], profiles: Sequence[Profile]) -> Weighed:
    """Every decision of the history, timed and made twice."""
    micro_s, differing, bare = list[float](), 0, 0
    for asked, learned in history:
        counted = tallies.count(learned)
        micro_s.append(statistics.median(_micro_s(asked, profiles, counted) for _ in range(REPEATS)))
        first = routing.weigh(asked, profiles=profiles, tallies=counted)
        again = routing.choose(asked, profiles=tuple(reversed(profiles)), trials=learned)
        differing += (_told(first)) != _told(again)
        bare += isinstance(first, Choice) and not any(_RATED.search(reason) for reason in first.reasons)
    return Weighed(micro_s=micro_s, differing=differing, bare=bare)


def history(shots: int, *, seed: int = 1) -> list[tuple[Situation, list[Trial]]]:
    """Each shot of a film before each of its takes, with the trials of the shots before it."""
    rng = random.Random(seed)
    world = routing_worlds.worlds(rng)[0]
    found, learned = list[tuple[Situation, list[Trial]]](), list[Trial]()
    for shot in routing_worlds.shots(world, number=shots, rng=rng):
        attempts, _ = shoot(shot, POLICIES["rule"], tallies.count(learned))
        found += [(situation(shot, attempts[:nth]), list(learned)) for nth in range(len(attempts))]
        learned += trials(shot, attempts)
    return found


def main() -> None:
    """Measure and print."""
    played = history(int(sys.argv[1]) if len(sys.argv) > 1 else SHOTS)
    fields = {JUDGED: routing_worlds.PROFILES, "every variant": _every_variant()}
    found = {name: weigh(played, profiles) for name, profiles in fields.items()}
    print(f"{len(played)} decisions{'':14}{'models':>8}{'median us':>11}{'p95 us':>9}{'differing':>11}{'no rate':>9}")
    for name, each in found.items():
        late = sorted(each.micro_s)[len(each.micro_s) * 95 // 100]
        row = f"{len(fields[name]):>8}{statistics.median(each.micro_s):>11.0f}{late:>9.0f}"
        print(f"{name:28}{row}{each.differing:>11}{each.bare:>9}")
    figures = {"decision_us": round(statistics.median(found[JUDGED].micro_s), 1)}
    missed = [name for name, figure in figures.items() if figure > BARS[name]]
    missed += [name for name in ("differing", "bare") if any(getattr(each, name) for each in found.values())]
    print(json.dumps({"benchmark": "decision", "figures": figures, "bars": BARS, "missed": missed}))


def _every_variant() -> tuple[Profile, ...]:
    return tuple(profile for vendor in registry.vendors() for profile in vendor.profiles)


def _micro_s(asked: Situation, profiles: Sequence[Profile], counted: tallies.Tallies) -> float:
    started_ns = time.process_time_ns()
    routing.weigh(asked, profiles=profiles, tallies=counted)
    return (time.process_time_ns() - started_ns) / 1000


def _told(answer: routing.Choice | routing.Stop) -> tuple[object, ...]:
    if isinstance(answer, Choice):
        return (answer.model, answer.reasons, answer.chance)
    return (answer.reason,)


if __name__ == "__main__":
    main()
