"""Each row of Ark's tables of statuses and errors: made by the stand-in, understood by the adapter, with its next step.

The tables stand in docs/wire/seedance.md.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest

from agent.errors import VendorError
from agent.jobs import Account, Body, Going, Order, Still
from agent.ports import VideoModel
from agent.troubles import Step, Trouble
from tests.unit.tools.sandbox.rig import OVER_S, Rig, png
from tests.wire.line import order
from tools.sandbox.faultplan import Mishap
from tools.sandbox.seedance import NARROW_KEY, STAND_IN
from tools.sandbox.stage import SLOTS
from tools.video.seedance import VENDOR

MODEL = "seedance-2.0"
PICTURE = Still(label="1", data=png(), media_type="image/png")
HOOK = "https://film.example/hooks/ark?take=t-1"


class Meeting:
    """The adapter on the stand-in, under a clock that moves by hand."""

    def __init__(self, *mishaps: Mishap, key: str = STAND_IN.keys["api_key"], platform: str = "byteplus") -> None:
        self.rig = Rig("seedance", *mishaps)
        self.adapter = self.connect(key=key, options={"platform": platform})

    def connect(self, *, key: str, options: Mapping[str, str], ids: Mapping[str, str] | None = None) -> VideoModel:
        async def sleep(_: float) -> None:
            return None

        settings = Account(
            base_url="http://sandbox/seedance/api/v3",
            secrets={"api_key": key},
            ids=ids or {},
            options=options,
            sandbox=True,
        )
        transport = httpx.ASGITransport(app=self.rig.sandbox)
        return VENDOR.make(settings, transport=transport, now_us=self.now_us, sleep=sleep)

    def now_us(self) -> int:
        return int(self.rig.clock.now_s() * 1e6)

    async def submit(self, asked: Order | None = None) -> str:
        wanted = asked or order(MODEL)
        return await self.adapter.submit(self.adapter.compose(wanted), key=wanted.key)

    async def word(self, vendor_id: str) -> str:
        """The vendor's own word for how a task stands."""
        headers = {"authorization": f"Bearer {STAND_IN.keys['api_key']}"}
        answer = await self.rig.client.get(f"/contents/generations/tasks/{vendor_id}", headers=headers)
        return str(answer.json()["status"])

    async def refusal(self, asked: Order | None = None, *, body: Body | None = None) -> VendorError:
        """What a submit that is not taken raises."""
        with pytest.raises(VendorError) as caught:
            await (self.adapter.submit(body, key="take-0001") if body else self.submit(asked))
        return caught.value


# What to do before the look, the vendor's word, and how it is understood.
@pytest.mark.parametrize(
    ("mishaps", "passes_s", "word", "going"),
    [
        ((), 0.0, "queued", Going.WAITING),
        ((), 0.3, "running", Going.RENDERING),
        ((), OVER_S, "succeeded", Going.DONE),
        ((Mishap.FAIL_TRANSIENT,), OVER_S, "failed", Going.FAILED),
        ((Mishap.NEVER_ENDS,), 3599.0, "running", Going.RENDERING),
        ((Mishap.NEVER_ENDS,), 3600.0, "expired", Going.FAILED),
    ],
)
async def test_each_status_is_made_and_understood(
    mishaps: tuple[Mishap, ...], passes_s: float, word: str, going: Going
) -> None:
    meeting = Meeting(*mishaps)
    vendor_id = await meeting.submit()
    meeting.rig.clock.pass_s(passes_s)
    assert await meeting.word(vendor_id) == word
    assert (await meeting.adapter.poll(vendor_id, model=MODEL)).going is going


async def test_a_queued_task_is_cancelled_and_a_running_one_goes_on() -> None:
    meeting = Meeting()
    queued, running = await meeting.submit(), await meeting.submit()
    assert await meeting.adapter.cancel(queued, model=MODEL) is True
    assert (await meeting.adapter.poll(queued, model=MODEL)).going is Going.CANCELLED
    meeting.rig.clock.pass_s(0.3)
    assert await meeting.adapter.cancel(running, model=MODEL) is False
    meeting.rig.finish()
    assert await meeting.adapter.cancel(running, model=MODEL) is False
    assert (await meeting.adapter.poll(running, model=MODEL)).going is Going.DONE


@pytest.mark.parametrize(
    ("mishaps", "code", "trouble", "step"),
    [
        ((Mishap.WRONG_KEY,), "AuthenticationError", Trouble.AUTH, Step.ROUTE_ELSEWHERE),
        ((Mishap.OUT_OF_CREDIT,), "AccountOverdueError", Trouble.PAYMENT, Step.ROUTE_ELSEWHERE),
        ((Mishap.RETIRED,), "InvalidEndpoint.NotFound", Trouble.MODEL_RETIRED, Step.ROUTE_ELSEWHERE),
        ((Mishap.MODERATE_INPUT,), "InputTextSensitiveContentDetected", Trouble.MODERATION_INPUT, Step.ASK_PERSON),
        ((Mishap.RATE,), "RateLimitExceeded.EndpointRPMExceeded", Trouble.RATE_LIMITED, Step.TRY_LATER),
        ((Mishap.RATE,) * 2, "ModelAccountRpmRateLimitExceeded", Trouble.RATE_LIMITED, Step.TRY_LATER),
        ((Mishap.THROTTLE,), "QuotaExceeded", Trouble.CONCURRENCY, Step.TRY_LATER),
        ((Mishap.THROTTLE,) * 2, "SetLimitExceeded", Trouble.CONCURRENCY, Step.TRY_LATER),
        ((Mishap.UNAVAILABLE,), "InternalServiceError", Trouble.UNKNOWN_OUTCOME, Step.RECONCILE),
        ((Mishap.UNAVAILABLE,) * 2, "ServerOverloaded", Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
        ((Mishap.UNAVAILABLE,) * 3, "ModelLoadingError", Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
    ],
)
async def test_each_refusal_of_a_submit_has_its_next_step(
    mishaps: tuple[Mishap, ...], code: str, trouble: Trouble, step: Step
) -> None:
    meeting = Meeting(*mishaps)
    error = [await meeting.refusal() for _ in mishaps][-1]
    assert f"({code})" in error.message
    assert (error.trouble, error.trouble.step) == (trouble, step)
    assert meeting.rig.accepted == 0


async def test_a_task_over_the_limit_waits_for_its_turn_with_us() -> None:
    meeting = Meeting()
    for _ in range(SLOTS):
        await meeting.submit()
    assert (await meeting.refusal()).trouble is Trouble.CONCURRENCY
    meeting.rig.finish()
    assert await meeting.submit()


async def test_an_image_that_may_show_a_face_is_refused_as_content() -> None:
    error = await Meeting(Mishap.MODERATE_INPUT).refusal(order(MODEL, references=[PICTURE]))
    assert "InputImageSensitiveContentDetected.PrivacyInformation" in error.message
    assert error.trouble.step is Step.ASK_PERSON


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"type": "video_url", "video_url": {"url": "asset://v"}, "role": "reference_video"}, "InputVideoSensitive"),
        ({"type": "audio_url", "audio_url": {"url": "asset://a"}, "role": "reference_audio"}, "InputAudioSensitive"),
    ],
)
async def test_clips_and_sounds_are_refused_as_content_too(extra: dict[str, object], code: str) -> None:
    meeting = Meeting(Mishap.MODERATE_INPUT)
    sent = json.loads(meeting.adapter.compose(order(MODEL, references=[PICTURE])).content)
    sent["content"].append(extra)
    error = await meeting.refusal(body=written(sent))
    assert code in error.message
    assert error.trouble is Trouble.MODERATION_INPUT


@pytest.mark.parametrize(
    ("changed", "code"), [({"content": None}, "MissingParameter"), ({"seed": -2}, "InvalidParameter")]
)
async def test_a_body_that_is_not_taken_is_a_fault_of_ours(changed: dict[str, object], code: str) -> None:
    meeting = Meeting()
    sent = json.loads(meeting.adapter.compose(order(MODEL)).content)
    error = await meeting.refusal(body=written(sent | changed))
    assert f"({code})" in error.message
    assert (error.trouble, error.trouble.step) == (Trouble.VALIDATION, Step.ROUTE_ELSEWHERE)


async def test_a_model_that_is_not_activated_leaves_the_vendor_open() -> None:
    meeting = Meeting()
    older = {MODEL: "seedance-1-5-pro-251215"}
    meeting.adapter = meeting.connect(key=STAND_IN.keys["api_key"], options={}, ids=older)
    error = await meeting.refusal()
    assert "(ModelNotOpen)" in error.message
    assert (error.trouble.step, error.trouble.closes_vendor) == (Step.ROUTE_ELSEWHERE, False)
    assert await meeting.submit(order("seedance-2.0-fast"))


async def test_a_narrowed_key_is_denied() -> None:
    meeting = Meeting(key=NARROW_KEY)
    assert (await meeting.refusal()).trouble is Trouble.AUTH
    checkup = await meeting.adapter.check()
    assert checkup.signed_in is False
    assert "AccessDenied" in checkup.remarks[0]


@pytest.mark.parametrize(
    ("mishap", "trouble", "step"),
    [
        (Mishap.MODERATE_OUTPUT, Trouble.MODERATION_OUTPUT, Step.ASK_PERSON),
        (Mishap.FAIL_TRANSIENT, Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
        (Mishap.NEVER_ENDS, Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
    ],
)
async def test_each_failed_task_has_its_next_step_and_is_not_billed(
    mishap: Mishap, trouble: Trouble, step: Step
) -> None:
    meeting = Meeting(mishap)
    vendor_id = await meeting.submit()
    meeting.rig.clock.pass_s(3600)
    progress = await meeting.adapter.poll(vendor_id, model=MODEL)
    assert (progress.going, progress.trouble, trouble.step) == (Going.FAILED, trouble, step)
    assert [job.charged_micro_usd for job in meeting.rig.sandbox.records.accepted()] == [0]


async def test_a_sound_that_is_withheld_is_a_refusal_of_content() -> None:
    meeting = Meeting(Mishap.MODERATE_OUTPUT)
    sent = json.loads(meeting.adapter.compose(order(MODEL)).content) | {"generate_audio": True}
    vendor_id = await meeting.adapter.submit(written(sent), key="take-0001")
    meeting.rig.finish()
    assert (await meeting.adapter.poll(vendor_id, model=MODEL)).trouble is Trouble.MODERATION_OUTPUT


async def test_a_task_that_nobody_knows_is_not_found() -> None:
    with pytest.raises(VendorError) as caught:
        await Meeting().adapter.poll("cgt-0", model=MODEL)
    assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize("platform", ["byteplus", "volcengine"])
@pytest.mark.parametrize("mishap", [Mishap.LOSE_RESPONSE, Mishap.ACCEPTED_THEN_5XX])
async def test_a_task_whose_answer_was_lost_is_looked_up_and_adopted(mishap: Mishap, platform: str) -> None:
    meeting = Meeting(mishap, platform=platform)
    sent_us = meeting.now_us()
    assert (await meeting.refusal()).trouble.step is Step.RECONCILE
    for number in range(3):
        meeting.rig.finish()  # others are taken meanwhile, and it goes down the list
        await meeting.submit(order(MODEL, key=f"other-{number}"))
    found = await meeting.adapter.find("take-0001", model=MODEL, sent_us=sent_us)
    first = meeting.rig.sandbox.records.accepted()[0].id
    assert found == first
    progress = await meeting.adapter.poll(first, model=MODEL)
    assert progress.media is not None
    assert len(b"".join([piece async for piece in meeting.adapter.fetch(progress.media)])) == 10_000


async def test_what_was_never_accepted_is_told_apart_and_may_be_sent_again() -> None:
    meeting = Meeting(Mishap.UNAVAILABLE)
    sent_us = meeting.now_us()
    assert (await meeting.refusal()).trouble.step is Step.RECONCILE
    assert await meeting.adapter.find("take-0001", model=MODEL, sent_us=sent_us) is None
    assert await meeting.submit()


async def test_a_callback_brings_the_task_that_a_poll_confirms() -> None:
    meeting = Meeting()
    vendor_id = await meeting.submit(replace(order(MODEL), callback=HOOK))
    meeting.rig.finish()
    await meeting.rig.sandbox.call_back()
    came = meeting.rig.inbox.got[-1]
    assert (str(came.url), json.loads(came.content)["id"]) == (HOOK, vendor_id)
    assert await meeting.adapter.signed(dict(came.headers), came.content) is None
    assert (await meeting.adapter.poll(vendor_id, model=MODEL)).going is Going.DONE


def written(content: object) -> Body:
    return Body(method="POST", path="/contents/generations/tasks", content=json.dumps(content).encode())
