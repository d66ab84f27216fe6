"""First and last frames held against the shot."""

import pytest

from agent.policy import framing
from agent.policy.framing import Framed
from agent.profiles import Offer
from prompts.references import Role


def offer(*ratios: str) -> Offer:
    return Offer(durations=(5,), ratios=ratios, resolution="720p", price_micro_usd_per_second=1)


def first(width: int, height: int, label: str = "door") -> Framed:
    return Framed(label=label, role=Role.FIRST_FRAME, width=width, height=height)


def last(width: int, height: int, label: str = "roof") -> Framed:
    return Framed(label=label, role=Role.LAST_FRAME, width=width, height=height)


WIDE = offer("16:9", "9:16")
MANY = offer("16:9", "4:3", "1:1")


def told(*frames: Framed, ratio: str = "16:9", offers: tuple[Offer, ...] = (MANY,)) -> str:
    return framing.mismatch(frames, ratio=ratio, offers=offers, shot=7) or ""


def test_a_shot_without_frames_has_nothing_to_fit() -> None:
    assert told() == ""


@pytest.mark.parametrize("size", [(1600, 900), (1920, 1088), (1632, 900), (1569, 900)])
def test_a_frame_within_two_percent_of_the_shot_goes_out(size: tuple[int, int]) -> None:
    assert told(first(*size)) == ""
    assert told(first(*size), last(*size)) == ""


@pytest.mark.parametrize("size", [(1640, 900), (1560, 900)])
def test_a_frame_more_than_two_percent_off_stops_the_shot(size: tuple[int, int]) -> None:
    assert f"({size[0]}x{size[1]}) and the shot is 16:9" in told(first(*size))


def test_where_the_frame_s_picture_is_on_offer_the_words_for_it_are_given() -> None:
    assert told(first(1440, 1080)) == (
        "the first frame 'door' is 4:3 (1440x1080) and the shot is 16:9; neither is changed unasked: "
        "say 'shot 7: 4:3' to shoot it like the frame, or crop the image to 16:9 and add it again"
    )


def test_where_it_is_not_the_nearest_on_offer_is_named() -> None:
    assert told(first(1080, 1080), offers=(offer("16:9", "4:3"),)).endswith(
        ": crop the image to 16:9 and add it again, or crop it to 4:3, the nearest on offer, "
        "and say 'shot 7: 4:3' as well"
    )


def test_where_nothing_nearer_is_on_offer_only_cropping_is_left() -> None:
    assert told(first(1440, 1080), offers=(WIDE,)).endswith(": crop the image to 16:9 and add it again")
    assert told(first(1440, 1080), offers=()).endswith(": crop the image to 16:9 and add it again")


def test_where_the_picture_follows_the_frame_its_own_is_on_offer() -> None:
    assert "say 'shot 7: 3:2'" in told(first(1500, 1000), offers=(WIDE, offer()))


def test_a_frame_of_no_usual_picture_is_told_as_a_figure() -> None:
    assert "is 1.60:1 (1600x1000)" in told(first(1600, 1000))


def test_a_standing_frame_is_as_far_from_a_lying_shot_as_the_other_way_round() -> None:
    assert "say 'shot 7: 9:16'" in told(first(900, 1600), offers=(WIDE,))
    assert "say 'shot 7: 16:9'" in told(first(1600, 900), ratio="9:16", offers=(WIDE,))


def test_frames_of_different_proportions_stop_the_shot_with_both() -> None:
    assert told(first(1600, 900), last(1440, 1080)) == (
        "the first frame 'door' is 16:9 (1600x900) and the last frame 'roof' is 4:3 (1440x1080); "
        "both must have the same proportions: crop one of them and add it again"
    )


def test_a_last_frame_needs_a_first_frame() -> None:
    assert told(last(1600, 900)) == (
        "'roof' is named as the last frame, and a last frame needs a first frame; name that as well"
    )


def test_two_images_cannot_both_be_the_first_frame() -> None:
    asked = told(first(1600, 900), first(1600, 900, label="gate"))

    assert asked == "a shot has one first frame, and this one names 'door' and 'gate'; say which of them it is"
    assert "one last frame" in told(first(1600, 900), last(1600, 900), last(1600, 900, label="gate"))


def test_a_frame_of_unknown_size_is_asked_for_again() -> None:
    assert told(first(0, 0)) == "the size of 'door' was not kept when it was added; add the image again"
