"""The figures behind a route, checked against the rule worked out by hand."""

import math
from dataclasses import replace

import pytest

from agent.policy import chances
from agent.policy.situation import Situation
from agent.policy.tallies import Tallies, Tally, count
from prompts.blocks import Layer
from tests.unit.agent.policy.builders import (
    ALL_PASS,
    ANATOMY,
    ANATOMY_MISS,
    FORMAT,
    FORMAT_MISS,
    QUALITY,
    attempt,
    profile,
    situation,
    trial,
)

PLAIN = profile("plain", priors={FORMAT: 0.8})


def format_chance(*attempts: bool, tallies: Tallies | None = None) -> chances.LayerChance:
    shot = situation(*(attempt("plain", {FORMAT: passed}) for passed in attempts), layers=frozenset({FORMAT}))
    return estimate(shot, tallies).layers[FORMAT]


def estimate(shot: Situation, tallies: Tallies | None = None) -> chances.Chance:
    counted = tallies or Tallies()
    return chances.estimate(PLAIN, shot.attempts, on=chances.grounds(shot, counted, profiles=(PLAIN,)), tallies=counted)


def test_an_untried_model_has_its_prior_plus_half_a_deviation() -> None:
    prior = 0.8 * 0.93
    first = prior + 0.5 * math.sqrt(prior * (1 - prior) / 7)
    told = format_chance()
    assert told.bite * told.luck == pytest.approx(first)
    assert told.passes == pytest.approx(first * 0.98 + (1 - first) * 0.02)


def test_counts_move_the_model_and_then_the_cell() -> None:
    tallies = Tallies(
        models={("plain", FORMAT): Tally(passed=1, of=6)}, cells={("plain", FORMAT, "painterly"): Tally(passed=0, of=2)}
    )
    shown = (1 + 20 * 0.8 * 0.93) / 26  # six takes of one model, the only one there is, against its prior
    mean = (4 * shown + 1) / 10
    cell = 6 * mean / 8
    first = cell + 0.5 * math.sqrt(cell * (1 - cell) / 9)
    assert format_chance(tallies=tallies).bite == pytest.approx(first / 0.93)


def test_what_one_model_has_shown_is_at_first_believed_of_all() -> None:
    other, untried = profile("other", priors={FORMAT: 0.5}), profile("untried", priors={FORMAT: 0.5})
    passing = Tallies(models={("other", FORMAT): Tally(passed=20, of=20)})
    (ground,) = chances.grounds(situation(layers=frozenset({FORMAT})), passing, profiles=(other, untried))
    shown = chances.estimate(untried, (), on=(ground,), tallies=passing).layers[FORMAT]
    assert chances.prior(untried, FORMAT) == pytest.approx(0.465)
    assert shown.prior == pytest.approx((20 + 20 * 0.465) / 40)


def test_other_films_lend_at_most_eight_takes() -> None:
    def lent(passed: int, of: int) -> float:
        others = {("plain", FORMAT): Tally(passed=passed, of=of)}
        return estimate(replace(situation(layers=frozenset({FORMAT})), others=others)).layers[FORMAT].prior

    prior = 0.8 * 0.93
    assert lent(0, 4) == pytest.approx(4 * prior / 8)
    assert lent(0, 8) == pytest.approx(lent(0, 800)) == pytest.approx(4 * prior / 12)
    assert lent(0, 0) == pytest.approx(prior)


def test_a_miss_multiplies_the_odds_by_its_likelihood() -> None:
    fresh = format_chance()
    if_bites = fresh.luck * 0.98 + (1 - fresh.luck) * 0.02
    odds = fresh.bite / (1 - fresh.bite) * (1 - if_bites) / 0.98
    assert format_chance(False).bite == pytest.approx(odds / (1 + odds))


def test_luck_is_never_so_low_that_a_layer_would_always_bite() -> None:
    tallies = Tallies(luck={FORMAT: Tally(passed=0, of=100)})
    assert format_chance(tallies=tallies).bite == pytest.approx(chances.MOST_BITE)


def test_only_the_active_layers_count() -> None:
    told = estimate(situation(layers=frozenset({ANATOMY, QUALITY})))
    assert list(told.layers) == [ANATOMY, QUALITY]
    assert told.whole == pytest.approx(told.layers[ANATOMY].passes * told.layers[QUALITY].passes)


def test_takes_on_other_models_say_nothing_about_this_one() -> None:
    shot = situation(attempt("other", FORMAT_MISS))
    assert estimate(shot) == estimate(situation())


def test_a_distilled_variant_starts_with_a_lower_format_prior() -> None:
    turbo, full = profile("turbo", distilled=True), profile("full")
    assert chances.prior(turbo, FORMAT) < chances.prior(full, FORMAT)
    assert chances.prior(turbo, ANATOMY) == chances.prior(full, ANATOMY)


class TestTallies:
    def test_first_takes_count_for_the_model_and_its_cell(self) -> None:
        tallies = count([trial("plain", FORMAT_MISS), trial("plain", ALL_PASS, shot="shot-2", style="flat")])
        assert tallies.models["plain", FORMAT] == Tally(passed=1, of=2)
        assert tallies.cells["plain", FORMAT, "painterly"] == Tally(passed=0, of=1)
        assert tallies.cells["plain", QUALITY, ""] == Tally(passed=2, of=2)

    def test_retakes_teach_luck_only_where_the_layer_is_known_to_bite(self) -> None:
        tallies = count(
            [trial("plain", ANATOMY_MISS), trial("plain", FORMAT_MISS, nth=2), trial("plain", ALL_PASS, nth=3)]
        )
        assert tallies.luck == {
            FORMAT: Tally(passed=1, of=2),
            ANATOMY: Tally(passed=1, of=1),
            QUALITY: Tally(passed=2, of=2),
        }
        assert tallies.models["plain", ANATOMY] == Tally(passed=0, of=1)

    def test_a_new_prompt_forgets_what_was_known_to_bite(self) -> None:
        tallies = count([trial("plain", ALL_PASS), trial("plain", FORMAT_MISS), trial("plain", ALL_PASS, nth=2)])
        assert Layer.FORMAT not in tallies.luck

    def test_adding_to_earlier_tallies_equals_counting_all_at_once(self) -> None:
        one = [trial("plain", ANATOMY_MISS), trial("plain", ALL_PASS, nth=2)]
        two = [trial("plain", FORMAT_MISS, shot="shot-2")]
        assert count(two, onto=count(one)) == count([*one, *two])
