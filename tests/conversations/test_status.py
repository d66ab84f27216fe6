"""Where the house stands: on its page, for Prometheus, and in the terminal; none of it without the token."""

import json
from pathlib import Path

import pytest

from agent.film import ShotStatus
from interfaces.api.access import Access
from interfaces.command import doctor, status
from interfaces.settings import Settings
from tests.support.house import rule
from tests.support.served import a_service
from tools.sandbox.faultplan import Mishap

TOKEN = "0123456789abcdef0123456789abcdef"


async def test_a_closed_vendor_and_an_unknown_outcome_stand_on_the_page_and_in_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = [rule(Mishap.WRONG_KEY, "kling"), rule(Mishap.LOSE_RESPONSE, "google", 1)]
    async with a_service(tmp_path, rules=rules, access=Access(token=TOKEN)) as service:
        for words in ("a boat on the river, wide, 5 s, with Kling or Veo, cheapest", "new shot: a lamp, 5 s, with Veo"):
            await service.film.say(words)
        assert ShotStatus.UNKNOWN in {shot.status for shot in (await service.film.shot(1), await service.film.shot(2))}
        for path in ("/status", "/metrics"):
            assert (await service.http.get(path)).status_code == 401
        shown = {"authorization": f"Bearer {TOKEN}"}
        page = (await service.http.get("/status", headers=shown)).text
        figures = (await service.http.get("/metrics", headers=shown)).text

    assert "Closed: check this vendor" in page
    assert "1 of unknown outcome: your decision" in page
    assert "<script" not in page[page.index("<main") :]
    assert 'countersteer_jobs{vendor="google",state="unknown"} 1' in figures
    assert 'countersteer_circuit_closed{vendor="kling"} 1' in figures
    assert 'kind="step",name="submit",vendor="",ended="ok"' in figures
    assert 'kind="vendor",name="submit",vendor="kling",ended="auth"' in figures

    await status.status(Settings(folder=tmp_path))
    assert "1 of unknown outcome" in capsys.readouterr().out
    assert await doctor.doctor(Settings(folder=tmp_path), as_json=True) == doctor.DONE
    told = json.loads(capsys.readouterr().out)
    assert [check["sentence"] for check in told["checks"] if not check["holds"]] == []
    assert any("may have been billed" in each["says"] for check in told["checks"] for each in check["complaints"])
