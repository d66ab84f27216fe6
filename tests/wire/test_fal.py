"""The fal queue: addresses and status as fal-client 1.0.3 speaks them [S], fields and errors [D]; docs/wire/fal.md."""

import json
from dataclasses import replace

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Still
from agent.profiles import Material
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.dialect import Channel
from tests.wire.line import PNG, PNG_BASE64, Answer, Line, account, connect, order, says
from tools.video import registry

KLING, VEO, VEO_LOOKS, SEEDANCE = "fal/kling-v3-pro", "fal/veo3.1", "fal/veo3.1-reference", "fal/seedance-2.0"
QUEUE = "https://queue.fal.run"
REQUEST = "fal-ai/kling-video/requests/0199-a1"
BODY = Body(method="POST", path="/fal-ai/kling-video/v3/pro/text-to-video", content=b"{}")
LINK = "https://v3b.fal.media/files/b/a.mp4"
PNG_URI = f"data:image/png;base64,{PNG_BASE64}".encode()
VENDOR = registry.vendor("fal")


def submitted(base: str = QUEUE, path: str = REQUEST, **other: str) -> Answer:
    address = f"{base}/{path}"
    addresses = {"response_url": address, "status_url": f"{address}/status", "cancel_url": f"{address}/cancel"}
    return says({"status": "IN_QUEUE", "queue_position": 0, "request_id": "0199-a1", **addresses, **other})


def status(word: str, **more: object) -> Answer:
    return says({"status": word, "request_id": "0199-a1", **more}, status=200 if word == "COMPLETED" else 202)


COMPLETED = status("COMPLETED", logs=None, metrics={"inference_time": 61.2}, error=None, error_type=None)


def flawed(kind: str, *loc: object, message: str = "no", code: int = 422) -> Answer:
    flaw = {"loc": list(loc), "msg": message, "type": kind, "url": "https://docs.fal.ai/errors/", "input": {"x": 1}}
    return says({"detail": [flaw]}, status=code, headers={"x-fal-error-type": kind})


def told(words: str, code: int, **headers: str) -> Answer:
    return says({"detail": words}, status=code, headers=headers)


def test_kling_goes_out_silent_with_its_field_and_its_length_as_text() -> None:
    body = connect("fal", Line()).compose(order(KLING, text="A fox.", negatives="lens flare, blur", seconds=5, seed=7))
    assert (body.method, body.path) == ("POST", "/fal-ai/kling-video/v3/pro/text-to-video")
    assert body.content == (
        b'{"prompt":"A fox.","negative_prompt":"lens flare, blur","duration":"5","aspect_ratio":"16:9",'
        b'"generate_audio":false}'
    )


def test_kling_between_frames_goes_to_the_other_endpoint_and_asks_no_proportions() -> None:
    asked = replace(order(KLING, text="A fox.", negatives="blur", first_frame=PNG, ratio="21:9"), last_frame=PNG)
    body = connect("fal", Line()).compose(asked)
    assert body.path == "/fal-ai/kling-video/v3/pro/image-to-video"
    assert body.content == (
        b'{"prompt":"A fox.","negative_prompt":"blur","duration":"8","generate_audio":false,"start_image_url":"'
        + PNG_URI
        + b'","end_image_url":"'
        + PNG_URI
        + b'"}'
    )


def test_veo_from_words_keeps_its_prompt_from_being_rewritten() -> None:
    body = connect("fal", Line()).compose(order(VEO, text="A fox.", negatives="lens flare", seconds=6, seed=7))
    assert body.path == "/fal-ai/veo3.1"
    assert body.content == (
        b'{"prompt":"A fox.","negative_prompt":"lens flare","duration":"6s","aspect_ratio":"16:9","resolution":"720p",'
        b'"generate_audio":false,"auto_fix":false,"seed":7}'
    )


def test_veos_frames_have_other_names_alone_and_in_a_pair() -> None:
    adapter = connect("fal", Line())
    alone = adapter.compose(order(VEO, negatives="blur", first_frame=PNG))
    pair = adapter.compose(replace(order(VEO, negatives="blur", first_frame=PNG), last_frame=PNG))
    assert (alone.path, pair.path) == ("/fal-ai/veo3.1/image-to-video", "/fal-ai/veo3.1/first-last-frame-to-video")
    assert {name for name in json.loads(alone.content) if name.endswith("_url")} == {"image_url"}
    assert {name for name in json.loads(pair.content) if name.endswith("_url")} == {"first_frame_url", "last_frame_url"}


def test_veo_beside_references_has_neither_field_nor_seed_and_makes_eight_seconds() -> None:
    body = connect("fal", Line()).compose(order(VEO_LOOKS, text="A fox.", references=[PNG, PNG], seed=7))
    assert body.path == "/fal-ai/veo3.1/reference-to-video"
    assert body.content == (
        b'{"prompt":"A fox.","duration":"8s","aspect_ratio":"16:9","resolution":"720p","generate_audio":false,'
        b'"auto_fix":false,"image_urls":["' + PNG_URI + b'","' + PNG_URI + b'"]}'
    )


def test_seedance_from_words_references_and_frames_goes_to_three_endpoints() -> None:
    adapter, app = connect("fal", Line()), "/bytedance/seedance-2.0"
    words = adapter.compose(order(SEEDANCE, text="A fox.", seconds=5, ratio="21:9", seed=7))
    looks = adapter.compose(order(SEEDANCE, references=[PNG, Still(label="2", data=b"\2", media_type="image/jpeg")]))
    ends = adapter.compose(replace(order(SEEDANCE, first_frame=PNG), last_frame=PNG))
    assert [body.path.removeprefix(app) for body in (words, looks, ends)] == [
        "/text-to-video",
        "/reference-to-video",
        "/image-to-video",
    ]
    assert words.content == (
        b'{"prompt":"A fox.","duration":"5","resolution":"720p","aspect_ratio":"21:9","generate_audio":false,"seed":7}'
    )
    assert json.loads(looks.content)["image_urls"] == [PNG_URI.decode(), "data:image/jpeg;base64,Ag=="]
    assert json.loads(ends.content)["image_url"] == json.loads(ends.content)["end_image_url"] == PNG_URI.decode()


def test_klings_scale_goes_out_only_where_the_account_sets_it() -> None:
    asked = order(KLING, negatives="blur")
    scaled = connect("fal", Line(), account_of=account("fal", options={"cfg_scale": "0.7"})).compose(asked)
    assert json.loads(scaled.content)["cfg_scale"] == 0.7
    assert "cfg_scale" not in json.loads(connect("fal", Line()).compose(asked).content)
    veo = connect("fal", Line(), account_of=account("fal", options={"cfg_scale": "0.7"}))
    assert b"cfg_scale" not in veo.compose(order(VEO, negatives="blur")).content


def test_a_callback_goes_along_in_the_address_and_not_in_the_body() -> None:
    address = "https://film.example/hooks/1?token=a-b_c"
    body = connect("fal", Line()).compose(replace(order(VEO, negatives="blur"), callback=address))
    assert body.path == ("/fal-ai/veo3.1?fal_webhook=https%3A%2F%2Ffilm.example%2Fhooks%2F1%3Ftoken%3Da-b_c")
    assert b"film.example" not in body.content


def test_what_fal_cannot_say_is_refused_by_name() -> None:
    adapter = connect("fal", Line())
    big = Still(label="big", data=bytes(10_000_001), media_type="image/png")
    heavy = Still(label="heavy", data=bytes(29_000_000), media_type="image/png")
    for asked, named in (
        (order(KLING, negatives="blur", references=[PNG]), "look references"),
        (order(KLING, negatives="blur", seconds=16), "16 s"),
        (order(KLING, negatives="blur", first_frame=big), "image big of 10000001 bytes"),
        (order(VEO, negatives="blur", references=[PNG]), "look references"),
        (order(VEO, negatives="blur", seconds=5), "5 s"),
        (order(VEO_LOOKS, negatives="blur", references=[PNG]), "a negative field"),
        (order(VEO_LOOKS, references=[PNG] * 4), "4 look references"),
        (order(SEEDANCE, negatives="blur"), "a negative field"),
        (order(SEEDANCE, references=[PNG] * 10), "10 look references"),
        (order(SEEDANCE, references=[heavy] * 2), "64 MB"),
    ):
        with pytest.raises(UnsupportedError, match=named):
            adapter.compose(asked)


def test_each_variant_says_negatives_in_the_best_form_its_endpoints_take() -> None:
    dialects = {profile.name: profile.dialect for profile in VENDOR.profiles}
    turned = {Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED}
    assert dialects[KLING].channel is dialects[VEO].channel is Channel.FIELD
    assert dialects[KLING].carried == ("blur", "distort", "low quality")
    assert dialects[VEO_LOOKS].channels == dialects[SEEDANCE].channels == turned
    assert dialects[SEEDANCE].names_reference == "@Image$n"
    assert {"--", "@", "【"} <= set(dialects[SEEDANCE].drops)


def test_only_a_still_that_sets_the_picture_leaves_kling_without_proportions() -> None:
    (kling,) = (profile for profile in VENDOR.profiles if profile.name == KLING)
    assert kling.offers[Material.FIRST].ratios == kling.offers[Material.ENDS].ratios == ()
    assert kling.offers[Material.WORDS].ratios == ("16:9", "9:16", "1:1")


async def test_exactly_the_composed_bytes_leave_once_with_key_and_time_limit() -> None:
    line = Line(submitted())
    adapter = connect("fal", line)
    body = adapter.compose(order(KLING, text="水彩 fox", negatives="blur"))
    assert await adapter.submit(body, key="take-0001") == REQUEST
    assert line.bodies == [body.content]
    assert str(line.sent[0].url) == f"{QUEUE}/fal-ai/kling-video/v3/pro/text-to-video"
    assert line.sent[0].headers["authorization"] == "Key fal-example-id:fal-example-secret"
    assert line.sent[0].headers["x-fal-request-timeout"] == "1800"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(submitted("https://queue.fal.run.evil.example"), id="another host"),
        pytest.param(submitted("http://queue.fal.run"), id="another scheme"),
        pytest.param(submitted(status_url="https://evil.example/status"), id="status elsewhere"),
        pytest.param(submitted(cancel_url=f"{QUEUE}/other/requests/0199-a1/cancel"), id="cancel elsewhere"),
        pytest.param(submitted(path="fal-ai/../admin/requests/1/.."), id="not a request"),
        pytest.param(submitted(path="fal-ai/../requests/1"), id="upwards"),
        pytest.param(submitted(path="fal-ai/kling-video/requests/1?x=1"), id="with a query"),
    ],
)
async def test_addresses_that_do_not_lie_below_the_vendors_own_are_not_followed(reply: Answer) -> None:
    line = Line(reply)
    with pytest.raises(VendorError, match="accepted as request 0199-a1") as caught:
        await connect("fal", line).submit(BODY, key="take-0001")
    assert caught.value.trouble is Trouble.UNKNOWN_OUTCOME
    assert len(line.sent) == 1


@pytest.mark.parametrize(("word", "going"), [("IN_QUEUE", Going.WAITING), ("IN_PROGRESS", Going.RENDERING)])
async def test_a_request_that_goes_on_is_asked_for_its_status_alone(word: str, going: Going) -> None:
    line = Line(status(word, queue_position=3, logs=[]))
    assert (await connect("fal", line).poll(REQUEST, model=KLING)).going is going
    assert [str(request.url) for request in line.sent] == [f"{QUEUE}/{REQUEST}/status?logs=false"]


async def test_a_completed_request_is_asked_for_its_result() -> None:
    line = Line(COMPLETED, says({"video": {"url": LINK, "file_name": "out.mp4"}, "seed": 7}))
    progress = await connect("fal", line).poll(REQUEST, model=KLING)
    assert (progress.going, progress.media, progress.seed) == (Going.DONE, LINK, 7)
    assert [str(request.url) for request in line.sent][1] == f"{QUEUE}/{REQUEST}"


async def test_an_unknown_status_word_is_an_error() -> None:
    with pytest.raises(VendorError, match="unknown status word 'PAUSED'"):
        await connect("fal", Line(status("PAUSED"))).poll(REQUEST, model=KLING)


async def test_a_success_without_a_clip_is_no_success() -> None:
    line = Line(COMPLETED, says({"images": []}))
    progress = await connect("fal", line).poll(REQUEST, model=KLING)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("result", "trouble"),
    [
        (flawed("content_policy_violation", "body", "prompt"), Trouble.MODERATION_INPUT),
        (flawed("content_policy_violation", "body", "image_urls", 0), Trouble.MODERATION_INPUT),
        (flawed("content_policy_violation", "body"), Trouble.MODERATION_INPUT),
        (flawed("content_policy_violation", "body", "generated_video"), Trouble.MODERATION_OUTPUT),
        (flawed("no_media_generated", "body"), Trouble.MODERATION_OUTPUT),
        (flawed("image_too_small", "body", "image_url"), Trouble.VALIDATION),
        (flawed("one_of", "body", "duration"), Trouble.VALIDATION),
        (flawed("file_download_error", "body", "image_url"), Trouble.VALIDATION),
        (flawed("internal_server_error", "body", code=500), Trouble.PROVIDER_TRANSIENT),
        (flawed("generation_timeout", "body", code=504), Trouble.PROVIDER_TRANSIENT),
        (flawed("downstream_service_error", "body", code=400), Trouble.PROVIDER_TRANSIENT),
        (flawed("downstream_service_unavailable", "body", code=500), Trouble.PROVIDER_TRANSIENT),
        (flawed("something_new", "body", code=500), Trouble.PROVIDER_TRANSIENT),
        (flawed("something_new", "body"), Trouble.VALIDATION),
        (says({"detail": "timed out", "error_type": "request_timeout"}, status=504), Trouble.PROVIDER_TRANSIENT),
        (says({"detail": "malformed", "error_type": "bad_request"}, status=400), Trouble.VALIDATION),
        (
            says(
                {"detail": "down", "error_type": "runner_disconnected"},
                status=503,
                headers={"x-fal-retryable": "true"},
            ),
            Trouble.PROVIDER_TRANSIENT,
        ),
        (
            says(
                {"detail": "down", "error_type": "runner_server_error"},
                status=500,
                headers={"x-fal-retryable": "false"},
            ),
            Trouble.PROVIDER_PERMANENT,
        ),
    ],
)
async def test_a_failure_that_shows_only_with_the_result_says_why(result: Answer, trouble: Trouble) -> None:
    progress = await connect("fal", Line(COMPLETED, result)).poll(REQUEST, model=KLING)
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)
    assert progress.message


async def test_the_reason_names_the_place_and_not_what_was_sent() -> None:
    line = Line(COMPLETED, flawed("content_policy_violation", "body", "image_urls", message="likeness of a person"))
    progress = await connect("fal", line).poll(REQUEST, model=KLING)
    assert progress.message == "body.image_urls: likeness of a person (content_policy_violation)"


async def test_a_status_that_carries_the_error_itself_is_believed_where_the_result_says_less() -> None:
    carrying = status("COMPLETED", logs=None, error="Runner disconnected", error_type="runner_disconnected")
    progress = await connect("fal", Line(carrying, Answer(status=502, pieces=(b"<html>",)))).poll(REQUEST, model=KLING)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_TRANSIENT)
    assert progress.message == "Runner disconnected"


@pytest.mark.parametrize(
    ("result", "trouble"),
    [
        (Answer(status=502, pieces=(b"bad gateway",)), Trouble.PROVIDER_TRANSIENT),
        (told("slow down", 429, **{"x-fal-error-type": "rate_limited"}), Trouble.RATE_LIMITED),
        (told("no such key", 401, **{"x-fal-error-type": "unauthorized"}), Trouble.AUTH),
        (told("User is locked. Reason: Exhausted balance.", 403), Trouble.PAYMENT),
        (told("Request not found", 404), Trouble.NOT_FOUND),
        (told("no runner", 503), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_an_answer_that_is_no_word_on_the_request_fails_the_poll_and_not_the_job(
    result: Answer, trouble: Trouble
) -> None:
    with pytest.raises(VendorError) as caught:
        await connect("fal", Line(COMPLETED, result)).poll(REQUEST, model=KLING)
    assert caught.value.trouble is trouble


async def test_a_request_that_was_called_back_is_cancelled() -> None:
    gone = says({"detail": "cancelled", "error_type": "client_cancelled"}, status=499)
    progress = await connect("fal", Line(COMPLETED, gone)).poll(REQUEST, model=KLING)
    assert progress.going is Going.CANCELLED


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (told("no such key", 401), Trouble.AUTH),
        (told("no access", 403), Trouble.AUTH),
        (told("User is locked. Reason: Admin lock.", 403), Trouble.AUTH),
        (told("User is locked. Reason: Exhausted balance.", 403), Trouble.PAYMENT),
        (told("User is locked. Reason: TOP_UP.", 403), Trouble.PAYMENT),
        (told("pay", 402), Trouble.PAYMENT),
        (told("Application not found", 404), Trouble.MODEL_RETIRED),
        (flawed("one_of", "body", "duration"), Trouble.VALIDATION),
        (flawed("content_policy_violation", "body", "prompt"), Trouble.MODERATION_INPUT),
        (says({"detail": "bad timeout", "error_type": "bad_request"}, status=400), Trouble.VALIDATION),
        (told("slow down", 429), Trouble.RATE_LIMITED),
        (told("no runner", 503), Trouble.PROVIDER_TRANSIENT),
        (told("oops", 500), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=503, pieces=(b"<html>nginx",)), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=504, pieces=(b"",)), Trouble.UNKNOWN_OUTCOME),
        (says({"request_id": "1"}), Trouble.UNKNOWN_OUTCOME),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_submit_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("fal", line).submit(BODY, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


async def test_a_waiting_request_is_called_back_and_any_other_is_left_alone() -> None:
    waiting = Line(status("IN_QUEUE"), says({"status": "CANCELLATION_REQUESTED"}, status=202))
    assert await connect("fal", waiting).cancel(REQUEST, model=KLING) is True
    assert [request.method for request in waiting.sent] == ["GET", "PUT"]
    assert str(waiting.sent[1].url) == f"{QUEUE}/{REQUEST}/cancel"
    for word in ("IN_PROGRESS", "COMPLETED"):
        line = Line(status(word))
        assert await connect("fal", line).cancel(REQUEST, model=KLING) is False
        assert len(line.sent) == 1


async def test_a_request_that_ended_meanwhile_is_not_called_back() -> None:
    line = Line(status("IN_QUEUE"), says({"status": "ALREADY_COMPLETED"}, status=400))
    assert await connect("fal", line).cancel(REQUEST, model=KLING) is False


async def test_a_clip_is_fetched_from_fals_media_hosts_without_the_key() -> None:
    line = Line(Answer(pieces=(b"mp4",)))
    adapter = connect("fal", line)
    assert [piece async for piece in adapter.fetch(LINK)] == [b"mp4"]
    assert "authorization" not in line.sent[0].headers
    with pytest.raises(VendorError, match="not a listed media host"):
        _ = [piece async for piece in adapter.fetch("https://fal.media.example/a.mp4")]


@pytest.mark.parametrize(("scale", "good"), [("", True), ("0", True), ("1", True), ("1.1", False), ("much", False)])
def test_an_accounts_scale_is_a_number_from_0_to_1(scale: str, good: bool) -> None:
    complaint = VENDOR.complaint(account("fal", options={"cfg_scale": scale}))
    assert complaint is None if good else "cfg_scale" in (complaint or "")


def test_a_missing_key_is_named() -> None:
    assert VENDOR.complaint(account("fal")) is None
    assert "secret 'api_key'" in (VENDOR.complaint(account("fal", secrets={})) or "")
