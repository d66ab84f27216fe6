"""The traffic with Ark. Fields from volcengine-ark-runtime 5.0.54 [S], error codes [T]; docs/wire/seedance.md."""

import hashlib

import httpx
import pytest

from agent.errors import VendorError
from agent.jobs import Body, Going
from agent.troubles import Trouble
from tests.wire.line import NOW_US, Answer, Line, account, connect, order, says
from tools.video.seedance import VENDOR

MODEL = "seedance-2.0"
TASKS = "https://ark.ap-southeast.bytepluses.com/api/v3/contents/generations/tasks"
BODY = Body(method="POST", path="/contents/generations/tasks", content=b"{}")
MARK = hashlib.sha256(b"take-0001").hexdigest()
LINK = "https://ark-content-generation-ap-southeast-1.tos-ap-southeast-1.volces.com/a.mp4?X-Tos-Signature=1"


def task(status: str, **more: object) -> dict[str, object]:
    return {"id": "cgt-1", "model": "m", "status": status, "created_at": 1795176000, "seed": 7} | more


def refused(status: int, code: str, message: str = "no") -> Answer:
    return says({"error": {"code": code, "message": message, "param": "", "type": "BadRequest"}}, status=status)


async def test_exactly_the_composed_bytes_leave_once_with_the_key() -> None:
    line = Line(says({"id": "cgt-20261120120000-abcde"}))
    adapter = connect("seedance", line)
    body = adapter.compose(order(MODEL, text="水彩 fox"))
    assert await adapter.submit(body, key="take-0001") == "cgt-20261120120000-abcde"
    assert line.bodies == [body.content]
    assert str(line.sent[0].url) == TASKS
    assert line.sent[0].headers["authorization"] == "Bearer ark-example-key"


@pytest.mark.parametrize(
    ("word", "going"),
    [
        ("queued", Going.WAITING),
        ("running", Going.RENDERING),
        ("cancelled", Going.CANCELLED),
        ("expired", Going.FAILED),
        ("failed", Going.FAILED),
    ],
)
async def test_each_status_word_is_sorted(word: str, going: Going) -> None:
    line = Line(says(task(word)))
    assert (await connect("seedance", line).poll("cgt-1", model=MODEL)).going is going
    assert str(line.sent[0].url) == f"{TASKS}/cgt-1"


async def test_a_finished_task_gives_its_link_and_seed() -> None:
    line = Line(says(task("succeeded", content={"video_url": LINK, "last_frame_url": "x"})))
    progress = await connect("seedance", line).poll("cgt-1", model=MODEL)
    assert (progress.going, progress.media, progress.seed) == (Going.DONE, LINK, 7)


async def test_nulls_in_a_task_are_as_good_as_nothing() -> None:
    line = Line(says(task("running", content=None, error=None, seed=None, safety_identifier=None)))
    assert (await connect("seedance", line).poll("cgt-1", model=MODEL)).going is Going.RENDERING


async def test_a_task_that_ran_out_of_its_time_may_be_made_again() -> None:
    progress = await connect("seedance", Line(says(task("expired")))).poll("cgt-1", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_TRANSIENT)


async def test_an_unknown_status_word_is_an_error() -> None:
    with pytest.raises(VendorError, match="unknown status word 'paused'"):
        await connect("seedance", Line(says(task("paused")))).poll("cgt-1", model=MODEL)


async def test_a_success_without_a_clip_is_no_success() -> None:
    progress = await connect("seedance", Line(says(task("succeeded")))).poll("cgt-1", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ({"code": "OutputVideoSensitiveContentDetected", "message": "no"}, Trouble.MODERATION_OUTPUT),
        ({"code": "OutputVideoSensitiveContentDetected.PolicyViolation", "message": "no"}, Trouble.MODERATION_OUTPUT),
        ({"code": "OutputAudioSensitiveContentDetected", "message": "no"}, Trouble.MODERATION_OUTPUT),
        ({"code": "InputImageSensitiveContentDetected.PrivacyInformation"}, Trouble.MODERATION_INPUT),
        ({"code": "InternalServiceError", "message": "oops"}, Trouble.PROVIDER_TRANSIENT),
        ({"code": "SomethingNew", "message": "oops"}, Trouble.PROVIDER_PERMANENT),
        (None, Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_a_failed_task_says_why(error: object, trouble: Trouble) -> None:
    progress = await connect("seedance", Line(says(task("failed", error=error)))).poll("cgt-1", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refused(401, "AuthenticationError"), Trouble.AUTH),
        (refused(403, "AccessDenied"), Trouble.AUTH),
        (refused(403, "AccountOverdueError"), Trouble.PAYMENT),
        (refused(404, "ModelNotOpen"), Trouble.NOT_FOUND),  # closes this model, not the vendor
        (refused(404, "InvalidEndpoint.NotFound"), Trouble.MODEL_RETIRED),
        (refused(400, "MissingParameter"), Trouble.VALIDATION),
        (refused(400, "InvalidParameter"), Trouble.VALIDATION),
        (refused(400, "InputTextSensitiveContentDetected"), Trouble.MODERATION_INPUT),
        (refused(400, "InputImageSensitiveContentDetected.PrivacyInformation"), Trouble.MODERATION_INPUT),
        (refused(400, "InputImageSensitiveContentDetected.PolicyViolation"), Trouble.MODERATION_INPUT),
        (refused(400, "InputVideoSensitiveContentDetected"), Trouble.MODERATION_INPUT),
        (refused(400, "InputAudioSensitiveContentDetected"), Trouble.MODERATION_INPUT),
        (refused(429, "RateLimitExceeded.EndpointRPMExceeded"), Trouble.RATE_LIMITED),
        (refused(429, "ModelAccountRpmRateLimitExceeded"), Trouble.RATE_LIMITED),
        (refused(429, "QuotaExceeded"), Trouble.CONCURRENCY),
        (refused(429, "SetLimitExceeded"), Trouble.CONCURRENCY),
        (refused(429, "ServerOverloaded"), Trouble.PROVIDER_TRANSIENT),
        (refused(429, "ModelLoadingError"), Trouble.PROVIDER_TRANSIENT),
        (refused(500, "InternalServiceError"), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=502, pieces=(b"bad gateway",)), Trouble.UNKNOWN_OUTCOME),
        (says({"id": ""}), Trouble.UNKNOWN_OUTCOME),
        (httpx.WriteTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_submit_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("seedance", line).submit(BODY, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


async def test_a_job_is_found_on_a_later_page_by_its_mark() -> None:
    first = says({"total": 2, "items": [task("running", id="cgt-9", safety_identifier="other")]})
    line = Line(first, says({"total": 2, "items": [task("queued", safety_identifier=MARK)]}))
    assert await connect("seedance", line).find("take-0001", model=MODEL, sent_us=NOW_US) == "cgt-1"
    assert [request.url.params["page_num"] for request in line.sent] == ["1", "2"]


async def test_a_task_that_new_ones_push_to_the_next_page_is_not_counted_twice() -> None:
    old = task("running", id="cgt-8", safety_identifier="other")
    pages = [
        says({"total": 3, "items": items}) for items in ([old, old], [old], [task("queued", safety_identifier=MARK)])
    ]
    assert await connect("seedance", Line(*pages)).find("take-0001", model=MODEL, sent_us=NOW_US) == "cgt-1"


async def test_the_list_is_not_narrowed_down_so_that_no_filter_can_hide_a_paid_task() -> None:
    line = Line(says({"total": 0, "items": []}))
    await connect("seedance", line).find("take-0001", model=MODEL, sent_us=NOW_US)
    assert dict(line.sent[0].url.params) == {"page_num": "1", "page_size": "500"}


async def test_a_job_that_is_nowhere_in_the_whole_list_is_not_known() -> None:
    line = Line(says({"total": 1, "items": [task("running", safety_identifier=None)]}))
    assert await connect("seedance", line).find("take-0001", model=MODEL, sent_us=NOW_US) is None


async def test_part_of_a_list_and_an_outlived_record_are_no_answer() -> None:
    part = Line(says({"total": 9, "items": [task("running")]}), says({"total": 9, "items": []}))
    with pytest.raises(VendorError, match="only 1 tasks"):
        await connect("seedance", part).find("take-0001", model=MODEL, sent_us=NOW_US)
    eight_days_us = 8 * 86_400 * 1_000_000
    with pytest.raises(VendorError, match="seven days"):
        await connect("seedance", Line()).find("take-0001", model=MODEL, sent_us=NOW_US - eight_days_us)


async def test_a_queued_task_is_cancelled_and_a_running_or_finished_one_is_left_alone() -> None:
    queued = Line(says(task("queued")), says({}))
    assert await connect("seedance", queued).cancel("cgt-1", model=MODEL) is True
    assert [request.method for request in queued.sent] == ["GET", "DELETE"]
    for word in ("running", "succeeded", "failed"):
        line = Line(says(task(word, content={"video_url": LINK})))
        assert await connect("seedance", line).cancel("cgt-1", model=MODEL) is False
        assert [request.method for request in line.sent] == ["GET"]


async def test_a_task_that_started_meanwhile_is_not_cancelled() -> None:
    line = Line(says(task("queued")), refused(400, "InvalidAction"))
    assert await connect("seedance", line).cancel("cgt-1", model=MODEL) is False


def test_a_missing_key_is_named() -> None:
    assert VENDOR.complaint(account("seedance")) is None
    assert "secret 'api_key'" in (VENDOR.complaint(account("seedance", secrets={})) or "")


def test_a_key_that_no_header_takes_is_named_but_not_shown() -> None:
    complaint = VENDOR.complaint(account("seedance", secrets={"api_key": "ark-key\n"})) or ""
    assert "secret 'api_key'" in complaint
    assert "ark-key" not in complaint


@pytest.mark.parametrize(
    ("platform", "base"),
    [
        ("byteplus", "https://ark.ap-southeast.bytepluses.com/api/v3"),
        ("volcengine", "https://ark.cn-beijing.volces.com/api/v3"),
    ],
)
async def test_the_platform_chooses_the_address(platform: str, base: str) -> None:
    line = Line(says(task("running")))
    settings = account("seedance", options={"platform": platform})
    await connect("seedance", line, account_of=settings).poll("cgt-1", model=MODEL)
    assert str(line.sent[0].url) == f"{base}/contents/generations/tasks/cgt-1"


async def test_an_address_in_the_settings_wins_over_the_platforms() -> None:
    line = Line(says(task("running")))
    settings = account("seedance", options={"platform": "volcengine"}, base_url="https://gate.example/ark")
    await connect("seedance", line, account_of=settings).poll("cgt-1", model=MODEL)
    assert str(line.sent[0].url) == "https://gate.example/ark/contents/generations/tasks/cgt-1"


def test_a_wrong_platform_is_answered_with_the_two_there_are() -> None:
    complaint = VENDOR.complaint(account("seedance", options={"platform": "bytedance"})) or ""
    assert "'bytedance'" in complaint
    assert "byteplus or volcengine" in complaint


def test_an_address_of_the_other_platform_is_answered_with_the_word_that_goes_with_it() -> None:
    china = account("seedance", base_url="https://ark.cn-beijing.volces.com/api/v3")
    assert "must be volcengine" in (VENDOR.complaint(china) or "")
    told = account("seedance", base_url=china.base_url, options={"platform": "volcengine"})
    assert VENDOR.complaint(told) is None


async def test_a_check_asks_for_one_listed_task_and_says_what_cannot_be_asked() -> None:
    line = Line(says({"total": 3, "items": [task("succeeded")]}))
    checkup = await connect("seedance", line).check()
    assert (checkup.signed_in, checkup.gone, checkup.slots, checkup.credit_micro_usd) == (True, (), {}, None)
    assert "which models are activated" in " ".join(checkup.remarks)
    assert [(sent.method, sent.url.params["page_size"]) for sent in line.sent] == [("GET", "1")]


@pytest.mark.parametrize(
    ("answer", "signed_in"),
    [(refused(401, "AuthenticationError", "bad key"), False), (refused(403, "AccountOverdueError", "overdue"), True)],
)
async def test_a_check_tells_a_key_that_is_not_taken_from_an_account_in_debt(answer: Answer, signed_in: bool) -> None:
    checkup = await connect("seedance", Line(answer)).check()
    assert checkup.signed_in is signed_in
    assert ("bad key" in checkup.remarks[0], "overdue" in checkup.remarks[0]) == (not signed_in, signed_in)


async def test_a_check_that_gets_no_answer_says_nothing_of_the_key() -> None:
    with pytest.raises(VendorError, match="no whole answer"):
        await connect("seedance", Line(httpx.ConnectError("refused"))).check()


async def test_no_callback_is_signed() -> None:
    assert await connect("seedance", Line()).signed({"x-signature": "1"}, b"{}") is None


async def test_a_clip_comes_from_the_stores_of_both_platforms_and_from_nowhere_else() -> None:
    for host in (
        "ark-acg-cn-beijing.tos-cn-beijing.volces.com",
        "ark-content-generation-ap-southeast-1.tos-ap-southeast-1.volces.com",
    ):
        line = Line(Answer(pieces=(b"mp4",)))
        clip = connect("seedance", line).fetch(f"https://{host}/a.mp4?X-Tos-Signature=1")
        assert [piece async for piece in clip] == [b"mp4"]
        assert "authorization" not in line.sent[0].headers
    with pytest.raises(VendorError, match="not a listed media host"):
        _ = [piece async for piece in connect("seedance", Line()).fetch("https://evil.example/a.mp4")]
