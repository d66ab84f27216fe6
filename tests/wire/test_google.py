"""Veo on Vertex AI. Bodies as captured from google-genai 2.34.0 [S]; texts of refusals [T]; docs/wire/google.md."""

import json
from base64 import b64encode
from dataclasses import replace

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Order, Progress
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


WORDS = order("veo-3.1", negatives="lens flare, subtitles", seed=7)
SENT_WORDS = b'"prompt":"hand-painted gouache. A fox runs."'
SENT_PNG = b'{"bytesBase64Encoded":"' + PNG_BASE64.encode() + b'","mimeType":"image/png"}'
SENT_HOW = (
    b'"parameters":{"sampleCount":1,"durationSeconds":8,"aspectRatio":"16:9","resolution":"720p",'
    b'"negativePrompt":"lens flare, subtitles","seed":7,"generateAudio":false'
)


@pytest.mark.parametrize("model", ["veo-3.1", "veo-3.1-fast", "veo-3.1-lite"])
def test_words_go_out_with_the_negatives_in_their_own_field_as_bare_nouns(model: str) -> None:
    body = connect("google", Line()).compose(replace(WORDS, model=model))
    assert body.path == f"{MODELS}/{model}-generate-001:predictLongRunning"
    assert body.content == b'{"instances":[{' + SENT_WORDS + b"}]," + SENT_HOW + b"}}"


def test_look_references_go_out_as_assets() -> None:
    body = connect("google", Line()).compose(replace(WORDS, references=(PNG, PNG)))
    asset = b'{"image":' + SENT_PNG + b',"referenceType":"ASSET"}'
    looks = b',"referenceImages":[' + asset + b"," + asset + b"]"
    assert body.content == b'{"instances":[{' + SENT_WORDS + looks + b"}]," + SENT_HOW + b"}}"


def test_a_first_frame_goes_out_as_the_image_and_is_cut_where_it_does_not_fit() -> None:
    body = connect("google", Line()).compose(replace(WORDS, first_frame=PNG))
    frame = b',"image":' + SENT_PNG
    assert body.content == b'{"instances":[{' + SENT_WORDS + frame + b"}]," + SENT_HOW + b',"resizeMode":"CROP"}}'


def test_a_last_frame_goes_out_beside_the_first() -> None:
    body = connect("google", Line()).compose(replace(WORDS, first_frame=PNG, last_frame=PNG))
    frames = b',"image":' + SENT_PNG + b',"lastFrame":' + SENT_PNG
    assert body.content == b'{"instances":[{' + SENT_WORDS + frames + b"}]," + SENT_HOW + b',"resizeMode":"CROP"}}'


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (order("veo-3.1", references=[PNG], seconds=6), "6 s with look references"),
        (replace(WORDS, first_frame=PNG, last_frame=PNG, seconds=4), "4 s with a first and a last frame"),
        (order("veo-3.1", references=[PNG] * 4), "4 look references"),
        (order("veo-3.1-lite", references=[PNG]), "look references"),
        (replace(WORDS, model="veo-3.1-lite", first_frame=PNG, last_frame=PNG), "a first and a last frame"),
        (order("veo-3.1", references=[PNG], first_frame=PNG), "a first frame and look references"),
        (replace(WORDS, first_frame=PNG, last_frame=PNG, references=(PNG,)), "frame and look references"),
        (replace(WORDS, last_frame=PNG), "a last frame without a first"),
        (replace(WORDS, callback="https://film.example/hooks/1"), "a callback"),
        (order("veo-3.1", seconds=5), "5 s"),
        (order("veo-3.1", ratio="1:1"), "1:1"),
        (order("veo-3.1", text="half \ud83d"), "surrogate"),
        (order("veo-3.1", seed=2**32), "the seed 4294967296"),
        (order("veo-3.1", seed=-1), "the seed -1"),
    ],
)
def test_what_veo_cannot_say_is_refused_by_name(asked: Order, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        connect("google", Line()).compose(asked)


def test_the_largest_seed_goes_out() -> None:
    body = connect("google", Line()).compose(order("veo-3.1", seed=2**32 - 1))
    assert json.loads(body.content)["parameters"]["seed"] == 4_294_967_295


def test_with_a_bucket_each_take_has_a_folder_of_its_own() -> None:
    options = OPTIONS["google"] | {"storage_uri": "gs://film/out/", "location": "europe-west4"}
    adapter = connect("google", Line(), account_of=account("google", options=options))
    body = adapter.compose(order("veo-3.1"))
    assert json.loads(body.content)["parameters"]["storageUri"] == "gs://film/out/take-0001/"
    assert "/locations/europe-west4/" in body.path


def test_rewriting_and_people_are_left_to_the_vendor_unless_the_account_says_otherwise() -> None:
    options = OPTIONS["google"] | {"enhance_prompt": "off", "person_generation": "allow_all"}
    adapter = connect("google", Line(), account_of=account("google", options=options))
    sent = json.loads(adapter.compose(WORDS).content)["parameters"]
    assert (sent["enhancePrompt"], sent["personGeneration"]) == (False, "allow_all")
    plain = json.loads(connect("google", Line()).compose(WORDS).content)["parameters"]
    assert not {"enhancePrompt", "personGeneration"} & set(plain)


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


@pytest.mark.parametrize(
    ("reasons", "trouble"),
    [
        pytest.param(["The video was withheld. Support codes: 29578790"], Trouble.MODERATION_OUTPUT, id="picture"),
        pytest.param(["Blocked. Support codes: 58061214"], Trouble.MODERATION_INPUT, id="words"),
        pytest.param(["Support codes: 58061214", "Support codes: 17301594"], Trouble.MODERATION_OUTPUT, id="both"),
        pytest.param([], Trouble.MODERATION_OUTPUT, id="no reason"),
    ],
)
async def test_a_filtered_clip_is_a_refusal_although_the_operation_is_done(
    reasons: list[str], trouble: Trouble
) -> None:
    response = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": reasons}
    progress = await poll(says({"name": OPERATION, "done": True, "response": response}))
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)
    assert progress.message == (" ".join(reasons) or "filtered without a reason")


async def test_done_without_clip_or_reason_is_no_success() -> None:
    progress = await poll(says({"name": OPERATION, "done": True, "response": {}}))
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("code", "message", "trouble"),
    [
        (3, "The prompt violates our usage guidelines", Trouble.MODERATION_INPUT),
        (3, "durationSeconds is out of range", Trouble.VALIDATION),
        (3, "this model has been retired", Trouble.MODEL_RETIRED),
        (4, "deadline", Trouble.PROVIDER_TRANSIENT),
        (5, "model gone", Trouble.MODEL_RETIRED),
        (7, "not yours", Trouble.AUTH),
        (7, "enable billing first", Trouble.PAYMENT),
        (8, "exhausted", Trouble.RATE_LIMITED),
        (13, "internal", Trouble.PROVIDER_TRANSIENT),
        (14, "unavailable", Trouble.PROVIDER_TRANSIENT),
        (16, "who are you", Trouble.AUTH),
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
        (refused(400, code=400, word="FAILED_PRECONDITION", message="it is discontinued"), Trouble.MODEL_RETIRED),
        (refused(404, code=404, word="NOT_FOUND"), Trouble.MODEL_RETIRED),
        (Answer(status=404, pieces=(b"<html>",)), Trouble.NOT_FOUND),
        (refused(429, code=429, word="RESOURCE_EXHAUSTED"), Trouble.RATE_LIMITED),
        (refused(500, code=500, word="INTERNAL"), Trouble.UNKNOWN_OUTCOME),
        (refused(504, code=504, word="DEADLINE_EXCEEDED"), Trouble.UNKNOWN_OUTCOME),
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


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        ("Publisher Model `publishers/google/models/veo` was not found", Trouble.MODEL_RETIRED),
        ("Operation 8d1f was not found", Trouble.NOT_FOUND),
    ],
)
async def test_a_poll_tells_a_model_that_is_gone_from_a_job_that_is_gone(message: str, trouble: Trouble) -> None:
    with pytest.raises(VendorError) as caught:
        await poll(refused(404, code=404, word="NOT_FOUND", message=message))
    assert caught.value.trouble is trouble


TOO_OLD = {
    "code": 401,
    "message": "Request had invalid authentication credentials.",
    "status": "UNAUTHENTICATED",
    "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "ACCESS_TOKEN_EXPIRED"}],
}


async def test_a_token_that_has_run_out_says_so_and_what_to_do() -> None:
    with pytest.raises(VendorError, match=r"has run out.*secret 'token'.*gcloud auth print-access-token") as caught:
        await submit(says({"error": TOO_OLD}, status=401))
    assert caught.value.trouble is Trouble.AUTH
    other = TOO_OLD | {"details": [{"reason": "ACCESS_TOKEN_TYPE_UNSUPPORTED"}]}
    with pytest.raises(VendorError, match="Request had invalid"):
        await submit(says({"error": other}, status=401))


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


@pytest.mark.parametrize(
    ("secrets", "options", "named"),
    [
        ({"token": "AIzaSyExample"}, {}, "API key; Vertex AI takes an OAuth token"),
        ({"token": '{\n "type": "service_account"}'}, {}, "secret 'token'"),
        ({}, {}, "secret 'token'"),
        (SECRETS["google"], {"person_generation": "everybody"}, "'person_generation' must be dont_allow, allow_adult"),
        (SECRETS["google"], {"enhance_prompt": "false"}, "'enhance_prompt' must be on, off"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named_but_not_shown(
    secrets: dict[str, str], options: dict[str, str], named: str
) -> None:
    complaint = VENDOR.complaint(account("google", secrets=secrets, options=OPTIONS["google"] | options)) or ""
    assert named in complaint
    assert "SyExample" not in complaint
    assert "service_account" not in complaint


LISTED = says({"name": "publishers/google/models/veo", "launchStage": "GA"})
NOT_LISTED = refused(404, code=404, word="NOT_FOUND", message="Publisher Model `publishers/x` is not found.")


async def test_a_checkup_asks_the_catalogue_for_each_id_and_names_what_is_gone() -> None:
    line = Line(LISTED, NOT_LISTED, LISTED)
    checkup = await connect("google", line).check()
    assert (checkup.signed_in, checkup.gone) == (True, ("veo-3.1-fast",))
    assert [(request.method, request.url.path) for request in line.sent] == [
        ("GET", f"/v1beta1/publishers/google/models/{name}-generate-001")
        for name in ("veo-3.1", "veo-3.1-fast", "veo-3.1-lite")
    ]
    assert {request.headers["authorization"] for request in line.sent} == {"Bearer ya29.example-token"}
    assert "does not tell" in checkup.remarks[0]


@pytest.mark.parametrize(
    ("answer", "signed_in", "remark"),
    [
        (says({"error": TOO_OLD}, status=401), False, "has run out"),
        (refused(401, code=401, word="UNAUTHENTICATED", message="who are you"), False, "who are you"),
        (refused(403, code=403, word="PERMISSION_DENIED", message="a quota project is needed"), None, "quota project"),
    ],
)
async def test_a_checkup_that_is_turned_away_says_why_and_asks_no_more(
    answer: Answer, signed_in: bool | None, remark: str
) -> None:
    line = Line(answer)
    checkup = await connect("google", line).check()
    assert (checkup.signed_in, checkup.gone) == (signed_in, ())
    assert remark in checkup.remarks[0]


async def test_a_checkup_takes_no_other_answer_for_a_model_that_is_gone() -> None:
    for answer in (Answer(status=404, pieces=(b"<html>",)), refused(503, code=503, word="UNAVAILABLE")):
        with pytest.raises(VendorError):
            await connect("google", Line(answer)).check()


async def test_no_callback_is_this_vendors() -> None:
    assert await connect("google", Line()).signed({"authorization": "Bearer x"}, b"{}") is None
    assert not any(profile.calls_back for profile in VENDOR.profiles)


async def test_a_renewed_token_is_used_without_a_new_adapter() -> None:
    secrets = dict(SECRETS["google"])
    line = Line(says({"name": OPERATION}), says({"name": OPERATION}))
    adapter = connect("google", line, account_of=account("google", secrets=secrets))
    await adapter.poll(OPERATION, model="veo-3.1")
    secrets["token"] = "ya29.renewed"
    await adapter.poll(OPERATION, model="veo-3.1")
    assert [request.headers["authorization"][7:] for request in line.sent] == ["ya29.example-token", "ya29.renewed"]
