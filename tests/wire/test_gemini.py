"""Gemini Omni Flash. Fields from google-genai 3.4.0 [S], marks from its page [D], traps [T]; docs/wire/gemini.md."""

import json
from dataclasses import replace

import httpx
import pytest

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Body, Going, Order, Still
from agent.troubles import Trouble
from tests.wire.line import NOW_US, PNG, PNG_BASE64, Answer, Line, account, connect, order, says
from tools.video.gemini import VENDOR

MODEL = "gemini-omni-1.2-flash"
HOST = "https://generativelanguage.googleapis.com"
BODY = Body(method="POST", path="/v1/interactions", content=b"{}")
LINK = f"{HOST}/v1beta/files/f1:download?alt=media"
TEXT = "hand-painted gouache. A fox runs.\nNo lens flare."
SPOKEN = "In a single continuous shot. No dialogue. "
ACTIVE = {"name": "files/f1", "state": "ACTIVE"}
JPEG = Still(label="2", data=b"\x02", media_type="image/jpeg")
ASKED = order(MODEL, text=TEXT, seconds=5)


def composed(what: Order) -> dict[str, object]:
    body: dict[str, object] = json.loads(connect("gemini", Line()).compose(what).content)
    return body


def shown(what: Order) -> list[dict[str, str]]:
    items: list[dict[str, str]] = json.loads(connect("gemini", Line()).compose(what).content)["input"][0]["content"]
    return items


def interaction(status: str, *content: object, **more: object) -> dict[str, object]:
    said = {"type": "user_input", "content": [{"type": "text", "text": "A fox."}]}
    made = [{"type": "model_output", "content": list(content)}] if content else []
    return {"id": "v1_a", "model": MODEL, "status": status, "steps": [said, *made], **more}


def video(**where: str) -> dict[str, str]:
    return {"type": "video", "mime_type": "video/mp4", **where}


def refused(status: int, code: object, message: str = "no", *, name: str = "") -> Answer:
    return says({"error": {"code": code, "message": message, "status": name}}, status=status)


def front_end(status: int, name: str, message: str, *, reason: str = "") -> Answer:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]
    return says([{"error": {"code": status, "message": message, "status": name, "details": details}}], status=status)


def test_words_alone_go_out_as_text_in_the_background_with_the_length_as_a_duration() -> None:
    body = connect("gemini", Line()).compose(ASKED)
    assert (body.method, body.path) == ("POST", "/v1/interactions")
    assert body.content == (
        b'{"model":"gemini-omni-1.2-flash","background":true,"input":"In a single continuous shot. No dialogue. '
        b'hand-painted gouache. A fox runs.\\nNo lens flare.",'
        b'"response_format":{"type":"video","delivery":"uri","aspect_ratio":"16:9","resolution":"720p","duration":"5s"},'
        b'"generation_config":{"video_config":{"task":"text_to_video"}},"store":true}'
    )


def test_the_callback_goes_out_with_our_key_beside_it() -> None:
    hook = composed(replace(ASKED, callback="https://film.example/hooks/1?token=t"))["webhook_config"]
    assert hook == {"uris": ["https://film.example/hooks/1?token=t"], "user_metadata": {"take": "take-0001"}}


def test_references_stand_before_the_words_in_the_order_of_the_prompt() -> None:
    what = replace(ASKED, references=(PNG, JPEG))
    assert shown(what) == [
        {"type": "image", "data": PNG_BASE64, "mime_type": "image/png"},
        {"type": "image", "data": "Ag==", "mime_type": "image/jpeg"},
        {"type": "text", "text": SPOKEN + TEXT},
    ]
    assert composed(what)["generation_config"] == {"video_config": {"task": "reference_to_video"}}


@pytest.mark.parametrize(
    ("what", "images", "mark", "task"),
    [
        (replace(ASKED, first_frame=PNG), [PNG_BASE64], "<FIRST_FRAME> ", "image_to_video"),
        (
            replace(ASKED, first_frame=PNG, last_frame=JPEG),
            [PNG_BASE64, "Ag=="],
            "<FIRST_FRAME> <LAST_FRAME> ",
            None,
        ),
        (
            replace(ASKED, references=(JPEG, JPEG), first_frame=PNG),
            ["Ag==", "Ag==", PNG_BASE64],
            "[# Sources <FIRST_FRAME>@Image3] [# References <IMAGE_REF_0>@Image1 <IMAGE_REF_1>@Image2] ",
            None,
        ),
    ],
    ids=["first", "ends", "first and looks"],
)
def test_frames_are_told_apart_by_marks_before_the_words(
    what: Order, images: list[str], mark: str, task: str | None
) -> None:
    *stills, words = shown(what)
    assert [still["data"] for still in stills] == images
    assert words == {"type": "text", "text": mark + SPOKEN + TEXT}
    assert composed(what).get("generation_config") == ({"video_config": {"task": task}} if task else None)


def test_silence_is_not_asked_for_where_the_shot_quotes_a_line() -> None:
    spoken = order(MODEL, text='A fox. Spoken: "Run."\nNo lens flare.')
    assert composed(spoken)["input"] == 'In a single continuous shot. A fox. Spoken: "Run."\nNo lens flare.'


def test_what_omni_cannot_say_is_refused_by_name() -> None:
    adapter = connect("gemini", Line())
    big = Still(label="1", data=bytes(16_000_000), media_type="image/png")
    for what, named in (
        (order(MODEL, negatives="lens flare"), "negative field"),
        (replace(ASKED, references=(PNG,) * 8), "8 look references"),
        (replace(order("gemini-omni-1.1-flash"), references=(PNG,) * 4), "4 look references"),
        (order("gemini-omni-1.1-flash", seconds=11), "11 s"),
        (replace(ASKED, seconds=11, first_frame=PNG, last_frame=PNG), "11 s with a first and a last frame"),
        (replace(ASKED, last_frame=PNG), "a last frame without a first"),
        (replace(ASKED, ratio="1:1"), "1:1"),
        (replace(ASKED, first_frame=big), "image 1 of 16000000 bytes"),
    ):
        with pytest.raises(UnsupportedError, match=named):
            adapter.compose(what)


def test_as_many_images_as_can_go_along_at_their_largest_stay_below_the_limit_of_a_request() -> None:
    largest = Still(label="1", data=bytes(1_800_000), media_type="image/png")
    fullest = replace(ASKED, references=(largest,) * 7, first_frame=largest)
    assert len(connect("gemini", Line()).compose(fullest).content) < 20 * 1024 * 1024


async def test_exactly_the_composed_bytes_leave_once_with_the_key() -> None:
    line = Line(says(interaction("queued")))
    adapter = connect("gemini", line)
    body = adapter.compose(ASKED)
    assert await adapter.submit(body, key="take-0001") == "v1_a"
    assert line.bodies == [body.content]
    assert str(line.sent[0].url) == f"{HOST}/v1/interactions"
    assert line.sent[0].headers["x-goog-api-key"] == "AIza-example-key"
    assert line.sent[0].headers["api-revision"] == "2026-05-20"


@pytest.mark.parametrize(
    ("word", "going", "trouble"),
    [
        ("queued", Going.WAITING, None),
        ("in_progress", Going.RENDERING, None),
        ("cancelled", Going.CANCELLED, None),
        ("failed", Going.FAILED, Trouble.PROVIDER_PERMANENT),
        ("incomplete", Going.FAILED, Trouble.PROVIDER_PERMANENT),
        ("budget_exceeded", Going.FAILED, Trouble.PAYMENT),
        ("requires_action", Going.FAILED, Trouble.PROVIDER_PERMANENT),
        ("requires_continuation", Going.FAILED, Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_each_status_word_is_sorted(word: str, going: Going, trouble: Trouble | None) -> None:
    line = Line(says(interaction(word)))
    progress = await connect("gemini", line).poll("v1_a", model=MODEL)
    assert (progress.going, progress.trouble) == (going, trouble)
    assert str(line.sent[0].url) == f"{HOST}/v1/interactions/v1_a"


async def test_an_unknown_status_word_is_an_error() -> None:
    with pytest.raises(VendorError, match="unknown status word 'paused'"):
        await connect("gemini", Line(says(interaction("paused")))).poll("v1_a", model=MODEL)


async def test_a_completed_interaction_gives_its_link_once_the_file_is_active() -> None:
    line = Line(
        says(interaction("completed", video(uri=LINK))),
        says({"state": "PROCESSING"}),
        says(interaction("completed", video(uri=LINK))),
        says(ACTIVE),
    )
    adapter = connect("gemini", line)
    assert (await adapter.poll("v1_a", model=MODEL)).going is Going.RENDERING
    progress = await adapter.poll("v1_a", model=MODEL)
    assert (progress.going, progress.media) == (Going.DONE, LINK)
    assert str(line.sent[1].url) == f"{HOST}/v1beta/files/f1"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refused(403, 403, "no permission, or it may not exist", name="PERMISSION_DENIED"), Trouble.NOT_FOUND),
        (refused(404, 404, name="NOT_FOUND"), Trouble.NOT_FOUND),
        (refused(500, 500, name="INTERNAL"), Trouble.PROVIDER_TRANSIENT),
        (says({"state": "STATE_UNSPECIFIED"}), Trouble.UNKNOWN_OUTCOME),
    ],
)
async def test_a_file_that_cannot_be_had_says_why(answer: Answer, trouble: Trouble) -> None:
    line = Line(says(interaction("completed", video(uri=LINK))), answer)
    with pytest.raises(VendorError) as caught:
        await connect("gemini", line).poll("v1_a", model=MODEL)
    assert caught.value.trouble is trouble


async def test_a_clip_that_could_not_be_stored_has_failed() -> None:
    line = Line(says(interaction("completed", video(uri=LINK))), says({"state": "FAILED"}))
    progress = await connect("gemini", line).poll("v1_a", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_TRANSIENT)


async def test_a_clip_inside_the_answer_is_understood_too() -> None:
    line = Line(says(interaction("completed", video(data="AAAAIGZ0eXA="))))
    adapter = connect("gemini", line)
    progress = await adapter.poll("v1_a", model=MODEL)
    assert progress.media is not None
    assert [piece async for piece in adapter.fetch(progress.media)] == [b"\x00\x00\x00 ftyp"]
    with pytest.raises(VendorError, match="no base64"):
        _ = [piece async for piece in adapter.fetch("data:video/mp4;base64,%%%")]


async def test_a_completed_interaction_with_words_alone_is_a_refusal_in_those_words() -> None:
    words = {"type": "text", "text": "I cannot make that video."}
    progress = await connect("gemini", Line(says(interaction("completed", words)))).poll("v1_a", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.MODERATION_OUTPUT)
    assert progress.message == "I cannot make that video."


async def test_a_completed_interaction_with_nothing_is_no_success() -> None:
    progress = await connect("gemini", Line(says(interaction("completed")))).poll("v1_a", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, Trouble.PROVIDER_PERMANENT)


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        ({"errors": [{"code": "internal", "message": "oops"}]}, Trouble.PROVIDER_TRANSIENT),
        ({"errors": [{"code": "https://ai.google.dev/errors/unavailable"}]}, Trouble.PROVIDER_TRANSIENT),
        ({"errors": [{"code": "SAFETY", "message": "no"}]}, Trouble.MODERATION_INPUT),
        ({"errors": [{"code": "something_new", "message": "no"}]}, Trouble.PROVIDER_PERMANENT),
        ({"steps": [{"type": "model_output", "error": {"code": 8, "message": "quota"}}]}, Trouble.RATE_LIMITED),
        ({"steps": [{"type": "model_output", "error": {"code": 3, "message": "bad"}}]}, Trouble.VALIDATION),
        ({"errors": [{"code": "invalid_request", "message": "may violate"}]}, Trouble.MODERATION_INPUT),
    ],
)
async def test_a_failed_interaction_says_why(more: dict[str, object], trouble: Trouble) -> None:
    progress = await connect("gemini", Line(says(interaction("failed") | more))).poll("v1_a", model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (front_end(400, "INVALID_ARGUMENT", "API key not valid.", reason="API_KEY_INVALID"), Trouble.AUTH),
        (front_end(403, "PERMISSION_DENIED", "unregistered callers"), Trouble.AUTH),
        (says([], status=403), Trouble.AUTH),
        (refused(401, "unauthenticated"), Trouble.AUTH),
        (refused(400, "failed_precondition", "enable billing"), Trouble.PAYMENT),
        (refused(429, 429, "Your prepayment credits are depleted.", name="RESOURCE_EXHAUSTED"), Trouble.PAYMENT),
        (refused(429, 429, "quota, check your plan and billing", name="RESOURCE_EXHAUSTED"), Trouble.RATE_LIMITED),
        (refused(400, "invalid_request", "duration"), Trouble.VALIDATION),
        (refused(400, "invalid_request", "It may violate the usage policies."), Trouble.MODERATION_INPUT),
        (refused(400, "SAFETY"), Trouble.MODERATION_INPUT),
        (refused(400, "PROHIBITED_CONTENT"), Trouble.MODERATION_INPUT),
        (refused(400, 400, name="BLOCKLIST"), Trouble.MODERATION_INPUT),
        (refused(400, 400, name="SPII"), Trouble.MODERATION_INPUT),
        (refused(404, "not_found"), Trouble.MODEL_RETIRED),
        (Answer(status=404, pieces=(b"<html>",)), Trouble.NOT_FOUND),
        (refused(500, "internal"), Trouble.UNKNOWN_OUTCOME),
        (refused(500, "failed_precondition", "whatever it says"), Trouble.UNKNOWN_OUTCOME),
        (refused(503, "unavailable"), Trouble.PROVIDER_TRANSIENT),
        (Answer(status=503, pieces=(b"upstream",)), Trouble.UNKNOWN_OUTCOME),
        (refused(504, "deadline_exceeded"), Trouble.UNKNOWN_OUTCOME),
        (says({"status": "queued"}), Trouble.UNKNOWN_OUTCOME),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_submit_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    line = Line(answer)
    with pytest.raises(VendorError) as caught:
        await connect("gemini", line).submit(BODY, key="take-0001")
    assert caught.value.trouble is trouble
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refused(400, "invalid_request", "Invalid interaction name."), Trouble.NOT_FOUND),
        (refused(500, "internal"), Trouble.PROVIDER_TRANSIENT),
        (httpx.ReadTimeout("slow"), Trouble.PROVIDER_TRANSIENT),
        (Answer(pieces=(b"<html>",)), Trouble.PROVIDER_TRANSIENT),
    ],
)
async def test_each_answer_to_a_poll_has_its_trouble(answer: Answer | Exception, trouble: Trouble) -> None:
    with pytest.raises(VendorError) as caught:
        await connect("gemini", Line(answer)).poll("v1_x", model=MODEL)
    assert caught.value.trouble is trouble


async def test_the_key_goes_to_the_vendors_own_address_and_along_no_redirect() -> None:
    there = "https://storage.googleapis.com/clips/1.mp4"
    line = Line(Answer(status=302, headers={"location": there}), Answer(pieces=(b"mp4",)), Answer(pieces=(b"mp4",)))
    adapter = connect("gemini", line)
    assert [piece async for piece in adapter.fetch(LINK)] == [b"mp4"]
    assert [piece async for piece in adapter.fetch(there)] == [b"mp4"]
    keys = [request.headers.get("x-goog-api-key") for request in line.sent]
    assert keys == ["AIza-example-key", None, None]
    with pytest.raises(VendorError, match="not a listed media host"):
        _ = [piece async for piece in adapter.fetch("https://elsewhere.example/1.mp4")]


@pytest.mark.parametrize(
    ("answer", "cancelled"),
    [
        (says(interaction("cancelled")), True),
        (says(interaction("completed", video(uri=LINK))), False),
        (refused(400, "invalid_request", "already finished"), False),
    ],
)
async def test_an_interaction_is_called_back_unless_it_is_over(answer: Answer, *, cancelled: bool) -> None:
    line = Line(answer)
    assert await connect("gemini", line).cancel("v1_a", model=MODEL) is cancelled
    (request,) = line.sent
    assert (request.method, request.url.path) == ("POST", "/v1/interactions/v1_a/cancel")


async def test_a_cancel_that_nobody_answered_is_no_answer() -> None:
    with pytest.raises(VendorError) as caught:
        await connect("gemini", Line(refused(503, "unavailable"))).cancel("v1_a", model=MODEL)
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_there_is_no_look_up() -> None:
    line = Line()
    with pytest.raises(UnsupportedError):
        await connect("gemini", line).find("take-0001", model=MODEL, sent_us=NOW_US)
    assert line.sent == []


def test_each_term_has_a_short_sentence_of_its_own_and_the_models_marks_are_taken_out_of_free_text() -> None:
    for profile in VENDOR.profiles[:2]:
        assert (profile.dialect.clause, profile.dialect.each) == ("No $terms.", True)
        assert set(profile.dialect.drops) == set("<>[]")


def test_each_variant_has_a_deadline_with_its_source() -> None:
    for profile in VENDOR.profiles:
        assert profile.usual_wait_s * 10 < profile.longest_wait_s == 1800
        assert any("longest_wait_s" in source.fact for source in profile.sources)


def test_a_missing_key_and_a_misspelt_switch_are_named() -> None:
    assert VENDOR.complaint(account("gemini")) is None
    assert "secret 'api_key'" in (VENDOR.complaint(account("gemini", secrets={})) or "")
    assert "option 'veo'" in (VENDOR.complaint(account("gemini", options={"veo": "yes"})) or "")
    assert "secret 'api_key'" in (VENDOR.complaint(account("gemini", secrets={"api_key": "AIza\n"})) or "")
