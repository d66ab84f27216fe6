"""What comes back from Runway and what it means, held against runwayml 5.24.0's types [S]; docs/wire/runway.md."""

from collections.abc import Mapping

import httpx
import pytest
from pydantic import TypeAdapter
from runwayml.types.organization_retrieve_response import OrganizationRetrieveResponse
from runwayml.types.task_retrieve_response import TaskRetrieveResponse

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going
from agent.troubles import Trouble
from tests.wire.line import NOW_US, Answer, Line, account, connect, order, says
from tools.video.runway import VENDOR

MODEL = "runway-gen4.5"
BODY = Body(method="POST", path="/v1/text_to_video", content=b"{}")
CREATED = "2026-11-20T12:00:00.000Z"
LINK = "https://dnznrvs05pmza.cloudfront.net/a.mp4?_jwt=eyJhbGciOiJIUzI1NiJ9.e30.x"


def task(status: str, **more: object) -> dict[str, object]:
    """A task as the official client's strict types take it."""
    shown = {"id": "17f20503-6c24-4c16-946b-35dbbce2af2f", "status": status, "createdAt": CREATED} | more
    TypeAdapter[object](TaskRetrieveResponse).validate_python(shown)
    return shown


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


@pytest.mark.parametrize("word", ["PENDING", "THROTTLED", "RUNNING"])
async def test_until_it_is_over_a_task_tells_the_most_it_may_cost(word: str) -> None:
    more = {"progress": 0.4} if word == "RUNNING" else {}
    line = Line(says(task(word, estimatedCost={"credits": 60.5}, **more)))
    assert (await connect("runway", line).poll("17f2", model=MODEL)).cost_micro_usd == 605_000


async def test_each_poll_gives_a_fresh_link() -> None:
    line = Line(*(says(task("SUCCEEDED", cost={"credits": 60}, output=[f"{LINK}{n}"])) for n in (1, 2)))
    adapter = connect("runway", line)
    assert [(await adapter.poll("17f2", model=MODEL)).media for _ in range(2)] == [f"{LINK}1", f"{LINK}2"]


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
        ("SAFETY.INPUT.IMAGE", Trouble.MODERATION_INPUT),
        ("SAFETY.INPUT.VIDEO", Trouble.MODERATION_INPUT),
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
UNKNOWN_MODEL = {
    "error": "Validation of body failed",
    "issues": [{"code": "invalid_union_discriminator", "message": "Invalid discriminator value", "path": ["model"]}],
}


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (says(VALIDATION, status=400), Trouble.VALIDATION),
        (says(UNKNOWN_MODEL, status=400), Trouble.MODEL_RETIRED),
        (says({"error": "You do not have enough credits to run this task."}, status=400), Trouble.PAYMENT),
        (says({"error": "Unauthorized"}, status=401), Trouble.AUTH),
        (says({"error": "Not found"}, status=404), Trouble.MODEL_RETIRED),
        (says({"error": "Method not allowed"}, status=405), Trouble.VALIDATION),
        (says({"error": "Daily limit"}, status=429), Trouble.RATE_LIMITED),
        (says({"error": "oops"}, status=500), Trouble.UNKNOWN_OUTCOME),
        (says({"error": "busy"}, status=502), Trouble.UNKNOWN_OUTCOME),
        (says({"error": "busy"}, status=503), Trouble.PROVIDER_TRANSIENT),
        (says({"error": "busy"}, status=504), Trouble.UNKNOWN_OUTCOME),
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


def organization(models: Mapping[str, object]) -> dict[str, object]:
    """An account as the official client's strict types take it."""
    told: dict[str, object] = {
        "creditBalance": 1234,
        "tier": {"maxMonthlyCreditSpend": 10_000, "models": models},
        "usage": {"models": {"veo3.1": {"dailyGenerations": 12}}},
    }
    OrganizationRetrieveResponse.model_validate(told)
    return told


async def test_a_checkup_tells_credit_slots_daily_limits_and_the_models_that_the_account_lacks() -> None:
    open_ended = {"maxConcurrentGenerations": None, "maxDailyGenerations": None}
    narrow = {"maxConcurrentGenerations": 3, "maxDailyGenerations": 50}
    line = Line(says(organization({"gen4.5": open_ended, "veo3.1": narrow, "gen4_aleph": open_ended})))
    checkup = await connect("runway", line).check()
    assert (line.sent[0].method, str(line.sent[0].url)) == ("GET", "https://api.dev.runwayml.com/v1/organization")
    assert line.sent[0].headers["x-runway-version"] == "2024-11-06"
    assert (checkup.signed_in, checkup.credit_micro_usd) == (True, 12_340_000)
    assert checkup.slots == {"runway/veo3.1": 3}
    assert checkup.remarks == ("runway/veo3.1: 12 of 50 clips of the past day are made",)
    assert set(checkup.gone) == {p.name for p in VENDOR.profiles} - {"runway-gen4.5", "runway/veo3.1"}


async def test_an_id_from_the_settings_is_the_one_that_is_looked_for() -> None:
    line = Line(says(organization({"gen5": {}})))
    adapter = connect("runway", line, account_of=account("runway", ids={MODEL: "gen5"}))
    assert MODEL not in (await adapter.check()).gone


async def test_a_checkup_tells_of_a_bad_key_and_fails_when_nobody_answers() -> None:
    bad = await connect("runway", Line(says({"error": "Unauthorized"}, status=401))).check()
    assert (bad.signed_in, bad.remarks) == (False, ("Unauthorized",))
    with pytest.raises(VendorError) as caught:
        await connect("runway", Line(says({"error": "busy"}, status=503))).check()
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_nothing_is_signed_because_nobody_is_called_back() -> None:
    assert await connect("runway", Line()).signed({}, b"{}") is None
    assert not any(profile.calls_back for profile in VENDOR.profiles)
