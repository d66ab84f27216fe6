"""Graph state is plain, and a key it does not know is an error and not a silent loss."""

import pytest

from agent.graphs.state import shot_update, turn_update


def test_a_key_the_state_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError, match="rout_id"):
        shot_update(rout_id="r1")
    with pytest.raises(KeyError, match="answers"):
        turn_update(answers=[])


def test_known_keys_pass() -> None:
    assert shot_update(route_id="r1", cost_micro_usd=3) == {"route_id": "r1", "cost_micro_usd": 3}
