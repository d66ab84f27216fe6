"""Adapters and stand-ins were written apart, from the same documents; here the two talk to each other."""

import io

import httpx
import pytest
from PIL import Image

from agent.errors import VendorError
from agent.jobs import Account, Going, Order, Progress, Still
from agent.ports import VideoModel
from agent.profiles import Material, Profile
from agent.troubles import Trouble
from tests.support import orders
from tools.sandbox import app
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

CLIP = bytes(range(256)) * 500
VARIANTS = orders.VARIANTS
ONE_EACH = [vendor.profiles[0] for vendor in registry.vendors()]

each_material = pytest.mark.parametrize(("profile", "goes_out"), orders.PAIRS, ids=orders.called)
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

    def order(self, goes_out: Material | None = None, *, looks: int = 1) -> Order:
        return orders.order(self.profile, goes_out or next(iter(self.profile.offers)), still=png(), looks=looks)

    async def submit(self, goes_out: Material | None = None, *, looks: int = 1) -> str:
        order = self.order(goes_out, looks=looks)
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


@each_material
async def test_every_variant_is_ordered_awaited_and_fetched(profile: Profile, goes_out: Material) -> None:
    meeting = Meeting(profile)
    progress = await meeting.outcome(await meeting.submit(goes_out))
    assert progress.going is Going.DONE
    assert progress.media is not None
    assert b"".join([piece async for piece in meeting.adapter.fetch(progress.media)]) == CLIP


@pytest.mark.parametrize(("profile", "goes_out"), orders.GUIDED, ids=orders.called)
async def test_as_many_references_as_a_profile_says_are_taken(profile: Profile, goes_out: Material) -> None:
    meeting = Meeting(profile)
    vendor_id = await meeting.submit(goes_out, looks=profile.dialect.max_references)
    assert (await meeting.outcome(vendor_id)).going is Going.DONE


@each_vendor
async def test_a_vendor_tells_whether_it_takes_the_keys_and_charges_nothing_for_it(profile: Profile) -> None:
    meeting = Meeting(profile)
    checkup = await meeting.adapter.check()
    assert checkup.signed_in is not False
    assert checkup.signed_in or checkup.remarks
    assert meeting.sandbox.records.accepted() == ()


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
