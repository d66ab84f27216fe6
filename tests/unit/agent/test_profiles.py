"""What a profile says of lengths and prices."""

from agent.profiles import Offer


def test_a_clip_shorter_than_the_least_charge_costs_the_least_charge() -> None:
    offer = Offer(
        durations=(4, 5),
        ratios=("16:9",),
        resolution="720p",
        price_micro_usd_per_second=150_000,
        least_micro_usd=700_000,
    )
    assert [offer.price_micro_usd(seconds) for seconds in offer.durations] == [700_000, 750_000]
