"""Veo on Vertex AI. Bodies as captured from google-genai 2.34.0 [S]; texts of refusals [T]; docs/wire/google.md."""

import json
from base64 import b64encode

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Progress
from agent.troubles import Trouble
from tests.wire.line import NOW_US, OPTIONS, PNG, PNG_BASE64, SECRETS, Answer, Line, account, connect, order, says
from tools.video.google import VENDOR

MODELS = "/v1beta1/projects/film-1/locations/us-central1/publishers/google/models"
OPERATION = f"{MODELS[9:]}/veo-3.1-generate-001/operations/8d1f"
BODY = Body(method="POST", path=f"{MODELS}/veo-3.1-generate-001:predictLongRunning", content=b"{}")


async def submit(*script: Answer | Exception) -> str:
    return await connect("google", Line(*script)).submit(BODY, key="take-0001")


async def poll(*script: Answer | Exception) -> Progress:
    return await connect("google", Line(*script)).poll(OPERATION, model="veo-3.1")


def refused(status: int, *, code: int, word: str, message: str = "no") -> Answer:
    return says({"error": {"code": code, "message": message, "status": word}}, status=status)


def test_the_negatives_go_out_in_their_own_field_as_bare_nouns() -> None:
    body = connect("google", Line()).compose(order("veo-3.1", negatives="lens flare, subtitles", seed=7))
    assert body.path == f"{MODELS}/veo-3.1-generate-001:predictLongRunning"
    assert body.content == (
        b'{"instances":[{"prompt":"hand-painted gouache. A fox runs."}],"parameters":{"sampleCount":1,'
        b'"durationSeconds":8,"aspectRatio":"16:9","resolution":"720p","negativePrompt":"lens flare, subtitles",'
        b'"seed":7,"generateAudio":false}}'
    )


def test_look_references_go_out_as_assets() -> None:
    sent = json.loads(connect("google", Line()).compose(order("veo-3.1", references=[PNG, PNG])).content)
    image = {"bytesBase64Encoded": PNG_BASE64, "mimeType": "image/png"}
    assert sent["instances"][0]["referenceImages"] == [{"image": image, "referenceType": "ASSET"}] * 2


def test_a_first_frame_goes_out_as_the_image() -> None:
    sent = json.loads(connect("google", Line()).compose(order("veo-3.1", first_frame=PNG)).content)
    assert sent["instances"][0]["image"] == {"bytesBase64Encoded": PNG_BASE64, "mimeType": "image/png"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (order("veo-3.1", references=[PNG], seconds=6), "6 s with 1 look references"),
        (order("veo-3.1", references=[PNG] * 4), "4 look references"),
        (order("veo-3.1-lite", references=[PNG]), "1 look references"),
        (order("veo-3.1", references=[PNG], first_frame=PNG), "first frame together"),
        (order("veo-3.1", seconds=5), "5 s"),
        (order("veo-3.1", ratio="1:1"), "1:1"),
        (order("veo-3.1", text="half \ud83d"), "surrogate"),
    ],
)
def test_what_veo_cannot_say_is_refused_by_name(asked: object, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        connect("google", Line()).compose(asked)  # type: ignore[arg-type]  # parametrize hands on objects


def test_with_a_bucket_each_take_has_a_folder_of_its_own() -> None:
    options = OPTIONS["google"] | {"storage_uri": "gs://film/out/", "location": "europe-west4"}
    adapter = connect("google", Line(), account_of=account("google", options=options))
    body = adapter.compose(order("veo-3.1"))
    assert json.loads(body.content)["parameters"]["storageUri"] == "gs://film/out/take-0001/"
    assert "/locations/europe-west4/" in body.path


async def test_exactly_the_composed_bytes_leave_once_with_the_token() -> None:
    line = Line(says({"name": OPERATION}))
    adapter = connect("google", line)
    body = adapter.compose(order("veo-3.1-fast", text="Ä fox – 水彩", negatives="lens flare"))
    assert await adapter.submit(body, key="take-0001") == OPERATION
    assert line.bodies == [body.content]
    request = line.sent[0]
    assert str(request.url) == f"https://us-central1-aiplatform.googleapis.com{body.path}"
    assert request.headers["authorization"] == "Bearer ya29.example-token"


async def test_the_poll_is_a_post_with_the_operations_name() -> None:
    line = Line(says({"name": OPERATION}))
    progress = await connect("google", line).poll(OPERATION, model="veo-3.1")
    assert progress.going is Going.RENDERING
    assert line.sent[0].method == "POST"
    assert line.sent[0].url.path == f"{MODELS}/veo-3.1-generate-001:fetchPredictOperation"
    assert line.bodies == [f'{{"operationName":"{OPERATION}"}}'.encode()]


async def test_an_inline_clip_is_decoded_in_small_pieces() -> None:
    clip = bytes(range(256)) * 800
    made = {"videos": [{"bytesBase64Encoded": b64encode(clip).decode(), "mimeType": "video/mp4"}]}
    line = Line(says({"name": OPERATION, "done": True, "response": made}))
    adapter = connect("google", line)
    progress = await adapter.poll(OPERATION, model="veo-3.1")
    assert progress.going is Going.DONE
    assert progress.media is not None
    pieces = [piece async for piece in adapter.fetch(progress.media)]
    assert b"".join(pieces) == clip
    assert max(map(len, pieces)) <= 64 * 1024


async def test_an_inline_clip_that_is_no_base64_is_an_error() -> None:
    with pytest.raises(VendorError, match="base64"):
        _ = [piece async for piece in connect("google", Line()).fetch("data:video/mp4;base64,%%%%")]


async def test_a_clip_in_the_bucket_is_read_with_the_token() -> None:
    line = Line(says({"name": OPERATION, "done": True, "response": {"videos": [{"gcsUri": "gs://film/a b/1.mp4"}]}}))
    adapter = connect("google", line)
    progress = await adapter.poll(OPERATION, model="veo-3.1")
    line.then(Answer(pieces=(b"mp4",)))
    assert [piece async for piece in adapter.fetch(progress.media or "")] == [b"mp4"]
    assert str(line.sent[1].url) == "https://storage.googleapis.com/film/a%20b/1.mp4"
    assert line.sent[1].headers["authorization"] == "Bearer ya29.example-token"


async def test_a_filtered_clip_is_a_refusal_although_the_operation_is_done() -> None:
    response = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["Blocked. Support codes: 58061214"]}
    progress = await poll(says({"name": OPERATION, "done": True, "response": response}))
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.MODERATION_OUTPUT)
    assert progress.message == "Blocked. Support codes: 58061214"


async def test_done_without_clip_or_reason_is_no_success() -> None:
    progress = await poll(says({"name": OPERATION, "done": True, "response": {}}))
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("code", "message", "trouble"),
    [
        (3, "The prompt violates our usage guidelines", Trouble.MODERATION_INPUT),
        (3, "durationSeconds is out of range", Trouble.VALIDATION),
        (5, "model gone", Trouble.MODEL_RETIRED),
        (8, "exhausted", Trouble.RATE_LIMITED),
        (13, "internal", Trouble.PROVIDER_TRANSIENT),
        (14, "unavailable", Trouble.PROVIDER_TRANSIENT),
        (9, "failed precondition", Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_a_failed_operation_says_why(code: int, message: str, trouble: Trouble) -> None:
    progress = await poll(says({"name": OPERATION, "done": True, "error": {"code": code, "message": message}}))
    assert (progress.going, progress.trouble, progress.message) == (Going.FAILED, trouble, message)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refused(400, code=400, word="INVALID_ARGUMENT", message="duration 5 is bad"), Trouble.VALIDATION),
        (refused(400, code=400, word="INVALID_ARGUMENT", message="blocked: sensitive words"), Trouble.MODERATION_INPUT),
        (refused(401, code=401, word="UNAUTHENTICATED"), Trouble.AUTH),
        (refused(403, code=403, word="PERMISSION_DENIED"), Trouble.AUTH),
        (refused(403, code=403, word="PERMISSION_DENIED", message="requires billing to be enabled"), Trouble.PAYMENT),
        (refused(404, code=404, word="NOT_FOUND"), Trouble.MODEL_RETIRED),
        (Answer(status=404, pieces=(b"<html>",)), Trouble.NOT_FOUND),
        (refused(429, code=429, word="RESOURCE_EXHAUSTED"), Trouble.RATE_LIMITED),
        (refused(500, code=500, word="INTERNAL"), Trouble.UNKNOWN_OUTCOME),
        (refused(503, code=503, word="UNAVAILABLE"), Trouble.PROVIDER_TRANSIENT),
        (Answer(status=503, pieces=(b"upstream",)), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=200, pieces=(b"{}",)), Trouble.UNKNOWN_OUTCOME),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_submit_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    with pytest.raises(VendorError) as caught:
        await submit(answer)
    assert caught.value.trouble is trouble


async def test_a_lost_poll_says_nothing_about_the_job() -> None:
    for answer in (httpx.ReadTimeout("slow"), refused(500, code=500, word="INTERNAL"), Answer(pieces=(b"<html>",))):
        with pytest.raises(VendorError) as caught:
            await poll(answer)
        assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_there_is_no_look_up_and_no_cancelling() -> None:
    line = Line()
    adapter = connect("google", line)
    with pytest.raises(UnsupportedError):
        await adapter.find("take-0001", model="veo-3.1", sent_us=NOW_US)
    assert await adapter.cancel(OPERATION, model="veo-3.1") is False
    assert line.sent == []


def test_a_token_without_a_project_is_named() -> None:
    assert VENDOR.complaint(account("google")) is None
    complaint = VENDOR.complaint(account("google", options={}))
    assert complaint is not None
    assert "option 'project'" in complaint
    assert "ya29" not in complaint


async def test_a_renewed_token_is_used_without_a_new_adapter() -> None:
    secrets = dict(SECRETS["google"])
    line = Line(says({"name": OPERATION}), says({"name": OPERATION}))
    adapter = connect("google", line, account_of=account("google", secrets=secrets))
    await adapter.poll(OPERATION, model="veo-3.1")
    secrets["token"] = "ya29.renewed"
    await adapter.poll(OPERATION, model="veo-3.1")
    assert [request.headers["authorization"][7:] for request in line.sent] == ["ya29.example-token", "ya29.renewed"]
