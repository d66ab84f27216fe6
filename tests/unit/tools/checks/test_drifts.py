"""Light and colour that come and go again inside a take."""

import numpy as np
import pytest

from agent.findings import Sight
from tests.support import clips, takes
from tools.checks import cast_drift, light_drift
from tools.pixels import Bytes
from tools.viewing import Check

SHOT = clips.film(takes.halved(clips.leaves(3)), frames=48)


def _for_a_quarter(gains: tuple[float, float, float]) -> Bytes:
    """The take with its third quarter in another light."""
    lit = SHOT.astype(np.float32)
    lit[24:36] *= np.array(gains, dtype=np.float32)
    return np.asarray(np.clip(lit, 0, 255), dtype=np.uint8)


@pytest.mark.parametrize(
    ("check", "gains"),
    [(light_drift.CHECK, (1.4, 1.4, 1.4)), (cast_drift.CHECK, (0.9, 1.1, 0.9))],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_is_gone_again_at_the_end_is_seen_all_the_same(check: Check, gains: tuple[float, float, float]) -> None:
    reading = check.look(takes.viewing(_for_a_quarter(gains)))

    assert reading.sight is Sight.SEEN
    assert "quarter 3" in reading.reason


@pytest.mark.parametrize("check", [light_drift.CHECK, cast_drift.CHECK], ids=lambda check: check.name)
def test_a_take_in_one_light_is_cleared(check: Check) -> None:
    assert check.look(takes.viewing(SHOT)).sight is Sight.ABSENT
