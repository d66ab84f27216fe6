"""Each row of fal's tables as the stand-in plays it and the adapter reads it, to the next step; docs/wire/fal.md."""

from dataclasses import replace

import httpx
import pytest

from agent.errors import VendorError
from agent.jobs import Going
from agent.ports import VideoModel
from agent.troubles import Step, Trouble
from tests.wire.line import account, order
from tools.sandbox import app, fal_results
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

KLING = "fal/kling-v3-pro"
HOOK = "http://127.0.0.1:9/hook?token=1"

REFUSALS = [
    (Mishap.WRONG_KEY, "", Trouble.AUTH, Step.ROUTE_ELSEWHERE),
    (Mishap.WRONG_KEY, "403", Trouble.AUTH, Step.ROUTE_ELSEWHERE),
    (Mishap.OUT_OF_CREDIT, "", Trouble.PAYMENT, Step.ROUTE_ELSEWHERE),
    (Mishap.OUT_OF_CREDIT, "TOP_UP", Trouble.PAYMENT, Step.ROUTE_ELSEWHERE),
    (Mishap.OUT_OF_CREDIT, "402", Trouble.PAYMENT, Step.ROUTE_ELSEWHERE),
    (Mishap.RATE, "", Trouble.RATE_LIMITED, Step.TRY_LATER),
    (Mishap.RETIRED, "", Trouble.MODEL_RETIRED, Step.ROUTE_ELSEWHERE),
    (Mishap.UNAVAILABLE, "", Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
    (Mishap.ACCEPTED_THEN_5XX, "", Trouble.UNKNOWN_OUTCOME, Step.RECONCILE),
    (Mishap.LOSE_RESPONSE, "", Trouble.UNKNOWN_OUTCOME, Step.RECONCILE),
]
ENDINGS = [
    (Mishap.MODERATE_INPUT, "", Trouble.MODERATION_INPUT, Step.ASK_PERSON),
    (Mishap.MODERATE_INPUT, "image_urls", Trouble.MODERATION_INPUT, Step.ASK_PERSON),
    (Mishap.MODERATE_OUTPUT, "", Trouble.MODERATION_OUTPUT, Step.ASK_PERSON),
    (Mishap.MODERATE_OUTPUT, "no_media_generated", Trouble.MODERATION_OUTPUT, Step.ASK_PERSON),
    (Mishap.FAIL_TRANSIENT, "", Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER),
    (Mishap.FAIL_TRANSIENT, "file_download_error", Trouble.VALIDATION, Step.ROUTE_ELSEWHERE),
    (Mishap.FAIL_TRANSIENT, "final", Trouble.PROVIDER_PERMANENT, Step.ROUTE_ELSEWHERE),
    *(
        (Mishap.FAIL_TRANSIENT, row, Trouble.PROVIDER_TRANSIENT, Step.TRY_LATER)
        for row in (
            *("internal_server_error", "generation_timeout", "downstream_service_error"),
            *("downstream_service_unavailable", "runner_server_error", "internal_error"),
            *("runner_incomplete_response", "runner_connection_timeout", "runner_connection_refused"),
            *("runner_connection_error", "request_timeout", "startup_timeout"),
        )
    ),
]


class Inbox(httpx.AsyncBaseTransport):
    """Whoever is called back."""

    def __init__(self) -> None:
        self.got: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.got.append(request)
        return httpx.Response(200)


class Meeting:
    """The adapter at a stand-in in which one thing is planned."""

    def __init__(self, *rules: Rule) -> None:
        self.clock, self.inbox = HandClock(), Inbox()
        self.sandbox = app.build(
            clock=self.clock, plan=FaultPlan(rules), draw=lambda _: b"clip" * 100, outward=self.inbox
        )
        self.adapter = self._adapter()

    def _adapter(self) -> VideoModel:
        settings = account("fal", base_url="http://sandbox/fal", secrets=sandbox_keys()["fal"], sandbox=True)

        async def sleep(seconds: float) -> None:
            self.clock.pass_s(seconds)

        return registry.vendor("fal").make(
            settings,
            transport=httpx.ASGITransport(app=self.sandbox),
            now_us=lambda: int(self.clock.now_s() * 1e6),
            sleep=sleep,
        )

    async def submit(self, *, callback: str | None = None) -> str:
        body = self.adapter.compose(replace(order(KLING, negatives="blur"), callback=callback))
        return await self.adapter.submit(body, key="take-0001")


def planned(mishap: Mishap, row: str) -> Meeting:
    return Meeting(Rule(mishap=mishap, vendor="fal", row=row))


@pytest.mark.parametrize(("mishap", "row", "trouble", "step"), REFUSALS)
async def test_each_refusal_of_a_submit_leads_to_its_next_step(
    mishap: Mishap, row: str, trouble: Trouble, step: Step
) -> None:
    with pytest.raises(VendorError) as caught:
        await planned(mishap, row).submit()
    assert (caught.value.trouble, caught.value.trouble.step) == (trouble, step)


@pytest.mark.parametrize(("mishap", "row", "trouble", "step"), ENDINGS)
async def test_each_end_without_a_clip_leads_to_its_next_step(
    mishap: Mishap, row: str, trouble: Trouble, step: Step
) -> None:
    meeting = planned(mishap, row)
    path = await meeting.submit()
    meeting.clock.pass_s(60)
    progress = await meeting.adapter.poll(path, model=KLING)
    assert (progress.going, progress.trouble) == (Going.FAILED, trouble)
    assert trouble.step is step


def test_every_row_the_stand_in_can_play_is_played_here() -> None:
    assert {row for _, row, _, _ in ENDINGS if row} == set(fal_results.ROWS)


async def test_a_request_called_back_in_time_is_cancelled_and_costs_nothing() -> None:
    meeting = Meeting()
    path = await meeting.submit()
    assert await meeting.adapter.cancel(path, model=KLING) is True
    assert (await meeting.adapter.poll(path, model=KLING)).going is Going.CANCELLED
    assert sum(job.charged_micro_usd for job in meeting.sandbox.records.accepted("fal")) == 0


async def test_the_stand_ins_calls_are_signed_as_the_adapter_checks_them() -> None:
    meeting = Meeting()
    await meeting.submit(callback=HOOK)
    meeting.clock.pass_s(60)
    assert await meeting.sandbox.call_back() == 1
    (call,) = meeting.inbox.got
    assert str(call.url) == HOOK
    assert await meeting.adapter.signed(dict(call.headers), call.content) is True
    assert await meeting.adapter.signed(dict(call.headers), call.content + b" ") is False


async def test_a_checkup_at_the_stand_in_finds_everything_in_order() -> None:
    checkup = await Meeting().adapter.check()
    assert (checkup.signed_in, checkup.gone, checkup.credit_micro_usd) == (True, (), 1_000_000_000)
