"""Adapters and stand-ins were written apart, from the same documents; here the two talk to each other."""

import io

import httpx
import pytest
from PIL import Image

from agent.errors import VendorError
from agent.jobs import Account, Going, Order, Progress, Still
from agent.ports import VideoModel
from agent.profiles import FirstFrame, Profile
from agent.troubles import Trouble
from prompts import defaults
from prompts.assemble import assemble
from prompts.render import render
from prompts.sheet import Sheet
from tools.sandbox import app
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

CLIP = bytes(range(256)) * 500
PROMPT = assemble(Sheet(action="a fox runs over wet roofs"), style=defaults.style(), negative=defaults.negative())
VARIANTS = [profile for vendor in registry.vendors() for profile in vendor.profiles]
ONE_EACH = [vendor.profiles[0] for vendor in registry.vendors()]

each_variant = pytest.mark.parametrize("profile", VARIANTS, ids=[profile.name for profile in VARIANTS])
each_vendor = pytest.mark.parametrize("profile", ONE_EACH, ids=[profile.vendor for profile in ONE_EACH])


def png() -> Still:
    picture = io.BytesIO()
    Image.new("RGB", (640, 360), (20, 90, 120)).save(picture, "PNG")
    return Still(label="1", data=picture.getvalue(), media_type="image/png")


class Meeting:
    """One adapter on one sandbox, under a clock that moves by hand."""

    def __init__(self, profile: Profile, *mishaps: Mishap) -> None:
        self.profile = profile
        self.clock = HandClock()
        plan = FaultPlan([Rule(mishap=mishap) for mishap in mishaps])
        self.sandbox = app.build(clock=self.clock, plan=plan, draw=lambda _: CLIP)
        self.adapter = self._adapter()

    def _adapter(self) -> VideoModel:
        vendor = registry.vendor(self.profile.vendor)
        account = Account(
            base_url=f"http://sandbox.example/{vendor.name}",
            secrets=sandbox_keys()[vendor.name],
            ids={},
            options={"project": "sandbox"},
            sandbox=True,
        )
        transport = httpx.ASGITransport(app=self.sandbox)
        return vendor.make(account, transport=transport, now_us=self.now_us, sleep=self.sleep)

    def now_us(self) -> int:
        return int(self.clock.now_s() * 1e6)

    async def sleep(self, seconds: float) -> None:
        self.clock.pass_s(seconds)

    def order(self, *, looks: int = 0) -> Order:
        profile = self.profile
        seconds = profile.lengths(references=looks)[0]
        return Order(
            key="job-0001",
            model=profile.name,
            rendering=render(PROMPT, profile.dialect, model=profile.name),
            seconds=seconds,
            ratio="16:9",
            references=(png(),) * looks,
            first_frame=png() if profile.first_frame is FirstFrame.REQUIRED else None,
            seed=7 if profile.seed else None,
        )

    async def submit(self, *, looks: int = 0) -> str:
        order = self.order(looks=looks)
        return await self.adapter.submit(self.adapter.compose(order), key=order.key)

    async def outcome(self, vendor_id: str) -> Progress:
        """The last word on a job; four minutes are enough for any."""
        for _ in range(240):
            progress = await self.adapter.poll(vendor_id, model=self.profile.name)
            if progress.going not in (Going.WAITING, Going.RENDERING):
                return progress
            self.clock.pass_s(1)
        raise AssertionError("the job never ended")

    async def verdict(self) -> Trouble | None:
        """What became of an order: at the submit, or at the end of the job."""
        try:
            return (await self.outcome(await self.submit())).trouble
        except VendorError as error:
            return error.trouble


@each_variant
async def test_every_variant_is_ordered_awaited_and_fetched(profile: Profile) -> None:
    meeting = Meeting(profile)
    progress = await meeting.outcome(await meeting.submit())
    assert progress.going is Going.DONE
    assert progress.media is not None
    assert b"".join([piece async for piece in meeting.adapter.fetch(progress.media)]) == CLIP


@pytest.mark.parametrize("profile", [p for p in VARIANTS if p.dialect.max_references], ids=lambda profile: profile.name)
async def test_as_many_references_as_a_profile_says_are_taken(profile: Profile) -> None:
    meeting = Meeting(profile)
    most = profile.dialect.max_references
    assert (await meeting.outcome(await meeting.submit(looks=most))).going is Going.DONE


@each_vendor
@pytest.mark.parametrize(
    ("mishap", "troubles"),
    [
        (Mishap.RATE, {Trouble.RATE_LIMITED}),
        # Ark documents no 5xx that says "not accepted", so nothing of it may be sent again.
        (Mishap.UNAVAILABLE, {Trouble.PROVIDER_TRANSIENT, Trouble.UNKNOWN_OUTCOME}),
        (Mishap.ACCEPTED_THEN_5XX, {Trouble.UNKNOWN_OUTCOME}),
        (Mishap.MODERATE_INPUT, {Trouble.MODERATION_INPUT}),
        (Mishap.MODERATE_OUTPUT, {Trouble.MODERATION_OUTPUT}),
        # Kling and Google give no class to a failed job, so theirs may be either.
        (Mishap.FAIL_TRANSIENT, {Trouble.PROVIDER_TRANSIENT, Trouble.PROVIDER_PERMANENT}),
        # Runway's set of models is closed: an unknown one is a wrong value [S].
        (Mishap.RETIRED, {Trouble.MODEL_RETIRED, Trouble.VALIDATION}),
        (Mishap.WRONG_KEY, {Trouble.AUTH}),
        (Mishap.OUT_OF_CREDIT, {Trouble.PAYMENT}),
        (Mishap.LOSE_RESPONSE, {Trouble.UNKNOWN_OUTCOME}),
    ],
)
async def test_each_mishap_is_understood(profile: Profile, mishap: Mishap, troubles: set[Trouble]) -> None:
    assert await Meeting(profile, mishap).verdict() in troubles


@pytest.mark.parametrize("profile", [p for p in VARIANTS if p.findable], ids=lambda profile: profile.name)
async def test_a_job_whose_answer_was_lost_is_found_by_its_key(profile: Profile) -> None:
    meeting = Meeting(profile, Mishap.ACCEPTED_THEN_5XX)
    sent_us = meeting.now_us()
    assert await meeting.verdict() is Trouble.UNKNOWN_OUTCOME
    found = await meeting.adapter.find("job-0001", model=profile.name, sent_us=sent_us)
    assert found is not None
    assert (await meeting.outcome(found)).going is Going.DONE
    assert await meeting.adapter.find("job-0002", model=profile.name, sent_us=sent_us) is None


@pytest.mark.parametrize("profile", [p for p in VARIANTS if p.vendor == "kling"], ids=lambda profile: profile.name)
async def test_the_same_key_sent_twice_buys_one_clip(profile: Profile) -> None:
    meeting = Meeting(profile)
    assert await meeting.submit() == await meeting.submit()
