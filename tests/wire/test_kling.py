"""What Kling answers in both standards, and what that means. Answers from the vendor's pages of 2026-09-20 [D]."""

import httpx
import pytest

from agent.errors import VendorError
from agent.jobs import Body, Going
from agent.troubles import Step, Trouble
from tests.wire.line import NOW_US, Answer, Line, connect, says

NEW = "kling-3.0"
LEGACY = "kling-v3-legacy"
NEW_BODY = Body(method="POST", path="/text-to-video/kling-3.0", content=b"{}")
LEGACY_BODY = Body(method="POST", path="/v1/videos/text2video", content=b"{}")
IMAGE_BODY = Body(method="POST", path="/v1/videos/image2video", content=b"{}")
OMNI_BODY = Body(method="POST", path="/v1/videos/omni-video", content=b"{}")


def task(status: str, **more: object) -> dict[str, object]:
    return {"id": "8936", "status": status, "message": "", "external_id": "take-0001"} | more


def new(data: object) -> Answer:
    return says({"code": 0, "message": "SUCCEED", "request_id": "r", "data": data})


def legacy(status: str, **more: object) -> Answer:
    data = {"task_id": "8319", "task_status": status, "task_info": {"external_task_id": "take-0001"}} | more
    return says({"code": 0, "message": "SUCCEED", "request_id": "r", "data": data})


def refused(status: int, code: int, message: str = "no") -> Answer:
    return says({"code": code, "message": message, "request_id": "r"}, status=status)


STRANGE = refused(404, 1203, "resource does not exist")


@pytest.mark.parametrize(
    ("body", "answer", "kept"),
    [
        (NEW_BODY, new(task("submitted")), "8936"),
        (LEGACY_BODY, legacy("submitted"), "text2video/8319"),
        (IMAGE_BODY, legacy("submitted"), "image2video/8319"),
        (OMNI_BODY, legacy("submitted"), "omni-video/8319"),
    ],
)
async def test_a_submit_leaves_once_and_keeps_the_id_with_the_kind_where_kling_asks_for_it(
    body: Body, answer: Answer, kept: str
) -> None:
    line = Line(answer)
    assert await connect("kling", line).submit(body, key="take-0001") == kept
    assert str(line.sent[0].url) == f"https://api-singapore.klingai.com{body.path}"
    assert line.bodies == [b"{}"]


@pytest.mark.parametrize("kind", ["text2video", "image2video", "omni-video"])
async def test_a_legacy_task_is_polled_under_its_own_kind(kind: str) -> None:
    line = Line(legacy("processing"))
    assert (await connect("kling", line).poll(f"{kind}/8319", model=LEGACY)).going is Going.RENDERING
    assert str(line.sent[0].url).endswith(f"/v1/videos/{kind}/8319")


@pytest.mark.parametrize(
    ("word", "going"),
    [("submitted", Going.WAITING), ("processing", Going.RENDERING), ("failed", Going.FAILED)],
)
async def test_status_words_mean_the_same_in_both_standards(word: str, going: Going) -> None:
    adapter = connect("kling", Line(new([task(word)]), legacy(word)))
    assert (await adapter.poll("8936", model=NEW)).going is going
    assert (await adapter.poll("text2video/8319", model=LEGACY)).going is going


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
    assert (await adapter.poll("text2video/8319", model=LEGACY)).media == "https://v1-kling.klingai.com/b.mp4?sig=1"
    assert str(line.sent[0].url).endswith("/tasks?task_ids=8936")
    for model, vendor_id in ((NEW, "8936"), (LEGACY, "text2video/8319")):
        with pytest.raises(VendorError, match="unknown status word") as caught:
            await adapter.poll(vendor_id, model=model)
        assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        ("Failure to pass the risk control system", Trouble.MODERATION_OUTPUT),  # [T]
        ("internal failure", Trouble.PROVIDER_PERMANENT),
        (None, Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_a_failed_task_tells_a_refusal_from_a_fault(message: str | None, trouble: Trouble) -> None:
    line = Line(new([task("failed", message=message)]), legacy("failed", task_status_msg=message))
    adapter = connect("kling", line)
    assert (await adapter.poll("8936", model=NEW)).trouble is trouble
    assert (await adapter.poll("image2video/8319", model=LEGACY)).trouble is trouble


async def test_a_success_without_a_clip_is_no_success() -> None:
    for answer, model in ((new([task("succeeded")]), NEW), (legacy("succeed"), LEGACY)):
        vendor_id = "8936" if model == NEW else "text2video/8319"
        progress = await connect("kling", Line(answer)).poll(vendor_id, model=model)
        assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


ROUTE, LATER, ASK, RECONCILE = Step.ROUTE_ELSEWHERE, Step.TRY_LATER, Step.ASK_PERSON, Step.RECONCILE

ERRORS = [
    # HTTP, code, at a submit, at a poll
    (401, 1000, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (401, 1001, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (401, 1002, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (401, 1003, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (401, 1004, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (429, 1100, (Trouble.PAYMENT, ROUTE), (Trouble.PAYMENT, ROUTE)),
    (429, 1101, (Trouble.PAYMENT, ROUTE), (Trouble.PAYMENT, ROUTE)),
    (429, 1102, (Trouble.PAYMENT, ROUTE), (Trouble.PAYMENT, ROUTE)),
    (403, 1103, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (400, 1200, (Trouble.VALIDATION, ROUTE), (Trouble.VALIDATION, ROUTE)),
    (404, 1202, (Trouble.NOT_FOUND, ROUTE), (Trouble.NOT_FOUND, ROUTE)),
    (404, 1203, (Trouble.MODEL_RETIRED, ROUTE), (Trouble.NOT_FOUND, ROUTE)),
    (400, 1300, (Trouble.MODERATION_INPUT, ASK), (Trouble.MODERATION_INPUT, ASK)),
    (400, 1301, (Trouble.MODERATION_INPUT, ASK), (Trouble.MODERATION_INPUT, ASK)),
    (429, 1302, (Trouble.RATE_LIMITED, LATER), (Trouble.RATE_LIMITED, LATER)),
    (429, 1303, (Trouble.CONCURRENCY, LATER), (Trouble.CONCURRENCY, LATER)),
    (429, 1304, (Trouble.AUTH, ROUTE), (Trouble.AUTH, ROUTE)),
    (500, 5000, (Trouble.UNKNOWN_OUTCOME, RECONCILE), (Trouble.PROVIDER_TRANSIENT, LATER)),
    (503, 5001, (Trouble.PROVIDER_TRANSIENT, LATER), (Trouble.PROVIDER_TRANSIENT, LATER)),
    (504, 5002, (Trouble.UNKNOWN_OUTCOME, RECONCILE), (Trouble.PROVIDER_TRANSIENT, LATER)),
    (200, 9999, (Trouble.UNKNOWN_OUTCOME, RECONCILE), (Trouble.PROVIDER_TRANSIENT, LATER)),
]
Row = tuple[int, int, tuple[Trouble, Step], tuple[Trouble, Step]]
each_row = pytest.mark.parametrize("row", ERRORS, ids=[str(row[1]) for row in ERRORS])


@each_row
@pytest.mark.parametrize("body", [NEW_BODY, LEGACY_BODY, IMAGE_BODY], ids=["new", "legacy text", "legacy image"])
async def test_each_row_of_the_error_table_at_a_submit(body: Body, row: Row) -> None:
    status, code, submitting, _ = row
    line = Line(refused(status, code))
    with pytest.raises(VendorError, match=rf"no \(code {code}\)") as caught:
        await connect("kling", line).submit(body, key="take-0001")
    assert (caught.value.trouble, caught.value.trouble.step) == submitting
    assert len(line.sent) == 1


@each_row
@pytest.mark.parametrize(("model", "vendor_id"), [(NEW, "8936"), (LEGACY, "image2video/8319")], ids=["new", "legacy"])
async def test_each_row_of_the_error_table_at_a_poll(model: str, vendor_id: str, row: Row) -> None:
    status, code, _, polling = row
    with pytest.raises(VendorError) as caught:
        await connect("kling", Line(refused(status, code))).poll(vendor_id, model=model)
    assert (caught.value.trouble, caught.value.trouble.step) == polling


@pytest.mark.parametrize("body", [NEW_BODY, IMAGE_BODY], ids=["new", "legacy"])
@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(status=502, pieces=(b"bad gateway",)), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=200, pieces=(b"ok",)), Trouble.UNKNOWN_OUTCOME),
        (says({"code": 0, "message": "SUCCEED", "data": {}}), Trouble.UNKNOWN_OUTCOME),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.RemoteProtocolError("dropped"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectTimeout("no route"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_a_submit_without_a_word_of_kling_is_unknown_unless_it_never_left(
    body: Body, answer: Answer | Exception, trouble: Trouble
) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("kling", line).submit(body, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


USED = refused(400, 1201, "external_task_id is used")


@pytest.mark.parametrize(
    ("body", "listed", "kept", "asked"),
    [
        (NEW_BODY, new([task("processing")]), "8936", "/tasks?external_task_ids=take-0001"),
        (LEGACY_BODY, legacy("processing"), "text2video/8319", "/v1/videos/text2video/take-0001"),
        (IMAGE_BODY, legacy("processing"), "image2video/8319", "/v1/videos/image2video/take-0001"),
        (OMNI_BODY, legacy("processing"), "omni-video/8319", "/v1/videos/omni-video/take-0001"),
    ],
)
async def test_a_refused_duplicate_is_looked_up_and_adopted(body: Body, listed: Answer, kept: str, asked: str) -> None:
    line = Line(USED, new([]) if body is NEW_BODY else STRANGE, listed)
    assert await connect("kling", line).submit(body, key="take-0001") == kept
    assert [request.method for request in line.sent] == ["POST", "GET", "GET"]
    assert str(line.sent[2].url).endswith(asked)


async def test_a_refused_duplicate_that_cannot_be_found_stays_unknown() -> None:
    gone = Line(USED, new([]), new([]), new([]))
    lost = Line(USED, httpx.ReadTimeout("slow"))
    shut = Line(USED, refused(401, 1002))
    for line in (gone, lost, shut):
        with pytest.raises(VendorError) as caught:
            await connect("kling", line).submit(NEW_BODY, key="take-0001")
        assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
    assert [request.method for request in gone.sent] == ["POST", "GET", "GET", "GET"]


@pytest.mark.parametrize(("body", "empty"), [(NEW_BODY, new([])), (IMAGE_BODY, STRANGE)], ids=["new", "legacy"])
async def test_a_refused_value_is_a_validation_error_after_one_look(body: Body, empty: Answer) -> None:
    line = Line(refused(400, 1201, "duration is invalid"), empty)
    with pytest.raises(VendorError, match="duration is invalid") as caught:
        await connect("kling", line).submit(body, key="take-0001")
    assert caught.value.trouble is Trouble.VALIDATION
    assert caught.value.trouble.step is Step.ROUTE_ELSEWHERE


async def test_a_job_of_the_new_standard_is_found_by_our_key_and_by_no_key_like_it() -> None:
    stranger = task("processing", id="8937", external_id="take-00011")
    adapter = connect("kling", Line(new([stranger, task("processing")]), new([stranger]), new(None), STRANGE))
    assert await adapter.find("take-0001", model=NEW, sent_us=NOW_US) == "8936"
    for _ in range(3):
        assert await adapter.find("take-0001", model=NEW, sent_us=NOW_US) is None


async def test_a_legacy_job_is_looked_for_under_each_kind_its_model_is_asked_as() -> None:
    line = Line(STRANGE, legacy("processing"), STRANGE, STRANGE, legacy("submitted"))
    adapter = connect("kling", line)
    assert await adapter.find("take-0001", model=LEGACY, sent_us=NOW_US) == "image2video/8319"
    assert await adapter.find("take-0001", model=LEGACY, sent_us=NOW_US) is None
    assert await adapter.find("take-0001", model="kling-v3-omni-legacy", sent_us=NOW_US) == "omni-video/8319"
    kinds = [request.url.path.split("/")[3] for request in line.sent]
    assert kinds == ["text2video", "image2video", "text2video", "image2video", "omni-video"]


async def test_a_failed_look_up_is_not_taken_for_an_empty_one() -> None:
    for model, line in (
        (NEW, Line(refused(401, 1002))),
        (LEGACY, Line(refused(401, 1002))),
        (LEGACY, Line(STRANGE, httpx.ReadTimeout("slow"))),
    ):
        with pytest.raises(VendorError):
            await connect("kling", line).find("take-0001", model=model, sent_us=NOW_US)


async def test_a_task_the_vendor_does_not_know_is_not_found() -> None:
    other = task("processing", id="8937")
    for model, answer in ((NEW, new([])), (NEW, new([other])), (NEW, STRANGE), (LEGACY, STRANGE)):
        with pytest.raises(VendorError, match="no task") as caught:
            await connect("kling", Line(answer)).poll("image2video/1", model=model)
        assert caught.value.trouble is Trouble.NOT_FOUND


async def test_no_task_is_ever_called_back() -> None:
    line = Line()
    assert await connect("kling", line).cancel("8936", model=NEW) is False
    assert line.sent == []
