"""Veo on the Gemini API, captured from google-genai 2.34.0 [S], filtered answers [T]; docs/wire/gemini.md."""

import json
from dataclasses import replace

import pytest

from agent.errors import VendorError
from agent.jobs import Going
from agent.profiles import Profile, Status
from agent.troubles import Trouble
from tests.wire.line import PNG, PNG_BASE64, Answer, Line, account, connect, order, says
from tools.video.gemini import VENDOR

MODEL = "veo-3.1-preview"
HOST = "https://generativelanguage.googleapis.com"
OPERATION = "models/veo-3.1-generate-preview/operations/abc123"
LINK = f"{HOST}/v1beta/files/f1:download?alt=media"


def done(**response: object) -> Answer:
    return says({"name": OPERATION, "done": True, "response": {"generateVideoResponse": response}})


def profile(options: dict[str, str]) -> Profile:
    adapter = connect("gemini", Line(), account_of=account("gemini", options=options))
    return next(found for found in adapter.profiles if found.name == MODEL)


@pytest.mark.parametrize(
    ("options", "status"),
    [({}, Status.RETIRED), ({"veo": "off"}, Status.RETIRED), ({"veo": "on"}, Status.RETIRING)],
)
def test_veo_is_retired_unless_the_account_wants_it_tried(options: dict[str, str], status: Status) -> None:
    assert profile(options).status is status
    assert [found.status for found in VENDOR.profiles[:2]] == [Status.ACTIVE, Status.ACTIVE]


def test_the_negatives_go_out_in_their_field_and_nothing_that_this_wire_lacks() -> None:
    body = connect("gemini", Line()).compose(order(MODEL, negatives="lens flare, subtitles"))
    assert body.path == "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    assert body.content == (
        b'{"instances":[{"prompt":"hand-painted gouache. A fox runs."}],'
        b'"parameters":{"sampleCount":1,"durationSeconds":8,"aspectRatio":"16:9","resolution":"720p",'
        b'"negativePrompt":"lens flare, subtitles"}}'
    )


def test_frames_and_references_have_fields_of_their_own() -> None:
    adapter = connect("gemini", Line())
    image = {"bytesBase64Encoded": PNG_BASE64, "mimeType": "image/png"}
    both = adapter.compose(replace(order(MODEL, first_frame=PNG), last_frame=PNG))
    (instance,) = json.loads(both.content)["instances"]
    assert (instance["image"], instance["lastFrame"]) == (image, image)
    (instance,) = json.loads(adapter.compose(order(MODEL, references=[PNG])).content)["instances"]
    assert instance["referenceImages"] == [{"image": image, "referenceType": "ASSET"}]


async def test_an_operation_is_started_once_and_asked_for_by_its_name() -> None:
    line = Line(says({"name": OPERATION}), says({"name": OPERATION}))
    adapter = connect("gemini", line)
    name = await adapter.submit(adapter.compose(order(MODEL)), key="take-0001")
    assert (await adapter.poll(name, model=MODEL)).going is Going.RENDERING
    start, ask = line.sent
    assert (start.method, ask.method, str(ask.url)) == ("POST", "GET", f"{HOST}/v1beta/{OPERATION}")
    assert ask.headers["x-goog-api-key"] == "AIza-example-key"


async def test_a_retired_model_is_named_as_that() -> None:
    adapter = connect("gemini", Line(says({"error": {"code": 404, "status": "NOT_FOUND"}}, status=404)))
    with pytest.raises(VendorError) as caught:
        await adapter.submit(adapter.compose(order(MODEL)), key="take-0001")
    assert caught.value.trouble is Trouble.MODEL_RETIRED


async def test_a_finished_operation_gives_its_nested_link() -> None:
    line = Line(done(generatedSamples=[{"video": {"uri": LINK}}]), says({"state": "ACTIVE"}))
    progress = await connect("gemini", line).poll(OPERATION, model=MODEL)
    assert (progress.going, progress.media) == (Going.DONE, LINK)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (done(raiMediaFilteredCount=1, raiMediaFilteredReasons=["Support codes: 1"]), Trouble.MODERATION_OUTPUT),
        (done(raiMediaFilteredCount=1), Trouble.MODERATION_OUTPUT),
        (done(), Trouble.PROVIDER_PERMANENT),
        (says({"done": True, "error": {"code": 14, "message": "later"}}), Trouble.PROVIDER_TRANSIENT),
        (says({"done": True, "error": {"code": 3, "message": "Support codes: 1"}}), Trouble.MODERATION_INPUT),
        (says({"done": True, "error": {"code": 5, "message": "gone"}}), Trouble.MODEL_RETIRED),
        (says({"done": True, "error": {"code": 99, "message": "?"}}), Trouble.PROVIDER_PERMANENT),
    ],
)
async def test_an_operation_that_came_to_nothing_says_why(answer: Answer, trouble: Trouble) -> None:
    progress = await connect("gemini", Line(answer)).poll(OPERATION, model=MODEL)
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)


async def test_an_operation_cannot_be_called_back() -> None:
    line = Line()
    assert await connect("gemini", line).cancel(OPERATION, model=MODEL) is False
    assert line.sent == []
