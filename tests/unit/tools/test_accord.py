import numpy as np
import pytest

from agent.findings import Sight
from prompts.references import Dimension
from tests.support import clips, takes
from tools import accord
from tools.checks import light, palette
from tools.pixels import Rgb
from tools.viewing import Check, ReferenceStill, Viewing


def _plain(*colour: int) -> Rgb:
    return np.tile(np.array(colour, dtype=np.uint8), (90, 160, 1))


DARK, DIM, BRIGHT = _plain(20, 20, 20), _plain(60, 60, 60), _plain(200, 200, 200)
RED, GREEN = _plain(150, 60, 60), _plain(60, 130, 60)


def test_references_of_one_look_agree() -> None:
    assert accord.discord({"1": DARK, "2": DIM, "3": DARK}, Dimension.LIGHTING) == ""


def test_a_scale_of_many_steps_is_one_look() -> None:
    steps = {str(level): _plain(level, level, level) for level in range(20, 240, 40)}

    assert accord.discord(steps, Dimension.LIGHTING) == ""


def test_contradicting_references_are_named_by_their_sides() -> None:
    told = accord.discord({"alley": DARK, "roof": BRIGHT, "cellar": DARK}, Dimension.LIGHTING)

    assert "roof (81) and alley, cellar (6)" in told


def test_colours_may_contradict_where_lightness_does_not() -> None:
    given = {"1": RED, "2": GREEN, "3": GREEN}

    assert accord.discord(given, Dimension.LIGHTING) == ""
    assert "references contradict each other in palette" in accord.discord(given, Dimension.PALETTE)


def test_dimensions_nothing_can_be_told_of_never_contradict() -> None:
    assert accord.discord({"1": DARK, "2": BRIGHT}, Dimension.COMPOSITION) == ""


def _references(*colours: Rgb) -> tuple[ReferenceStill, ...]:
    return tuple(takes.still(colour, str(at)) for at, colour in enumerate(colours))


@pytest.mark.parametrize(
    ("check", "references"),
    [(light.CHECK, _references(DARK, BRIGHT, DARK)), (palette.CHECK, _references(RED, GREEN, GREEN))],
    ids=["light", "palette"],
)
def test_no_take_is_cleared_or_accused_by_references_that_contradict(
    check: Check, references: tuple[ReferenceStill, ...]
) -> None:
    reading = check.look(Viewing(reel=takes.reel(clips.film(clips.leaves(1), frames=4)), stills=references))

    assert reading.sight is Sight.UNSURE
    assert "contradict each other" in reading.reason
