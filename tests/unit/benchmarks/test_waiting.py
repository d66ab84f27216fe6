"""Many waiting shots in virtual time."""

import asyncio

from benchmarks import waiting


def test_each_of_many_waiting_shots_is_looked_at_when_it_is_due_and_brought_home() -> None:
    with asyncio.Runner(loop_factory=waiting.VirtualLoop) as runner:
        kept, stage = runner.run(waiting.measure(200))

    assert len(stage.finished) == 200
    assert max(stage.late_us) < waiting.REQUEST_S * 1e6, "a look waits for no other"
    assert 0 < kept < waiting.BARS["bytes_per_shot"]
