"""The addresses that vendors call."""

import random
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from agent.errors import NotFoundError
from agent.jobs import Job, JobState
from agent.studio import Studio
from interfaces import accounts, hooks, settings
from interfaces.hooks import Addresses
from interfaces.settings import BadSettingError
from tools.sandbox import app
from tools.video import registry

SECRET = "a secret of thirty-two signs or more"


def test_an_address_names_vendor_and_job_and_nobody_without_the_secret_can_make_it() -> None:
    address = Addresses(public_url="https://film.example/", secret=SECRET).of("kling", "job-1")
    assert address.startswith("https://film.example/hooks/kling/job-1?token=")
    assert len(address.partition("token=")[2]) == 64
    assert address != Addresses(public_url="https://film.example", secret=SECRET + "!").of("kling", "job-1")


def test_the_token_of_one_job_opens_no_other() -> None:
    ours = Addresses(public_url="https://film.example", secret=SECRET)
    assert ours.token("kling", "job-1") != ours.token("kling", "job-2")
    assert ours.token("kling", "job-1") != ours.token("fal", "job-1")


def test_a_public_address_without_a_long_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSTEER_HOOKS_URL", "https://film.example")
    with pytest.raises(BadSettingError, match="HOOKS_SECRET"):
        settings.read()
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", "short")
    with pytest.raises(BadSettingError, match="HOOKS_SECRET"):
        settings.read()
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", SECRET)
    assert hooks.addresses(settings.read()) is not None


def test_without_a_public_address_no_vendor_is_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", SECRET)
    assert hooks.addresses(settings.read()) is None


CALLS = 400
SIGNS = (
    *("webhook-id", "webhook-timestamp", "webhook-signature", "authorization", "content-type"),
    *(f"x-fal-webhook-{part}" for part in ("request-id", "user-id", "timestamp", "signature")),
)


def _job(vendor: str) -> Job:
    model = next(profile.name for each in registry.vendors() for profile in each.profiles if profile.vendor == vendor)
    return Job(
        id=f"job_{vendor}",
        project_id="film",
        shot_id="shot",
        route_id="route",
        model=model,
        attempt=1,
        seconds=5,
        state=JobState.ACCEPTED,
        reserved_micro_usd=1,
        created_us=1,
        due_us=1,
        vendor_id="x",
    )


async def test_whatever_is_called_with_nothing_breaks_and_only_a_right_token_has_a_job_looked_at() -> None:
    sandbox = app.build()
    vendors = accounts.stand_ins(base_url="http://sandbox", transport=httpx.ASGITransport(app=sandbox))
    jobs = {job.id: job for job in map(_job, vendors)}

    async def job(job_id: str) -> Job:
        if job_id not in jobs:
            raise NotFoundError(what="job", name=job_id)
        return jobs[job_id]

    def profile(model: str) -> Any:
        return next(each for vendor in vendors.values() for each in vendor.profiles if each.name == model)

    studio = cast(Studio, SimpleNamespace(vendors=vendors, profile=profile, store=SimpleNamespace(job=job)))
    known, looked = Addresses(public_url="http://film.example", secret=SECRET), list[str]()
    heard = hooks.listen(studio, known, look_now=lambda job: looked.append(job.id))
    chance, answers = random.Random(8), list[tuple[int, bool]]()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=heard), base_url="http://film.example") as http:
        for _ in range(CALLS):
            vendor = chance.choice([*vendors, "nobody"])
            job_id = chance.choice([f"job_{vendor}", "job_kling", "job.of.nobody", "a b"])
            right = chance.random() < 0.6
            token = known.token(vendor, job_id) if right else chance.choice(["", "0" * 64, "\u00e9"])
            before = len(looked)
            answer = await http.post(
                f"/hooks/{vendor}/{job_id}",
                params={"token": token},
                headers={name: _word(chance) for name in chance.sample(SIGNS, chance.randint(0, 4))},
                content=chance.randbytes(chance.choice((0, 1, 30, 2000))) or b'{"status": "succeeded"}',
            )
            answers.append((answer.status_code, right))
            assert (answer.status_code == 204) == (len(looked) > before)

    for each in vendors.values():
        await each.close()
    assert {status for status, _ in answers} <= {204, 401, 404, 503}
    assert {status for status, right in answers if not right} == {404}
    assert {204, 401} <= {status for status, right in answers if right}


def _word(chance: random.Random) -> str:
    return chance.choice(
        ["", "0", "1781080794", "v1,", "v1,AAAA", "Bearer x.y.z", "Bearer eyJhbGciOiJub25lIn0.e30.", "a" * 900]
    )
