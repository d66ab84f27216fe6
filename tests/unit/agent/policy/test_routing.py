"""Which model takes the next take, and when asking beats another take."""

from collections.abc import Sequence

import pytest

from agent.errors import NoRouteLeftError
from agent.film import Thrift, Wishes
from agent.ledger import Trial
from agent.policy import routing
from agent.policy.routing import Choice, Situation, Stop
from agent.profiles import Profile
from agent.troubles import Trouble
from tests.unit.agent.policy.builders import (
    ALL_PASS,
    ANATOMY_MISS,
    FORMAT_MISS,
    attempt,
    profile,
    situation,
    trial,
)

TURBO = profile("turbo", dollars_per_second=0.05, distilled=True)
FULL = profile("full", dollars_per_second=0.10)
DEAR = profile("dear", dollars_per_second=0.14)
MODELS = (TURBO, FULL, DEAR)


def chosen(shot: Situation, *, profiles: Sequence[Profile] = MODELS, trials: Sequence[Trial] = ()) -> Choice:
    choice = routing.choose(shot, profiles=profiles, trials=trials)
    assert isinstance(choice, Choice)
    return choice


def stopped(shot: Situation, *, profiles: Sequence[Profile] = MODELS) -> Stop:
    stop = routing.choose(shot, profiles=profiles, trials=())
    assert isinstance(stop, Stop)
    return stop


def test_the_first_take_goes_where_chance_for_cost_is_greatest() -> None:
    assert chosen(situation()).model == "turbo"


def test_a_turbo_take_with_a_format_miss_is_routed_to_a_full_step_model() -> None:
    assert chosen(situation(attempt("turbo", FORMAT_MISS))).model == "full"


def test_the_reroute_says_what_was_missed_and_what_the_next_model_costs() -> None:
    reason = chosen(situation(attempt("turbo", FORMAT_MISS))).reasons[0]
    assert reason == "turbo missed format on this shot; full has .77 there at 2.0x the cost"


def test_an_anatomy_slip_after_a_format_pass_keeps_the_model() -> None:
    again = chosen(situation(attempt("full", ANATOMY_MISS)), profiles=(FULL, profile("twin", dollars_per_second=0.10)))
    assert again.model == "full"
    assert again.reasons[0].startswith("full missed anatomy; format and quality held there")


def test_a_pass_raises_the_chance_of_its_model() -> None:
    before = chosen(situation(), profiles=(FULL,)).chance
    assert chosen(situation(attempt("full", ALL_PASS)), profiles=(FULL,)).chance > before


def test_first_takes_of_other_shots_raise_or_lower_a_model() -> None:
    before = chosen(situation(), profiles=(FULL,)).chance
    good = [trial("full", ALL_PASS, shot=f"shot-{n}") for n in range(6)]
    bad = [trial("full", FORMAT_MISS, shot=f"shot-{n}") for n in range(6)]
    assert chosen(situation(), profiles=(FULL,), trials=good).chance > before
    assert chosen(situation(), profiles=(FULL,), trials=bad).chance < before


def test_format_listens_to_the_style() -> None:
    bad_at_flat = [trial("full", FORMAT_MISS, shot=f"shot-{n}", style="flat") for n in range(6)]
    bad_here = [trial("full", FORMAT_MISS, shot=f"shot-{n}") for n in range(6)]
    elsewhere = chosen(situation(), profiles=(FULL,), trials=bad_at_flat).chance
    assert elsewhere > chosen(situation(), profiles=(FULL,), trials=bad_here).chance


def test_this_shots_own_trials_are_memory_and_not_counted_twice() -> None:
    shot = situation(attempt("full", FORMAT_MISS))
    own = [trial("full", FORMAT_MISS, shot="shot-now")]
    assert chosen(shot, trials=own) == chosen(shot)


@pytest.mark.parametrize("trouble", [Trouble.PROVIDER_TRANSIENT, Trouble.RATE_LIMITED, Trouble.CONCURRENCY])
def test_an_outage_teaches_nothing_about_negatives(trouble: Trouble) -> None:
    after = chosen(situation(attempt("turbo", trouble=trouble)))
    assert (after.model, after.chance) == ("turbo", chosen(situation()).chance)


def test_a_refusal_rules_out_all_models_of_that_vendor_for_this_prompt() -> None:
    sister = profile("turbo-sister", vendor="turbo", dollars_per_second=0.05)
    choice = chosen(situation(attempt("turbo", trouble=Trouble.MODERATION_INPUT)), profiles=(TURBO, sister, FULL))
    assert choice.model == "full"
    assert {passed.model for passed in choice.passed_over} == {"turbo", "turbo-sister"}


def test_a_refusal_teaches_nothing_about_other_models() -> None:
    refused = chosen(situation(attempt("turbo", trouble=Trouble.MODERATION_OUTPUT)))
    assert refused.chance == chosen(situation(), profiles=(FULL,)).chance


def test_a_model_that_failed_for_good_on_this_shot_is_not_asked_again() -> None:
    assert chosen(situation(attempt("turbo", trouble=Trouble.VALIDATION))).model == "full"


def test_it_stops_when_the_chance_is_worth_less_than_the_take() -> None:
    stop = stopped(situation(attempt("full", FORMAT_MISS), worth_micro_usd=600_000), profiles=(FULL,))
    assert stop.reason.startswith("after 1 take the best next take, full, has .")
    assert "the shot is worth $0.60" in stop.reason
    assert [passed.model for passed in stop.passed_over] == ["full"]


def test_a_first_take_is_made_of_a_shot_that_was_asked_for_however_small_its_chance() -> None:
    assert chosen(situation(worth_micro_usd=1), profiles=(FULL,)).model == "full"


def test_it_stops_when_every_model_that_was_tried_is_ruled_out() -> None:
    stop = stopped(situation(attempt("full", trouble=Trouble.MODERATION_INPUT)), profiles=(FULL,))
    assert "no other model may take this shot after full" in stop.reason


def test_no_model_and_nothing_tried_is_an_error_that_names_each_model_once_behind_its_reason() -> None:
    with pytest.raises(NoRouteLeftError, match="ruled out on this film: turbo, full"):
        routing.choose(situation(excluded=("turbo", "full")), profiles=(TURBO, FULL), trials=())


def test_the_nearest_length_or_picture_on_offer_is_named_with_who_makes_it_and_never_taken() -> None:
    longer = profile("longer", durations=tuple(range(3, 31)), ratios=("16:9", "21:9"))
    for asked, told in (
        (situation(seconds=45), r"nearest on offer is 30 s \(longer\)$"),
        (situation(ratio="2.39:1"), r"nearest on offer is 21:9 \(longer\)$"),
        (situation(ratio="1:1"), r"nearest on offer is 16:9 \(full, longer, turbo\)$"),
        (situation(seconds=45, wishes=Wishes(models=("full",))), r"nearest on offer is 10 s \(full\)$"),
        (situation(left_micro_usd=1), "change the shot or lift an exclusion"),
    ):
        with pytest.raises(NoRouteLeftError, match=told):
            routing.choose(asked, profiles=(TURBO, FULL, longer), trials=())


def test_a_length_that_was_not_asked_for_is_said() -> None:
    assert "it makes 5, 10 s, so the 6.5 s are ordered as 10 s" in chosen(situation(seconds=6.5)).reasons
    assert not any("ordered as" in reason for reason in chosen(situation(seconds=5)).reasons)


def test_every_model_that_was_not_chosen_is_accounted_for() -> None:
    choice = chosen(situation(attempt("turbo", FORMAT_MISS), excluded=("dear",)))
    told = {passed.model: passed.why for passed in choice.passed_over}
    assert told.keys() == {"turbo", "dear"}
    assert told["turbo"].startswith("missed format on this shot; .")
    assert told["dear"] == "ruled out on this film"


def test_equals_are_told_apart_by_name_whatever_their_order() -> None:
    twins = (profile("b-twin"), profile("a-twin"))
    assert chosen(situation(), profiles=twins).model == "a-twin"
    assert chosen(situation(), profiles=twins[::-1]).model == "a-twin"


def test_the_take_is_ordered_at_a_length_the_model_makes() -> None:
    choice = chosen(situation(seconds=6.5), profiles=(FULL,))
    assert (choice.seconds, choice.cost_micro_usd) == (10, 1_000_000)


def test_waiting_decides_between_equals() -> None:
    slow, quick = profile("a-slow", usual_wait_s=400), profile("b-quick", usual_wait_s=40)
    assert chosen(situation(), profiles=(slow, quick)).model == "b-quick"


class TestWishes:
    def test_best_looks_at_the_chance_alone(self) -> None:
        better = profile("better", dollars_per_second=0.40, priors={layer: 0.95 for layer in ALL_PASS})
        assert chosen(situation(wishes=Wishes(thrift=Thrift.BEST)), profiles=(*MODELS, better)).model == "better"

    def test_cheapest_takes_the_lowest_price_near_the_best_chance(self) -> None:
        cheap = profile("cheap", dollars_per_second=0.09, priors={layer: 0.65 for layer in ALL_PASS})
        assert chosen(situation(), profiles=(cheap, FULL)).model == "full"
        assert chosen(situation(wishes=Wishes(thrift=Thrift.CHEAPEST)), profiles=(cheap, FULL)).model == "cheap"

    def test_cheapest_still_leaves_a_model_that_missed_its_format(self) -> None:
        shot = situation(attempt("turbo", FORMAT_MISS), wishes=Wishes(thrift=Thrift.CHEAPEST))
        assert chosen(shot).model == "full"

    def test_fast_takes_the_shortest_wait_near_the_best_chance(self) -> None:
        quick = profile("quick", dollars_per_second=0.30, usual_wait_s=20)
        assert chosen(situation(), profiles=(FULL, quick)).model == "full"
        choice = chosen(situation(wishes=Wishes(thrift=Thrift.FAST)), profiles=(FULL, quick))
        assert choice.model == "quick"
        assert "you asked for a fast one" in " ".join(choice.reasons)
