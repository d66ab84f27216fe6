"""How often the inspection is wrong about a layer, and what routing makes of it."""

import pytest

from agent.film import Verdict
from agent.findings import Grade, Sight
from agent.learning import UNCALIBRATED, Calibration, Label, Limit, Mistakes, Score
from agent.policy import chances, erring, routing
from agent.policy.routing import Choice
from tests.unit.agent.policy.builders import (
    ANATOMY,
    FORMAT,
    FORMAT_MISS,
    QUALITY,
    attempt,
    finding,
    profile,
    situation,
    verdict,
)

SEEN, ABSENT = Sight.SEEN, Sight.ABSENT


def label(take: str, *terms: str, accepted: bool = False) -> Label:
    return Label(take_id=take, shot_id="s", accepted=accepted, terms=terms)


def of_quality(take: str, sight: Sight) -> Verdict:
    return verdict(take, finding("blurry", sight, layer=QUALITY), finding("photorealistic", ABSENT))


def test_an_accepted_take_that_misses_a_layer_is_a_false_alarm_and_a_rejected_one_that_passes_it_a_miss() -> None:
    verdicts = {name: of_quality(name, sight) for name, sight in (("a", SEEN), ("b", ABSENT), ("c", ABSENT))}
    labels = [label("a", accepted=True), label("b", accepted=True), label("c", "blurry")]
    alarms, misses = erring.told(labels, verdicts, (), by=UNCALIBRATED)[QUALITY]
    assert ((alarms.count, alarms.of), (misses.count, misses.of)) == ((1, 2), (1, 1))


def test_a_rejection_says_nothing_about_layers_it_does_not_name() -> None:
    told = erring.told([label("a", "blurry")], {"a": of_quality("a", ABSENT)}, (), by=UNCALIBRATED)
    assert [told[layer][1].of for layer in (FORMAT, ANATOMY, QUALITY)] == [0, 0, 1]


def test_what_was_measured_is_read_again_by_the_new_limits() -> None:
    score = Score(
        take_id="a",
        check="blur",
        terms=("blurry",),
        grade=Grade.A,
        sight=SEEN,
        lines=720,
        value=2.5,
        guard=1.0,
        threshold=2.0,
    )
    by = Calibration(limits=(Limit(check="blur", guard=3.0, threshold=4.0, accepted=9),))
    found = [
        erring.told([label("a", accepted=True)], {"a": of_quality("a", SEEN)}, [score], by=each)[QUALITY][0].count
        for each in (UNCALIBRATED, by)
    ]
    assert found == [1, 0]


def test_routing_reckons_with_the_usual_until_nine_takes_have_told() -> None:
    def reckoned(count: int) -> Mistakes | None:
        verdicts = {str(nth): of_quality(str(nth), SEEN) for nth in range(count)}
        labels = [label(str(nth), accepted=True) for nth in range(count)]
        return erring.reckoned(erring.told(labels, verdicts, (), by=UNCALIBRATED)).get(QUALITY)

    nine = reckoned(9)
    assert reckoned(8) is None
    assert nine is not None
    assert (nine.false_alarms, nine.misses) == pytest.approx(((9 + 0.4) / 29, 0.02))


def test_a_layer_the_inspection_is_often_wrong_about_no_longer_switches_the_model() -> None:
    models = (profile("turbo", dollars_per_second=0.05), profile("full", dollars_per_second=0.10))

    def after_a_miss(mistakes: Mistakes | None) -> str:
        shot = situation(attempt("turbo", FORMAT_MISS), mistakes={FORMAT: mistakes} if mistakes else {})
        choice = routing.choose(shot, profiles=models, trials=())
        assert isinstance(choice, Choice)
        return choice.model

    assert after_a_miss(None) == "full"
    assert after_a_miss(Mistakes(false_alarms=0.4)) == "turbo"


def test_false_alarms_and_misses_move_the_belief_each_its_own_way() -> None:
    usual = chances.after(0.7, luck=0.9, verdicts=[False])
    assert chances.after(0.7, luck=0.9, verdicts=[False], mistakes=Mistakes(false_alarms=0.4)) > usual
    assert chances.after(0.7, luck=0.9, verdicts=[True], mistakes=Mistakes(misses=0.4)) < chances.after(
        0.7, luck=0.9, verdicts=[True]
    )
