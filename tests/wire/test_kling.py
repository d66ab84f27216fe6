"""Kling in both standards. Bodies and answers from the vendor's pages of 2026-09-20 [D]; docs/wire/kling.md."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going
from agent.troubles import Trouble
from tests.wire.line import NOW_US, PNG, PNG_BASE64, SECRETS, Answer, Line, account, connect, order, says
from tools.video.kling import VENDOR

NEW = "kling-3.0"
LEGACY = "kling-v3-legacy"
NEW_BODY = Body(method="POST", path="/text-to-video/kling-3.0", content=b"{}")
LEGACY_BODY = Body(method="POST", path="/v1/videos/text2video", content=b"{}")


def task(status: str, **more: object) -> dict[str, object]:
    return {"id": "8936", "status": status, "message": "", "external_id": "take-0001"} | more


def new(data: object) -> Answer:
    return says({"code": 0, "message": "SUCCEED", "request_id": "r", "data": data})


def legacy(status: str, **more: object) -> Answer:
    data = {"task_id": "8319", "task_status": status, "task_info": {"external_task_id": "take-0001"}} | more
    return says({"code": 0, "message": "SUCCEED", "request_id": "r", "data": data})


def refused(status: int, code: int, message: str = "no") -> Answer:
    return says({"code": code, "message": message, "request_id": "r"}, status=status)


def test_the_new_standard_carries_the_clause_in_the_prompt_and_the_model_in_the_path() -> None:
    body = connect("kling", Line()).compose(order(NEW, text="A fox. Avoid: lens flare.", seconds=5))
    assert (body.method, body.path) == ("POST", "/text-to-video/kling-3.0")
    assert body.content == (
        b'{"prompt":"A fox. Avoid: lens flare.","settings":{"resolution":"720p","aspect_ratio":"16:9","duration":5,'
        b'"audio":"off","multi_shot":false},"options":{"external_task_id":"take-0001",'
        b'"watermark_info":{"enabled":false}}}'
    )


@pytest.mark.parametrize("model", ["kling-3.0-turbo", "kling-2.5-turbo"])
def test_a_model_without_the_switches_is_not_sent_them(model: str) -> None:
    body = json.loads(connect("kling", Line()).compose(order(model, seconds=5)).content)
    assert set(body["settings"]) == {"resolution", "aspect_ratio", "duration"}


def test_omni_takes_references_under_the_names_the_prompt_calls_them_by() -> None:
    asked = order("kling-3.0-omni", text="Palette of @image_1.", seconds=5, references=[PNG, PNG])
    body = connect("kling", Line()).compose(asked)
    assert body.path == "/omni-video/kling-3.0-omni"
    assert json.loads(body.content)["contents"] == [
        {"type": "prompt", "text": "Palette of @image_1."},
        {"type": "refer_image", "url": PNG_BASE64, "id": "image_1"},
        {"type": "refer_image", "url": PNG_BASE64, "id": "image_2"},
    ]


def test_the_legacy_standard_carries_the_field_and_the_length_as_a_string() -> None:
    body = connect("kling", Line()).compose(order(LEGACY, text="A fox.", negatives="lens flare", seconds=5))
    assert (body.method, body.path) == ("POST", "/v1/videos/text2video")
    assert body.content == (
        b'{"model_name":"kling-v3","prompt":"A fox.","negative_prompt":"lens flare","mode":"std","sound":"off",'
        b'"aspect_ratio":"16:9","duration":"5","multi_shot":false,"external_task_id":"take-0001",'
        b'"watermark_info":{"enabled":false}}'
    )


def test_the_legacy_turbo_is_not_sent_a_sound_switch() -> None:
    body = json.loads(connect("kling", Line()).compose(order("kling-v2.5-turbo-legacy", seconds=5)).content)
    assert {"sound", "multi_shot"}.isdisjoint(body)


def test_what_kling_cannot_say_is_refused_by_name() -> None:
    adapter = connect("kling", Line())
    for asked, named in (
        (order(NEW, negatives="lens flare", seconds=5), "negative field"),
        (order(NEW, references=[PNG], seconds=5), "look references"),
        (order(NEW, first_frame=PNG, seconds=5), "first frame"),
        (order("kling-2.5-turbo", seconds=8), "8 s"),
        (order(NEW, ratio="21:9", seconds=5), "21:9"),
    ):
        with pytest.raises(UnsupportedError, match=named):
            adapter.compose(asked)


async def test_the_new_standard_is_signed_with_the_api_key() -> None:
    line = Line(new(task("submitted")))
    assert await connect("kling", line).submit(NEW_BODY, key="take-0001") == "8936"
    assert line.sent[0].headers["authorization"] == "Bearer kling-example-key"
    assert str(line.sent[0].url) == "https://api-singapore.klingai.com/text-to-video/kling-3.0"
    assert line.bodies == [b"{}"]


async def test_the_legacy_standard_is_signed_with_a_fresh_token() -> None:
    line = Line(legacy("submitted"))
    assert await connect("kling", line).submit(LEGACY_BODY, key="take-0001") == "8319"
    head, claims, signature = line.sent[0].headers["authorization"].removeprefix("Bearer ").split(".")
    assert json.loads(urlsafe_b64decode(head + "==")) == {"alg": "HS256", "typ": "JWT"}
    now_s = NOW_US // 1_000_000
    wanted = {"iss": "ak-example", "exp": now_s + 1800, "nbf": now_s - 5}
    assert json.loads(urlsafe_b64decode(claims + "==")) == wanted
    expected = hmac.new(b"sk-example", f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert signature == urlsafe_b64encode(expected).decode().rstrip("=")


@pytest.mark.parametrize(
    ("word", "going"),
    [("submitted", Going.WAITING), ("processing", Going.RENDERING), ("failed", Going.FAILED)],
)
async def test_status_words_mean_the_same_in_both_standards(word: str, going: Going) -> None:
    adapter = connect("kling", Line(new([task(word)]), legacy(word)))
    assert (await adapter.poll("8936", model=NEW)).going is going
    assert (await adapter.poll("8319", model=LEGACY)).going is going


async def test_succeeded_is_new_and_succeed_is_legacy_and_neither_is_the_other() -> None:
    outputs = [{"type": "video", "id": "v", "url": "https://v1-kling.klingai.com/a.mp4?sig=1", "duration": "5"}]
    videos = {"videos": [{"id": "v", "url": "https://v1-kling.klingai.com/b.mp4?sig=1", "duration": "5.1"}]}
    line = Line(
        new([task("succeeded", outputs=outputs)]),
        legacy("succeed", task_result=videos),
        new([task("succeed", outputs=outputs)]),
        legacy("succeeded", task_result=videos),
    )
    adapter = connect("kling", line)
    assert (await adapter.poll("8936", model=NEW)).media == "https://v1-kling.klingai.com/a.mp4?sig=1"
    assert (await adapter.poll("8319", model=LEGACY)).media == "https://v1-kling.klingai.com/b.mp4?sig=1"
    assert str(line.sent[0].url).endswith("/tasks?task_ids=8936")
    assert str(line.sent[1].url).endswith("/v1/videos/text2video/8319")
    for model, vendor_id in ((NEW, "8936"), (LEGACY, "8319")):
        with pytest.raises(VendorError, match="unknown status word") as caught:
            await adapter.poll(vendor_id, model=model)
        assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        ("Failure to pass the risk control system", Trouble.MODERATION_OUTPUT),
        ("internal failure", Trouble.PROVIDER_PERMANENT),
        (None, Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_a_failed_task_tells_a_refusal_from_a_fault(message: str | None, trouble: Trouble) -> None:
    line = Line(new([task("failed", message=message)]), legacy("failed", task_status_msg=message))
    adapter = connect("kling", line)
    assert (await adapter.poll("8936", model=NEW)).trouble is trouble
    assert (await adapter.poll("8319", model=LEGACY)).trouble is trouble


async def test_a_success_without_a_clip_is_no_success() -> None:
    progress = await connect("kling", Line(new([task("succeeded")]))).poll("8936", model=NEW)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


ANSWERS = [
    (refused(401, 1002), Trouble.AUTH),
    (refused(401, 1004), Trouble.AUTH),
    (refused(429, 1101), Trouble.PAYMENT),
    (refused(429, 1102), Trouble.PAYMENT),
    (refused(403, 1103), Trouble.AUTH),
    (refused(400, 1200), Trouble.VALIDATION),
    (refused(404, 1203), Trouble.MODEL_RETIRED),
    (refused(400, 1301), Trouble.MODERATION_INPUT),
    (refused(429, 1302), Trouble.RATE_LIMITED),
    (refused(429, 1303), Trouble.CONCURRENCY),
    (refused(429, 1304), Trouble.AUTH),
    (refused(500, 5000), Trouble.UNKNOWN_OUTCOME),
    (refused(503, 5001), Trouble.PROVIDER_TRANSIENT),
    (refused(504, 5002), Trouble.UNKNOWN_OUTCOME),
    (refused(200, 9999), Trouble.UNKNOWN_OUTCOME),
    (Answer(status=502, pieces=(b"bad gateway",)), Trouble.UNKNOWN_OUTCOME),
    (Answer(status=200, pieces=(b"ok",)), Trouble.UNKNOWN_OUTCOME),
    (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
    (httpx.RemoteProtocolError("dropped"), Trouble.UNKNOWN_OUTCOME),
    (httpx.ConnectTimeout("no route"), Trouble.PROVIDER_TRANSIENT),
]


@pytest.mark.parametrize("body", [NEW_BODY, LEGACY_BODY], ids=["new", "legacy"])
@pytest.mark.parametrize(("answer", "trouble"), ANSWERS)
async def test_each_answer_to_a_submit_has_its_trouble(
    body: Body, answer: Answer | Exception, trouble: Trouble
) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("kling", line).submit(body, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


async def test_a_refused_duplicate_is_looked_up_and_adopted() -> None:
    line = Line(refused(400, 1201, "external_task_id is used"), new([]), new([task("processing")]))
    assert await connect("kling", line).submit(NEW_BODY, key="take-0001") == "8936"
    assert str(line.sent[2].url).endswith("/tasks?external_task_ids=take-0001")
    old = Line(refused(400, 1201, "external_task_id is used"), legacy("processing"))
    assert await connect("kling", old).submit(LEGACY_BODY, key="take-0001") == "8319"
    assert str(old.sent[1].url).endswith("/v1/videos/text2video/take-0001")


async def test_a_refused_duplicate_that_cannot_be_found_stays_unknown() -> None:
    gone = Line(refused(400, 1201, "duplicate external_task_id"), new([]), new([]), new([]))
    lost = Line(refused(400, 1201, "duplicate external_task_id"), httpx.ReadTimeout("slow"))
    for line in (gone, lost):
        with pytest.raises(VendorError) as caught:
            await connect("kling", line).submit(NEW_BODY, key="take-0001")
        assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
    assert [request.method for request in gone.sent] == ["POST", "GET", "GET", "GET"]


async def test_a_refused_value_is_a_validation_error_after_one_look() -> None:
    line = Line(refused(400, 1201, "duration is invalid"), new([]))
    with pytest.raises(VendorError, match="duration is invalid") as caught:
        await connect("kling", line).submit(NEW_BODY, key="take-0001")
    assert caught.value.trouble is Trouble.VALIDATION


async def test_a_job_is_found_by_our_key_in_both_standards() -> None:
    stranger = task("processing", id="8937", external_id="take-00011")
    line = Line(new([stranger, task("processing")]), new([]), legacy("processing"), refused(404, 1203))
    adapter = connect("kling", line)
    assert await adapter.find("take-0001", model=NEW, sent_us=NOW_US) == "8936"
    assert await adapter.find("take-0001", model=NEW, sent_us=NOW_US) is None
    assert await adapter.find("take-0001", model=LEGACY, sent_us=NOW_US) == "8319"
    assert await adapter.find("take-0001", model=LEGACY, sent_us=NOW_US) is None


async def test_a_task_the_vendor_does_not_know_is_not_found() -> None:
    for model, answer in ((NEW, new([])), (LEGACY, refused(404, 1203))):
        with pytest.raises(VendorError) as caught:
            await connect("kling", Line(answer)).poll("1", model=model)
        assert caught.value.trouble is Trouble.NOT_FOUND


async def test_a_failed_look_up_is_not_taken_for_an_empty_one() -> None:
    for model in (NEW, LEGACY):
        with pytest.raises(VendorError):
            await connect("kling", Line(refused(401, 1002))).find("take-0001", model=model, sent_us=NOW_US)


def test_only_variants_whose_credentials_are_there_are_offered() -> None:
    pair = {"access_key": "ak-example", "secret_key": "sk-example"}
    everything = {profile.name for profile in connect("kling", Line()).profiles}
    new_ones = connect("kling", Line(), account_of=account("kling", secrets={"api_key": "kling-example-key"}))
    old_ones = connect("kling", Line(), account_of=account("kling", secrets=pair))
    assert {profile.name for profile in old_ones.profiles} == {"kling-v3-legacy", "kling-v2.5-turbo-legacy"}
    assert {profile.name for profile in new_ones.profiles} == everything - {p.name for p in old_ones.profiles}


def test_one_key_of_the_pair_is_named_as_half() -> None:
    assert VENDOR.complaint(account("kling")) is None
    half = SECRETS["kling"] | {"secret_key": " "}
    complaint = VENDOR.complaint(account("kling", secrets=half))
    assert complaint is not None
    assert "secret 'secret_key'" in complaint
    assert "ak-example" not in complaint
    assert VENDOR.complaint(account("kling", secrets={})) is not None
