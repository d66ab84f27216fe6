"""What every check promises, whatever it measures. A new file in `tools/checks/` is tested the moment it exists."""

from collections.abc import Mapping

import numpy as np
import pytest

from agent.findings import Evidence, Reading, Sight
from prompts import terms as vocabulary
from prompts.references import Dimension
from tests.support import clips, takes
from tools.checks import registry
from tools.pixels import Bytes
from tools.viewing import Check, Viewing

CHECKS = tuple(check for check in registry.discover() if not (check.needs.extra and check.needs.extra.missing))
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


def _ramp() -> Bytes:
    return np.tile(np.linspace(0, 255, 640, dtype=np.uint8)[None, None, :, None], (30, 480, 1, 3))


def _noise() -> Bytes:
    return np.random.default_rng(3).integers(0, 256, (30, 480, 640, 3), dtype=np.uint8)


ODDITIES: Mapping[str, Bytes] = {
    "black": np.zeros((30, 480, 640, 3), dtype=np.uint8),
    "white": np.full((30, 480, 640, 3), 255, dtype=np.uint8),
    "noise": _noise(),
    "ramp": _ramp(),
    "one frame": _ramp()[:1],
    "upright": np.ascontiguousarray(_noise()[:26].transpose(0, 2, 1, 3)),
    "tiny": np.ascontiguousarray(_noise()[:26, :16, :32]),
}


@pytest.fixture(scope="module")
def plain() -> Viewing:
    """A fault-free take with three references, one of which says what to leave out."""
    references = takes.project(clips.leaves, 1)
    left_out = [Dimension.COMPOSITION, Dimension.LENS_FLARE, Dimension.COLOR_CAST]
    other = takes.still(clips.shapes(9), "9", use=[Dimension.WARDROBE], ignore=left_out)
    return takes.viewing(clips.film(clips.leaves(4, look=1), frames=40), [*references, other])


@pytest.fixture(scope="module")
def odd() -> Mapping[str, Viewing]:
    references = takes.project(clips.clouds, 1)
    return {name: takes.viewing(frames, references) for name, frames in ODDITIES.items()}


def test_checks_are_found_without_naming_them_anywhere() -> None:
    assert {"blur", "cut", "light", "composition"} <= {check.name for check in CHECKS}


@every_check
def test_a_check_speaks_for_terms_of_the_vocabulary(check: Check) -> None:
    assert check.terms
    assert set(check.terms) <= set(vocabulary.known())


@every_check
def test_a_check_says_what_its_value_means_and_how_often_it_errs(check: Check) -> None:
    assert check.meaning
    assert any(letter.isdigit() for letter in check.rates)


@every_check
def test_a_fault_free_take_is_measured_and_not_accused(check: Check, plain: Viewing) -> None:
    reading = check.look(plain)

    assert reading.sight is not Sight.SEEN
    assert (reading.value is None) is (reading.threshold is None)
    assert reading.value is not None or "hardly anything skin-coloured in" in reading.reason


@every_check
def test_every_reading_shows_where_to_look(check: Check, plain: Viewing) -> None:
    for evidence in check.look(plain).evidence:
        assert 0 <= evidence.frame < plain.reel.count
        assert evidence.at_s == pytest.approx(evidence.frame / 24)
        assert evidence.sentence


@every_check
def test_a_check_measures_the_same_twice(check: Check, plain: Viewing) -> None:
    assert check.look(plain) == check.look(plain)


@every_check
@pytest.mark.parametrize("name", ODDITIES)
def test_an_odd_clip_breaks_no_check_and_gives_no_bare_number(
    check: Check, name: str, odd: Mapping[str, Viewing]
) -> None:
    reading = check.look(odd[name])

    assert reading.reason
    assert all(np.isfinite(number) for number in _numbers(reading))


@pytest.mark.parametrize("check", [check for check in CHECKS if check.needs.references], ids=lambda check: check.name)
def test_a_check_that_compares_says_when_references_are_too_few(check: Check, plain: Viewing) -> None:
    for count in range(check.needs.references):
        reading = check.look(Viewing(reel=plain.reel, stills=plain.stills[:count], unreadable=("reference 8 is torn",)))

        assert reading.sight is Sight.NOT_INSPECTABLE
        assert f"needs {check.needs.references} references" in reading.reason
        assert "reference 8 is torn" in reading.reason


@pytest.mark.parametrize("check", [check for check in CHECKS if check.needs.lines], ids=lambda check: check.name)
def test_a_check_of_fine_detail_says_when_the_clip_is_too_small(check: Check) -> None:
    low = clips.film(takes.halved(clips.leaves(1)), frames=4)[:, :192]
    reading = check.look(takes.viewing(low, takes.project(clips.leaves, 1)))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert f"{check.needs.lines} lines" in reading.reason


@pytest.mark.parametrize("check", [check for check in CHECKS if check.dimensions], ids=lambda check: check.name)
def test_references_told_to_leave_the_dimension_out_are_not_compared_with(check: Check, plain: Viewing) -> None:
    told = [takes.still(clips.leaves(at), str(at), ignore=check.dimensions) for at in range(4)]

    assert check.look(Viewing(reel=plain.reel, stills=tuple(told))).sight is Sight.NOT_INSPECTABLE


def _numbers(reading: Reading) -> list[float]:
    given: list[Evidence | Reading] = [reading, *reading.evidence]
    return [number for each in given for number in (each.value, each.threshold) if number is not None]
