"""Stand-ins call back, and the adapters tell a vendor's own callback from a forged one where the vendor signs."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from agent.jobs import Going
from agent.profiles import Profile
from tests.contract.test_adapters_meet_stand_ins import CLIP, VARIANTS, Meeting
from tests.unit.tools.sandbox.rig import Inbox
from tools.sandbox import app

ADDRESS = "http://127.0.0.1:9/hooks/job-0001?token=a-b_c"
CALLING = [profile for profile in VARIANTS if profile.calls_back]

each_calling = pytest.mark.parametrize("profile", CALLING, ids=[profile.name for profile in CALLING])


class Called(Meeting):
    """A meeting at which the sandbox calls somebody back."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.inbox = Inbox()
        self.sandbox = app.build(clock=self.clock, draw=lambda _: CLIP, outward=self.inbox)
        self.adapter = self._adapter()

    async def until_over(self) -> str:
        """Order a clip, let the sandbox call while it is made, and return the vendor's id."""
        order = replace(self.order(), callback=ADDRESS)
        vendor_id = await self.adapter.submit(self.adapter.compose(order), key=order.key)
        for _ in range(4):
            self.clock.pass_s(60)
            await self.sandbox.call_back()
        return vendor_id


@each_calling
async def test_the_end_of_a_job_is_told_at_the_orders_address(profile: Profile) -> None:
    meeting = Called(profile)
    vendor_id = await meeting.until_over()
    assert {str(request.url) for request in meeting.inbox.got} == {ADDRESS}
    assert (await meeting.adapter.poll(vendor_id, model=profile.name)).going is Going.DONE


@each_calling
async def test_a_callback_is_the_vendors_own_and_one_with_another_signature_is_not(profile: Profile) -> None:
    meeting = Called(profile)
    await meeting.until_over()
    for request in meeting.inbox.got:
        own = await meeting.adapter.signed(request.headers, request.content)
        forged = await meeting.adapter.signed(_forged(request.headers), request.content)
        assert (own, forged) in ((True, False), (None, None))


def _forged(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with one sign in the middle of each signature changed."""
    return {name: _changed(value) if "signature" in name else value for name, value in headers.items()}


def _changed(value: str) -> str:
    middle = len(value) // 2
    return value[:middle] + ("a" if value[middle] != "a" else "b") + value[middle + 1 :]
