"""Seedance on Ark. Fields from volcengine-ark-runtime 5.0.54 [S], error codes [T]; docs/wire/seedance.md."""

import hashlib
import json

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Still
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel
from tests.wire.line import NOW_US, PNG, PNG_BASE64, Answer, Line, account, connect, order, says
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


def test_the_words_go_first_and_the_key_goes_out_as_the_safety_identifier() -> None:
    body = connect("seedance", Line()).compose(order(MODEL, text="A fox. Keep free of subtitles.", seed=7))
    assert (body.method, body.path) == ("POST", "/contents/generations/tasks")
    assert body.content == (
        b'{"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"A fox. Keep free of subtitles."}],'
        b'"resolution":"720p","ratio":"16:9","duration":8,"seed":7,"generate_audio":false,"watermark":false,'
        b'"safety_identifier":"' + MARK.encode() + b'"}'
    )
    assert len(MARK) == 64  # the longest it takes [S]


def test_nine_references_go_out_as_data_uris_in_the_order_of_the_prompt() -> None:
    looks = [PNG, *(Still(label=str(n), data=bytes([n]), media_type="image/jpeg") for n in range(2, 10))]
    content = json.loads(connect("seedance", Line()).compose(order(MODEL, references=looks)).content)["content"]
    assert [item["type"] for item in content] == ["text"] + ["image_url"] * 9
    assert {item["role"] for item in content[1:]} == {"reference_image"}
    assert content[1]["image_url"] == {"url": f"data:image/png;base64,{PNG_BASE64}"}
    assert content[2]["image_url"] == {"url": "data:image/jpeg;base64,Ag=="}


def test_a_first_frame_has_its_own_role() -> None:
    content = json.loads(connect("seedance", Line()).compose(order(MODEL, first_frame=PNG)).content)["content"]
    assert content[1]["role"] == "first_frame"


def test_what_seedance_cannot_say_is_refused_by_name() -> None:
    adapter = connect("seedance", Line())
    big = Still(label="1", data=bytes(26_000_000), media_type="image/png")
    bigger = Still(label="1", data=bytes(30_000_000), media_type="image/png")
    for asked, named in (
        (order(MODEL, negatives="lens flare"), "negative field"),
        (order(MODEL, references=[PNG] * 10), "10 look references"),
        (order(MODEL, references=[PNG], first_frame=PNG), "first frame together"),
        (order(MODEL, seconds=3), "3 s"),
        (order(MODEL, references=[big, big]), "64 MB"),
        (order(MODEL, first_frame=bigger), "30 MB"),
    ):
        with pytest.raises(UnsupportedError, match=named):
            adapter.compose(asked)


def test_format_is_a_clause_and_anatomy_and_quality_are_turned_positive() -> None:
    for profile in VENDOR.profiles:
        assert profile.dialect.channel is Channel.CLAUSE
        assert profile.dialect.channels == {Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED}
        assert {"subtitles", "watermark", "logo"} <= profile.dialect.always_clause
        assert {"--", "【", "】"} <= set(profile.dialect.drops)


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


async def test_an_unknown_status_word_is_an_error() -> None:
    with pytest.raises(VendorError, match="unknown status word 'paused'"):
        await connect("seedance", Line(says(task("paused")))).poll("cgt-1", model=MODEL)


async def test_a_success_without_a_clip_is_no_success() -> None:
    progress = await connect("seedance", Line(says(task("succeeded")))).poll("cgt-1", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ({"code": "OutputVideoSensitiveContentDetected.PolicyViolation", "message": "no"}, Trouble.MODERATION_OUTPUT),
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
        (refused(404, "ModelNotOpen"), Trouble.AUTH),
        (refused(404, "InvalidEndpoint.NotFound"), Trouble.MODEL_RETIRED),
        (refused(400, "InvalidParameter"), Trouble.VALIDATION),
        (refused(400, "InputTextSensitiveContentDetected"), Trouble.MODERATION_INPUT),
        (refused(429, "RateLimitExceeded.EndpointRPMExceeded"), Trouble.RATE_LIMITED),
        (refused(429, "QuotaExceeded"), Trouble.CONCURRENCY),
        (refused(429, "ServerOverloaded"), Trouble.PROVIDER_TRANSIENT),
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
