"""The film of ``make demo``, played whole: real clips, real measures, and everything the README promises of it."""

from importlib import resources
from pathlib import Path

import pytest

from agent.events import Event, What
from agent.findings import Sight
from interfaces.command.playing import fixtures
from interfaces.script import reading, results
from interfaces.script.desk_door import DeskDoor
from interfaces.script.running import run
from interfaces.settings import Settings
from interfaces.wiring import House, open_house


async def _measured_reroutes(house: House, events: tuple[Event, ...]) -> list[str]:
    """The re-routes whose cause is a term that a check has measured in the take before."""
    found: list[str] = []
    last_take: dict[str, str] = {}
    for event in events:
        shot_id = event.shot_id or ""
        if event.what is What.TAKE:
            last_take[shot_id] = str(event.data["take_id"])
        if event.what is What.ROUTE and event.data["reroute"] and shot_id in last_take:
            verdict = await house.studio.store.verdict(last_take[shot_id])
            assert verdict is not None
            found += [
                finding.term
                for finding in verdict.findings
                if finding.sight is Sight.SEEN and finding.method in ("measured", "both")
            ][:1]
    return found


@pytest.mark.timeout(400)
async def test_the_demo_shows_all_it_is_meant_to_show(tmp_path: Path) -> None:
    film = Path(str(resources.files("interfaces").joinpath("script", "demo.yaml")))
    written = reading.read(film)
    async with open_house(Settings(folder=tmp_path), parts=fixtures(written.script)) as house:
        ran = await run(DeskDoor(house), results.begin(written), out=lambda line: None)
        shots = await house.studio.store.shots(ran.film_id)
        takes = await house.studio.store.takes(project_id=ran.film_id)
        measured = await _measured_reroutes(house, ran.events)
        whole = [await house.studio.clips.verify(take.clip, sha256=take.sha256) for take in takes]

    kinds = [event.what for event in ran.events]
    assert len(shots) >= 12
    assert len(measured) >= 3, measured
    assert sum(event.data.get("kind") == "refused" for event in ran.events if event.what is What.ASK) == 1
    assert What.CHOOSE in kinds
    assert What.STALE in kinds
    assert any("because" in str(event.data["text"]) for event in ran.events if event.what is What.REPLY)
    assert ran.coverage == 1.0
    assert ran.misses == ()
    assert all(whole)
    assert all(take.sandbox for take in takes)
