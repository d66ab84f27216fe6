"""A film's decisions, made twice."""

from benchmarks import decision, routing_worlds


def test_the_same_history_gives_the_same_choice_with_a_layer_and_its_rate_in_any_order_of_models() -> None:
    weighed = decision.weigh(decision.history(8), routing_worlds.PROFILES)

    assert (weighed.differing, weighed.bare) == (0, 0)
    assert len(weighed.micro_s) >= 8
