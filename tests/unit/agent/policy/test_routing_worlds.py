"""The routing rule in made-up worlds, and how much worse it gets without its memory or its learning."""

import statistics

import pytest

from benchmarks import routing as benchmark

SEEDS = range(41, 43)  # any two; no constant of the rule was chosen on them
TO_LEARN = ("distilled ignore negatives", "one painterly master", "wrong priors")
"""Worlds in which the priors mislead. Where they are right, a film of 164 shots has little to learn."""

NAMES = ("rule", "without memory", "without learning", "cheapest first")


@pytest.fixture(scope="module")
def excess() -> dict[str, float]:
    """Mean excess cost over the known-parameter index, per policy."""
    policies = {name: benchmark.POLICIES[name] for name in NAMES}
    table = benchmark.measure(number=164, seeds=SEEDS, policies=policies, only=TO_LEARN)
    return {name: statistics.fmean(of[name] for of in table.values()) for name in NAMES}


def test_the_rule_stays_near_one_who_knows_the_truth(excess: dict[str, float]) -> None:
    assert excess["rule"] <= 0.20


def test_without_memory_of_the_shot_it_gets_clearly_worse(excess: dict[str, float]) -> None:
    assert excess["without memory"] > excess["rule"] + 0.30


def test_without_learning_it_gets_clearly_worse(excess: dict[str, float]) -> None:
    assert excess["without learning"] > excess["rule"] + 0.05


def test_it_is_cheaper_than_trying_the_cheapest_first(excess: dict[str, float]) -> None:
    assert excess["rule"] < excess["cheapest first"]
