"""Runway's own models. Bodies and answers held against runwayml 5.24.0's types [S]; docs/wire/runway.md."""

import json

import httpx
import pytest
from pydantic import TypeAdapter
from runwayml.types import image_to_video_create_params, text_to_video_create_params
from runwayml.types.task_retrieve_response import TaskRetrieveResponse

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Still
from agent.troubles import Trouble
from tests.wire.line import NOW_US, PNG, PNG_BASE64, Answer, Line, account, connect, order, says
from tools.video.runway import VENDOR

MODEL = "runway-gen4.5"
TURBO = "runway-gen4-turbo"
BODY = Body(method="POST", path="/v1/text_to_video", content=b"{}")
CREATED = "2026-11-20T12:00:00.000Z"
LINK = "https://dnznrvs05pmza.cloudfront.net/a.mp4?_jwt=eyJhbGciOiJIUzI1NiJ9.e30.x"


def task(status: str, **more: object) -> dict[str, object]:
    """A task as the official client's strict types take it."""
    shown = {"id": "17f20503-6c24-4c16-946b-35dbbce2af2f", "status": status, "createdAt": CREATED} | more
    TypeAdapter[object](TaskRetrieveResponse).validate_python(shown)
    return shown


def test_a_shot_from_words_goes_out_with_its_pixels_size() -> None:
    body = connect("runway", Line()).compose(order(MODEL, text="A fox runs.", seconds=5, seed=7))
    assert (body.method, body.path) == ("POST", "/v1/text_to_video")
    assert body.content == (b'{"model":"gen4.5","promptText":"A fox runs.","ratio":"1280:720","duration":5,"seed":7}')


def test_a_shot_from_a_still_goes_to_the_other_path() -> None:
    body = connect("runway", Line()).compose(order(TURBO, text="A fox runs.", ratio="21:9", first_frame=PNG))
    assert body.path == "/v1/image_to_video"
    assert body.content == (
        b'{"model":"gen4_turbo","promptImage":[{"uri":"data:image/png;base64,' + PNG_BASE64.encode() + b'",'
        b'"position":"first"}],"promptText":"A fox runs.","ratio":"1584:672","duration":8}'
    )


def test_every_body_fits_the_official_clients_types() -> None:
    def names(shape: type) -> set[str]:
        hints = shape.__annotations__
        return {"".join((head, *(part.capitalize() for part in rest))) for head, *rest in (n.split("_") for n in hints)}

    adapter = connect("runway", Line())
    for asked, shape in (
        (order(MODEL, seed=7), text_to_video_create_params.Gen4_5),
        (order(MODEL, first_frame=PNG), image_to_video_create_params.Gen4_5),
        *(
            (order(TURBO, first_frame=PNG, ratio=ratio), image_to_video_create_params.Gen4Turbo)
            for ratio in ("4:3", "1:1")
        ),
    ):
        sent = json.loads(adapter.compose(asked).content)
        assert set(sent) <= names(shape)
        assert {"model", "promptText", "ratio", "duration"} <= set(sent)
        assert sent["ratio"] in str(shape.__annotations__["ratio"])
        assert sent["model"] in str(shape.__annotations__["model"])


def test_what_runway_cannot_say_is_refused_by_name() -> None:
    adapter = connect("runway", Line())
    big = Still(label="1", data=bytes(4_000_000), media_type="image/png")
    for asked, named in (
        (order(MODEL, negatives="lens flare"), "negative field"),
        (order(MODEL, references=[PNG]), "1 look references"),
        (order(MODEL, ratio="1:1"), "1:1"),
        (order(MODEL, seconds=11), "11 s"),
        (order(TURBO), "a shot without a first frame"),
        (order(TURBO, first_frame=big), "5 MB"),
    ):
        with pytest.raises(UnsupportedError, match=named):
            adapter.compose(asked)


def test_negative_wording_is_forbidden_on_all_own_models() -> None:
    for profile in VENDOR.profiles:
        assert profile.dialect.forbids_negative
        assert (profile.dialect.limit, profile.dialect.unit.value) == (1000, "UTF-16 units")


async def test_exactly_the_composed_bytes_leave_once_with_key_and_version() -> None:
    line = Line(says({"id": "17f2", "estimatedCost": {"credits": 60}}))
    adapter = connect("runway", line)
    body = adapter.compose(order(MODEL, text="水彩 fox"))
    assert await adapter.submit(body, key="take-0001") == "17f2"
    assert line.bodies == [body.content]
    assert str(line.sent[0].url) == "https://api.dev.runwayml.com/v1/text_to_video"
    assert line.sent[0].headers["authorization"] == "Bearer key_example0123"
    assert line.sent[0].headers["x-runway-version"] == "2024-11-06"


@pytest.mark.parametrize(
    ("shown", "going"),
    [
        (task("PENDING", estimatedCost={"credits": 60}), Going.WAITING),
        (task("THROTTLED", estimatedCost={"credits": 60}), Going.WAITING),
        (task("RUNNING", estimatedCost={"credits": 60}, progress=0.42), Going.RENDERING),
        (task("CANCELLED", cost={"credits": 0}), Going.CANCELLED),
    ],
)
async def test_each_status_word_is_sorted(shown: dict[str, object], going: Going) -> None:
    progress = await connect("runway", Line(says(shown))).poll("17f2", model=MODEL)
    assert progress.going is going
    assert progress.share == shown.get("progress")


async def test_a_finished_task_gives_its_link_and_its_cost() -> None:
    line = Line(says(task("SUCCEEDED", cost={"credits": 60}, output=[LINK])))
    progress = await connect("runway", line).poll("17f2", model=MODEL)
    assert (progress.going, progress.media, progress.cost_micro_usd) == (Going.DONE, LINK, 600_000)
    assert str(line.sent[0].url) == "https://api.dev.runwayml.com/v1/tasks/17f2"


async def test_a_success_without_a_clip_is_no_success() -> None:
    line = Line(says(task("SUCCEEDED", cost={"credits": 60}, output=[])))
    progress = await connect("runway", line).poll("17f2", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


async def test_an_unknown_status_word_is_an_error() -> None:
    with pytest.raises(VendorError, match="unknown status word 'PAUSED'"):
        await connect("runway", Line(says({"id": "1", "status": "PAUSED"}))).poll("17f2", model=MODEL)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("SAFETY.INPUT.TEXT", Trouble.MODERATION_INPUT),
        ("INPUT_PREPROCESSING.SAFETY.TEXT", Trouble.MODERATION_INPUT),
        ("SAFETY.OUTPUT.VIDEO", Trouble.MODERATION_OUTPUT),
        ("ASSET.INVALID", Trouble.VALIDATION),
        ("INTERNAL", Trouble.PROVIDER_TRANSIENT),
        ("INTERNAL.BAD_OUTPUT.03", Trouble.PROVIDER_TRANSIENT),
        ("INPUT_PREPROCESSING.INTERNAL", Trouble.PROVIDER_TRANSIENT),
        ("THIRD_PARTY.UNAVAILABLE", Trouble.PROVIDER_TRANSIENT),
        ("INTERNALS", Trouble.PROVIDER_PERMANENT),
        (None, Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_a_failed_task_says_why(code: str | None, trouble: Trouble) -> None:
    shown = task("FAILED", cost={"credits": 0}, failure="text for humans") | {"failureCode": code}
    progress = await connect("runway", Line(says(shown))).poll("17f2", model=MODEL)
    assert (progress.going, progress.trouble, progress.cost_micro_usd) == (Going.FAILED, trouble, 0)
    assert progress.message == "text for humans"


VALIDATION = {
    "error": "Validation of body failed",
    "issues": [{"code": "too_big", "message": "Too big: at most 1000", "path": ["promptText"]}],
    "docUrl": "https://docs.dev.runwayml.com/api",
}


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (says(VALIDATION, status=400), Trouble.VALIDATION),
        (says({"error": "You do not have enough credits to run this task."}, status=400), Trouble.PAYMENT),
        (says({"error": "Unauthorized"}, status=401), Trouble.AUTH),
        (says({"error": "Not found"}, status=404), Trouble.MODEL_RETIRED),
        (says({"error": "Daily limit"}, status=429), Trouble.RATE_LIMITED),
        (says({"error": "oops"}, status=500), Trouble.UNKNOWN_OUTCOME),
        (says({"error": "busy"}, status=503), Trouble.PROVIDER_TRANSIENT),
        (Answer(status=302, headers={"location": "https://elsewhere.example/"}), Trouble.PROVIDER_PERMANENT),
        (says({}), Trouble.UNKNOWN_OUTCOME),
        (Answer(pieces=(b'{"id":',), broken=httpx.ReadError("reset")), Trouble.UNKNOWN_OUTCOME),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_submit_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("runway", line).submit(BODY, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


async def test_a_refusal_names_the_field_and_when_to_come_back() -> None:
    with pytest.raises(VendorError) as caught:
        await connect("runway", Line(says(VALIDATION, status=400))).submit(BODY, key="k")
    assert caught.value.message == "Validation of body failed; promptText: Too big: at most 1000"
    limited = says({"error": "Daily limit"}, status=429, headers={"retry-after": "120"})
    with pytest.raises(VendorError) as caught:
        await connect("runway", Line(limited)).submit(BODY, key="k")
    assert caught.value.retry_after_s == 120.0


async def test_a_deleted_task_is_not_found() -> None:
    with pytest.raises(VendorError) as caught:
        await connect("runway", Line(says({"error": "Not found"}, status=404))).poll("17f2", model=MODEL)
    assert caught.value.trouble is Trouble.NOT_FOUND


async def test_a_task_is_called_back_until_it_is_over() -> None:
    running = Line(says({"status": "RUNNING", "progress": 0.4}), Answer(status=204))
    assert await connect("runway", running).cancel("17f2", model=MODEL) is True
    assert [request.method for request in running.sent] == ["GET", "DELETE"]
    over = Line(says({"status": "SUCCEEDED", "output": [LINK]}))
    assert await connect("runway", over).cancel("17f2", model=MODEL) is False
    assert [request.method for request in over.sent] == ["GET"]


async def test_there_is_no_look_up() -> None:
    with pytest.raises(UnsupportedError):
        await connect("runway", Line()).find("take-0001", model=MODEL, sent_us=NOW_US)


def test_a_missing_key_is_named() -> None:
    assert VENDOR.complaint(account("runway")) is None
    assert "secret 'api_key'" in (VENDOR.complaint(account("runway", secrets={"api_key": ""})) or "")
