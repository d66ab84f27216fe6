import base64
from collections.abc import Mapping

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Inbox, Rig, draw, png
from tools.sandbox.app import build
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import Mishap
from tools.sandbox.gemini_marks import marked
from tools.sandbox.scene import Fault

KEY = {"x-goog-api-key": "sandbox-gemini-api-key"}
MODEL = "gemini-omni-1.2-flash"
IMAGE = {"type": "image", "data": base64.b64encode(png()).decode(), "mime_type": "image/png"}
WORDS = {"type": "text", "text": "One continuous shot of a fox at night."}


def body(*content: object, **fields: object) -> dict[str, object]:
    given = [{"type": "user_input", "content": list(content)}] if content else WORDS["text"]
    return {"model": MODEL, "input": given, "background": True, **fields}


def clip(**fields: object) -> dict[str, object]:
    return {"response_format": {"type": "video", **fields}}


async def create(rig: Rig, content: object, *, version: str = "v1") -> httpx.Response:
    return await rig.client.post(f"/{version}/interactions", json=content, headers=KEY)


async def get(rig: Rig, interaction: str) -> httpx.Response:
    return await rig.client.get(f"/v1/interactions/{interaction}", headers=KEY)


def output(interaction: Mapping[str, list[dict[str, list[dict[str, str]]]]]) -> dict[str, str]:
    (content,) = interaction["steps"][-1]["content"]
    return content


async def test_an_interaction_goes_from_queued_over_in_progress_to_a_clip_with_its_tokens() -> None:
    rig = Rig("gemini")
    started = (await create(rig, body(**clip(duration="5s")))).json()
    assert (started["status"], started["id"][:3]) == ("queued", "v1_")
    (job,) = rig.sandbox.records.accepted("gemini")
    rig.clock.pass_s(job.starts_s - job.created_s)
    assert (await get(rig, started["id"])).json()["status"] == "in_progress"
    rig.finish()
    done = (await get(rig, started["id"])).json()
    assert (done["status"], done["usage"]["total_output_tokens"]) == ("completed", 28_960)
    assert [step["type"] for step in done["steps"]] == ["user_input", "model_output"]
    assert len(base64.b64decode(output(done)["data"])) == 10_000


async def test_a_file_can_be_fetched_with_the_key_once_it_is_active_and_for_two_days() -> None:
    rig = Rig("gemini")
    started = (await create(rig, body(**clip(delivery="uri")), version="v1beta")).json()
    (job,) = rig.sandbox.records.accepted("gemini")
    rig.clock.pass_s(job.ends_s - job.created_s)
    uri = output((await get(rig, started["id"])).json())["uri"]
    file = uri.partition(":download")[0]
    assert (await rig.client.get(file, headers=KEY)).json()["state"] == "PROCESSING"
    assert (await rig.client.get(uri, headers=KEY)).status_code == 400
    rig.clock.pass_s(1)
    assert (await rig.client.get(file, headers=KEY)).json()["state"] == "ACTIVE"
    assert len((await rig.client.get(uri, headers=KEY)).content) == 10_000
    assert (await rig.client.get(uri)).status_code == 403
    rig.clock.pass_s(2 * 86_400)
    assert (await rig.client.get(uri, headers=KEY)).json()["error"]["status"] == "PERMISSION_DENIED"


class HurriedClock(HandClock):
    """A time that goes on by half a second with every look."""

    def now_s(self) -> float:
        self.pass_s(0.5)
        return super().now_s()


async def test_without_background_the_answer_comes_with_the_clip() -> None:
    sandbox = build(clock=HurriedClock(), draw=draw, outward=Inbox())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://sandbox/gemini")
    answer = await client.post("/v1/interactions", json=body(background=False), headers=KEY)
    assert answer.json()["status"] == "completed"
    assert [step["type"] for step in answer.json()["steps"]] == ["model_output"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body(**clip(duration=5)), id="length as a number"),
        pytest.param(body(**clip(duration="5")), id="length without a unit"),
        pytest.param(body(**clip(duration="2s")), id="too short"),
        pytest.param(body(**clip(duration="16s")), id="too long"),
        pytest.param(body(**clip(duration="11s"), model="gemini-omni-1.1-flash"), id="too long for 1.1"),
        pytest.param(body(**clip(aspect_ratio="1:1")), id="no such ratio"),
        pytest.param(body(**clip(resolution="480p")), id="no such resolution"),
        pytest.param(body(**clip(negative_prompt="x")), id="no negative field"),
        pytest.param(body(negative_prompt="x"), id="none here either"),
        pytest.param(body(store=False), id="background without store"),
        pytest.param(body(background=False, webhook_config={"uris": ["https://a.example"]}), id="call without it"),
        pytest.param(body(webhook_config={"uris": ["ftp://a.example"]}), id="no address"),
        pytest.param(body(webhook_config={"uris": ["https://a.example"] * 2}), id="two addresses"),
        pytest.param(body(previous_interaction_id="v1_a"), id="editing"),
        pytest.param(body(IMAGE), id="no words"),
        pytest.param(body(*[IMAGE] * 8, WORDS), id="eight references"),
        pytest.param(body(*[IMAGE] * 4, WORDS, model="gemini-omni-1.1-flash"), id="four for 1.1"),
        pytest.param(body({**IMAGE, "data": "nope"}, WORDS), id="no image"),
        pytest.param(body({"type": "video", "uri": "files/a"}, WORDS), id="a video"),
        pytest.param(body(IMAGE, {"type": "text", "text": "<LAST_FRAME> a fox"}), id="a last frame alone"),
        pytest.param(body(IMAGE, {"type": "text", "text": "<IMAGE_REF_1> a fox"}), id="a mark to nowhere"),
        pytest.param(body(generation_config={"video_config": {"task": "image_to_video"}}), id="no image for the task"),
        pytest.param([], id="not an object"),
    ],
)
async def test_a_body_that_omni_does_not_take_is_an_invalid_request(content: object) -> None:
    rig = Rig("gemini")
    answer = await create(rig, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")
    assert rig.accepted == 0


@pytest.mark.parametrize("key", [{}, {"x-goog-api-key": "another"}], ids=["none", "wrong"])
async def test_the_front_end_answers_bad_keys_with_a_list(key: Mapping[str, str]) -> None:
    rig = Rig("gemini")
    answer = await rig.client.post("/v1/interactions", json=body(), headers=key)
    assert answer.status_code == (400 if key else 403)
    assert answer.json()[0]["error"]["status"] == ("INVALID_ARGUMENT" if key else "PERMISSION_DENIED")
    assert (await rig.client.get("/v1beta/models", params={"key": KEY["x-goog-api-key"]})).status_code == 200


async def test_an_unknown_interaction_is_an_invalid_name_and_an_unknown_model_is_not_found() -> None:
    rig = Rig("gemini")
    answer = await get(rig, "v1_unknown")
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Invalid interaction name.")
    assert (await create(rig, body(model="gemini-omni-9"))).status_code == 404


@pytest.mark.parametrize(
    ("mishap", "status", "code"),
    [
        (Mishap.THROTTLE, 429, "resource_exhausted"),
        (Mishap.RATE, 429, "resource_exhausted"),
        (Mishap.OUT_OF_CREDIT, 429, "resource_exhausted"),
        (Mishap.UNAVAILABLE, 503, "unavailable"),
        (Mishap.MODERATE_INPUT, 400, "PROHIBITED_CONTENT"),
        (Mishap.RETIRED, 404, "not_found"),
    ],
)
async def test_a_planned_refusal_bills_nothing(mishap: Mishap, status: int, code: str) -> None:
    rig = Rig("gemini", mishap)
    answer = await create(rig, body())
    assert (answer.status_code, answer.json()["error"]["code"], rig.accepted) == (status, code, 0)
    assert (await create(rig, body())).status_code == 200


async def test_a_withheld_clip_is_a_completed_interaction_with_words_alone() -> None:
    rig = Rig("gemini", Mishap.MODERATE_OUTPUT)
    started = (await create(rig, body())).json()
    rig.finish()
    done = (await get(rig, started["id"])).json()
    assert (done["status"], output(done)["type"]) == ("completed", "text")
    assert "error" not in done


async def test_a_broken_interaction_has_failed_with_its_errors() -> None:
    rig = Rig("gemini", Mishap.FAIL_TRANSIENT)
    started = (await create(rig, body())).json()
    rig.finish()
    failed = (await get(rig, started["id"])).json()
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", "internal")


async def test_an_internal_error_may_hide_an_accepted_order() -> None:
    rig = Rig("gemini", Mishap.ACCEPTED_THEN_5XX)
    assert (await create(rig, body())).status_code == 500
    assert rig.accepted == 1


async def test_an_open_interaction_is_cancelled_and_a_finished_one_stays_finished() -> None:
    rig = Rig("gemini")
    first, second = [(await create(rig, body())).json()["id"] for _ in range(2)]
    cancelled = await rig.client.post(f"/v1/interactions/{first}/cancel", headers=KEY)
    assert cancelled.json()["status"] == "cancelled"
    rig.finish()
    left = await rig.client.post(f"/v1/interactions/{second}/cancel", headers=KEY)
    assert left.json()["status"] == "completed"
    assert (await rig.client.delete(f"/v1/interactions/{second}", headers=KEY)).json() == {}
    assert (await get(rig, second)).status_code == 400


async def test_words_google_refuses_are_refused_before_rendering_unless_they_are_forbidden() -> None:
    rig = Rig("gemini")
    assert (await create(rig, body(input="A field of gore."))).json()["error"]["code"] == "PROHIBITED_CONTENT"
    assert (await create(rig, body(input="A field. No gore."))).status_code == 200


async def test_whoever_asks_for_no_single_shot_gets_cuts() -> None:
    rig = Rig("gemini", slots=200)
    cut = {"A fox runs.": 0, "In a single continuous shot. A fox runs.": 0}
    for words in cut:
        for number in range(40):
            await create(rig, body(input=f"{words} {number}"))
    for job in rig.sandbox.records.accepted("gemini"):
        words = job.words.rpartition(" ")[0]
        cut[words] += Fault.JUMP_CUT in job.scene.faults
    several, single = cut.values()
    assert several > single + 5


@pytest.mark.parametrize(
    ("text", "task", "first", "last", "looks"),
    [
        ("a fox", None, None, None, (0, 1, 2)),
        ("a fox", "image_to_video", 0, None, (1, 2)),
        ("<FIRST_FRAME> a fox", None, 0, None, (1, 2)),
        ("<FIRST_FRAME> <LAST_FRAME> a fox", None, 0, 1, (2,)),
        ("[# Sources <FIRST_FRAME>@Image3] [# References <IMAGE_REF_0>@Image1] a fox", None, 2, None, (0, 1)),
    ],
)
def test_marks_say_which_image_is_what(
    text: str, task: str | None, first: int | None, last: int | None, looks: tuple[int, ...]
) -> None:
    roles = marked(text, images=3, task=task)
    assert (roles.first, roles.last, roles.looks, roles.words.strip()) == (first, last, looks, "a fox")


async def test_the_models_are_listed_by_page() -> None:
    rig = Rig("gemini")
    page = (await rig.client.get("/v1beta/models", params={"pageSize": 2}, headers=KEY)).json()
    assert [model["name"] for model in page["models"]] == [f"models/{MODEL}", "models/gemini-omni-1.1-flash"]
    rest = {"pageSize": 9, "pageToken": page["nextPageToken"]}
    page = (await rig.client.get("/v1beta/models", params=rest, headers=KEY)).json()
    assert {model["name"][:15] for model in page["models"]} == {"models/veo-3.1-"}
    assert "nextPageToken" not in page
    assert (await rig.client.get(f"/v1/models/{MODEL}", headers=KEY)).json()["name"] == f"models/{MODEL}"
    assert (await rig.client.get("/v1/models/gemini-omni-9", headers=KEY)).status_code == 404
