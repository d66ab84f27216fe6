"""How many go to a vendor at once."""

from dataclasses import dataclass, replace

from agent.lines import FIRST_WAIT_S, FORGETS_AFTER_S, LAST_WAIT_S, RAREST, Lines
from tests.unit.agent.policy.builders import profile

SIX = replace(profile("six"), slots=6)


@dataclass
class Clock:
    """Stands still until it is moved."""

    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_line_is_as_wide_as_its_profile_says() -> None:
    assert Lines(now_s=Clock()).slots(SIX) == 6


def test_a_vendor_that_is_full_has_as_many_slots_as_it_took_jobs_and_never_none() -> None:
    lines = Lines(now_s=Clock())
    widths: list[int] = []
    for at_vendor in (4, 5, 2, 0):  # five: another that was on its way when the first was refused
        lines.refused(SIX, at_vendor=at_vendor)
        widths.append(lines.slots(SIX))
    assert widths == [4, 4, 2, 1]


def test_after_a_while_one_slot_more_is_tried_and_all_of_them_once_it_is_taken() -> None:
    clock = Clock()
    lines = Lines(now_s=clock)
    lines.refused(SIX, at_vendor=3)
    clock.now_s = FORGETS_AFTER_S
    assert lines.slots(SIX) == 4
    lines.accepted(SIX, at_vendor=3)
    assert (lines.slots(SIX), lines.narrowed(SIX)) == (4, True)
    lines.accepted(SIX, at_vendor=4)
    assert (lines.slots(SIX), lines.narrowed(SIX)) == (6, False)


def test_a_slot_that_was_refused_again_is_tried_again_after_twice_as_long_up_to_a_limit() -> None:
    clock = Clock()
    lines = Lines(now_s=clock)
    waited: list[float] = []
    for _ in range(5):
        lines.refused(SIX, at_vendor=4)
        since_s = clock.now_s
        while lines.slots(SIX) == 4:
            clock.now_s += FORGETS_AFTER_S / 2
        waited.append((clock.now_s - since_s) / FORGETS_AFTER_S)
    assert waited == [1, 2, RAREST, RAREST, RAREST]


def test_a_vendor_that_wants_to_be_left_alone_gets_nothing_until_then() -> None:
    clock = Clock()
    lines = Lines(now_s=clock)
    lines.shut(SIX, wait_s=30.0)
    assert (lines.slots(SIX), lines.opens_in_s(SIX)) == (0, 30.0)
    clock.now_s = 30.0
    assert (lines.slots(SIX), lines.opens_in_s(SIX)) == (6, 0.0)


def test_where_it_does_not_say_how_long_each_wait_is_twice_the_last_until_it_takes_a_job() -> None:
    clock = Clock()
    lines = Lines(now_s=clock)
    waits: list[float] = []
    for _ in range(6):
        lines.shut(SIX, wait_s=None)
        waits.append(lines.opens_in_s(SIX))
        clock.now_s += waits[-1]
    assert waits == [FIRST_WAIT_S, 20.0, 40.0, 80.0, LAST_WAIT_S, LAST_WAIT_S]
    lines.accepted(SIX, at_vendor=1)
    lines.shut(SIX, wait_s=None)
    assert lines.opens_in_s(SIX) == FIRST_WAIT_S


def test_models_that_share_their_slots_are_narrowed_together_and_others_not() -> None:
    lines = Lines(now_s=Clock())
    shared = replace(SIX, pooled=True)
    lines.refused(shared, at_vendor=2)
    assert lines.slots(replace(shared, name="its sister")) == 2
    assert lines.slots(replace(SIX, name="by itself")) == 6
