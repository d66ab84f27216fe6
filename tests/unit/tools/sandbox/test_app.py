"""The sandbox as a whole: media, restarts, new stand-ins, a real port, and the official client as an outside eye."""

import base64
import io
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import av
import httpx
import pytest
import uvicorn
from runwayml import AsyncRunwayML, BadRequestError

import tools.sandbox
from tests.unit.tools.sandbox.rig import Rig, draw
from tools.sandbox.app import JUDGE_KEY, JUDGE_MODEL, Sandbox, build
from tools.sandbox.clips import Clips
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys, stand_ins
from tools.sandbox.scene import Scene
from tools.video.registry import vendors

KEY = {"authorization": "Bearer sandbox-kling-api-key"}
ORDER = {"prompt": "A fox at night.", "options": {"external_task_id": "take-1"}}


async def order(rig: Rig, content: object = ORDER) -> httpx.Response:
    return await rig.client.post("/text-to-video/kling-3.0", json=content, headers=KEY)


async def link(rig: Rig) -> str:
    tasks = (await rig.client.get("/tasks", params={"external_task_ids": "take-1"}, headers=KEY)).json()["data"]
    return str(tasks[0]["outputs"][0]["url"])


async def finished(*mishaps: Mishap) -> Rig:
    rig = Rig("kling", *mishaps)
    await order(rig)
    rig.finish()
    return rig


async def test_every_answer_says_that_it_comes_from_the_sandbox() -> None:
    rig = await finished()
    answers = [await rig.client.get("/tasks"), await rig.client.get("/nowhere"), await rig.client.get(await link(rig))]
    assert [answer.headers["x-sandbox"] for answer in answers] == ["1"] * 3


async def test_a_clip_can_be_fetched_in_parts() -> None:
    rig = await finished()
    address = await link(rig)
    whole = (await rig.client.get(address)).content
    part = await rig.client.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.headers["content-range"], part.content) == (
        206,
        "bytes 100-199/10000",
        whole[100:200],
    )
    assert (await rig.client.get(address, headers={"range": "bytes=9990-"})).content == whole[9990:]
    assert (await rig.client.get(address, headers={"range": "bytes=-10"})).content == whole[-10:]
    assert (await rig.client.get(address, headers={"range": "bytes=10000-"})).status_code == 416


async def test_a_link_dies_at_its_time_and_a_new_one_is_given() -> None:
    rig = await finished()
    old = await link(rig)
    rig.clock.pass_s(30 * 86_400)
    assert (await rig.client.get(old)).status_code == 403
    assert (await rig.client.get(await link(rig))).status_code == 200


async def test_a_planned_expired_link_is_dead_at_once_and_the_next_one_good() -> None:
    rig = await finished(Mishap.EXPIRED_LINK)
    assert (await rig.client.get(await link(rig))).status_code == 403
    assert (await rig.client.get(await link(rig))).status_code == 200


async def test_a_link_that_was_tampered_with_opens_nothing() -> None:
    rig = await finished()
    address = await link(rig)
    assert (await rig.client.get(address.replace("expires=1", "expires=2"))).status_code == 404
    assert (await rig.client.get(address.partition("?")[0])).status_code == 404


async def test_truncated_media_is_the_beginning_of_the_clip_and_not_a_video_is_a_page() -> None:
    whole = (await (rig := await finished()).client.get(await link(rig))).content
    cut = (await (rig := await finished(Mishap.TRUNCATED_MEDIA)).client.get(await link(rig))).content
    assert cut == whole[:6000]
    page = (await (rig := await finished(Mishap.NOT_A_VIDEO)).client.get(await link(rig))).content
    assert page.startswith(b"<!doctype html>")


async def test_the_same_seed_repeats_a_run_and_a_second_take_differs() -> None:
    runs = []
    for _ in range(2):
        rig = Rig("kling", seed=3)
        for number in (1, 2):
            await order(rig, {"prompt": "A fox.", "options": {"external_task_id": f"{number}"}})
        runs.append([job.scene for job in rig.sandbox.records.accepted()])
    assert runs[0] == runs[1]
    assert runs[0][0].seed != runs[0][1].seed


async def test_a_client_that_died_finds_its_job_and_its_clip_after_a_restart(tmp_path: Path) -> None:
    first = Rig("kling", folder=tmp_path)
    await order(first)
    first.finish()
    clip = (await first.client.get(await link(first))).content
    again = Rig("kling", folder=tmp_path)
    again.finish()
    assert (await again.client.get(await link(again))).content == clip
    assert (await order(again)).json()["code"] == 1201


def test_a_clip_is_drawn_once_however_many_ask_for_it(tmp_path: Path) -> None:
    drawn: list[Scene] = []

    def slow(scene: Scene) -> bytes:
        drawn.append(scene)
        time.sleep(0.02)  # long enough for all eight to be waiting
        return b"clip"

    sandbox = anyio.run(_with_one_job)
    (job,) = sandbox.records.accepted()
    clips = Clips(slow, folder=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(clips.get, [job] * 8)) == {b"clip"}
    assert len(drawn) == 1
    assert Clips(slow, folder=tmp_path).get(job) == b"clip"
    assert len(drawn) == 1


async def test_drawing_leaves_the_event_loop_free() -> None:
    started, let_go, freed = threading.Event(), threading.Event(), list[bool]()

    def stuck(scene: Scene) -> bytes:
        started.set()
        freed.append(let_go.wait(2))
        return draw(scene)

    rig = Rig("kling", drawn_by=stuck)
    await order(rig)
    rig.finish()
    address = await link(rig)
    async with anyio.create_task_group() as group:
        group.start_soon(rig.client.get, address)
        assert await anyio.to_thread.run_sync(started.wait, 2)
        assert (await rig.client.get("/tasks", headers=KEY)).status_code == 400
        let_go.set()
    assert freed == [True]


async def test_the_real_renderer_draws_what_was_ordered_at_480_lines() -> None:
    sandbox = build(pace=Pace(shortest_s=0, longest_s=0))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://sandbox/kling")
    settings = {"duration": 3, "aspect_ratio": "1:1", "resolution": "1080p"}
    await client.post("/text-to-video/kling-3.0", json=ORDER | {"settings": settings}, headers=KEY)
    tasks = (await client.get("/tasks", params={"external_task_ids": "take-1"}, headers=KEY)).json()["data"]
    clip = (await client.get(tasks[0]["outputs"][0]["url"])).content
    with av.open(io.BytesIO(clip), mode="r") as container:
        frames = list(container.decode(video=0))
    assert (len(frames), frames[0].width, frames[0].height) == (72, 480, 480)


def test_every_vendor_has_a_stand_in_with_credentials_of_its_own() -> None:
    assert [one.vendor for one in stand_ins()] == [vendor.name for vendor in vendors()]
    values = [value for keys in sandbox_keys().values() for value in keys.values()]
    assert len(set(values)) == len(values)
    assert all(_plain(value).startswith("sandbox-") for value in values)


async def test_the_judge_stands_beside_the_vendors() -> None:
    rig = Rig("judge")
    models = (await rig.client.get("/v1/models", headers={"authorization": f"Bearer {JUDGE_KEY}"})).json()["data"]
    assert [model["id"] for model in models] == [JUDGE_MODEL]


async def test_a_fifth_stand_in_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fifth.py").write_text(
        "from tools.sandbox import wire\n"
        "STAND_IN = wire.StandIn(vendor='fifth', keys={}, routes=lambda stage: [wire.media(stage)])\n"
    )
    monkeypatch.setattr(tools.sandbox, "__path__", [*tools.sandbox.__path__, str(tmp_path)])
    try:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=build(draw=draw)), base_url="http://sandbox")
        assert (await client.get("/fifth/media/none.mp4")).headers["x-sandbox"] == "1"
    finally:
        sys.modules.pop("tools.sandbox.fifth", None)


@pytest.fixture
def served() -> Iterator[tuple[Sandbox, str]]:
    """A sandbox behind a real server on a free loopback port, and its address."""
    plan = FaultPlan([Rule(mishap=Mishap.LOSE_RESPONSE, vendor="kling")])
    sandbox = build(pace=Pace(shortest_s=0, longest_s=0), plan=plan, draw=draw)
    server = uvicorn.Server(uvicorn.Config(sandbox, log_level="critical", lifespan="off"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield sandbox, f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


async def test_behind_a_server_a_lost_response_is_a_broken_connection_and_an_accepted_job(
    served: tuple[Sandbox, str],
) -> None:
    sandbox, address = served
    async with httpx.AsyncClient(base_url=f"{address}/kling", headers=KEY) as client:
        with pytest.raises(httpx.TransportError):
            await client.post("/text-to-video/kling-3.0", json=ORDER)
        assert [job.key for job in sandbox.records.accepted("kling")] == ["take-1"]
        tasks = (await client.get("/tasks", params={"external_task_ids": "take-1"})).json()["data"]
        assert len((await client.get(tasks[0]["outputs"][0]["url"])).content) == 10_000


async def test_the_official_runway_client_takes_this_wire_for_runways(served: tuple[Sandbox, str]) -> None:
    _, address = served
    async with AsyncRunwayML(
        api_key=sandbox_keys()["runway"]["api_key"],
        base_url=f"{address}/runway",
        max_retries=0,
        _strict_response_validation=True,
    ) as client:
        created = await client.text_to_video.create(
            model="gen4.5", prompt_text="A fox at night.", ratio="1280:720", duration=5, seed=7
        )
        task = await client.tasks.retrieve(created.id)
        assert task.status == "SUCCEEDED"
        assert task.cost.credits == 60
        async with httpx.AsyncClient() as plain:
            assert len((await plain.get(task.output[0])).content) == 10_000
        hosted = await client.text_to_video.create(
            model="veo3.1", prompt_text="A fox.", ratio="1280:720", duration=8, negative_prompt="watermark"
        )
        await client.tasks.delete(hosted.id)
        organization = await client.organization.retrieve()
        assert organization.credit_balance < organization.tier.max_monthly_credit_spend
        with pytest.raises(BadRequestError, match="Validation of body failed"):
            await client.text_to_video.create(model="gen4.5", prompt_text="A fox.", ratio="1280:720", duration=11)


def _plain(credential: str) -> str:
    """A credential; of one in the form of Standard Webhooks, the words it is made of."""
    if not credential.startswith("whsec_"):
        return credential
    return base64.b64decode(credential.removeprefix("whsec_")).decode()


async def _with_one_job() -> Sandbox:
    return (await finished()).sandbox
