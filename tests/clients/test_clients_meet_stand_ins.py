"""The vendors' own clients, of which nobody here wrote a line, work on the stand-ins by another base address alone."""

import pytest

from agent.profiles import Cancel, Material, Profile
from tests.clients.door import Door
from tests.clients.drivers import DRIVERS, NO_CLIENT, speaks
from tests.clients.rig import CLIP, Rig, still
from tests.support import orders
from tools.sandbox.faultplan import Mishap
from tools.sandbox.registry import sandbox_keys
from tools.video import registry

JOBS = [(profile, goes_out) for profile, goes_out in orders.PAIRS if speaks(profile)]
each_job = pytest.mark.parametrize(("profile", "goes_out"), JOBS, ids=[f"{one.name} from {out}" for one, out in JOBS])
FIRST = {vendor: next(job for job in JOBS if job[0].vendor == vendor) for vendor in DRIVERS}
WITHHELD = {
    "fal": "content_policy_violation",
    "gemini": "policies",
    "google": "Support codes",
    "runway": "SAFETY.OUTPUT",
    "seedance": "OutputVideoSensitiveContentDetected",
}
"""What shows, where each client shows it, that a finished clip was held back."""

each_vendor = pytest.mark.parametrize("vendor", sorted(DRIVERS))
CALLING_BACK = [vendor.profiles[0] for vendor in registry.vendors() if vendor.profiles[0].cancel is not Cancel.NEVER]
each_canceller = pytest.mark.parametrize(
    "profile", [one for one in CALLING_BACK if speaks(one)], ids=lambda profile: profile.vendor
)


def test_every_vendor_has_a_client_here_or_is_known_to_have_none() -> None:
    assert {vendor.name for vendor in registry.vendors()} <= {*DRIVERS, *NO_CLIENT}


@each_vendor
def test_the_vendors_own_client_recognises_a_refused_key(rig: Rig, vendor: str) -> None:
    profile, goes_out = FIRST[vendor]
    client = rig.client(vendor, keys={name: "another" for name in sandbox_keys()[vendor]})
    with pytest.raises(client.refuses_key):
        client.submit(orders.order(profile, goes_out, still=still()), profile)


@each_vendor
def test_the_vendors_own_client_shows_why_a_clip_was_withheld(door: Door, vendor: str) -> None:
    profile, goes_out = FIRST[vendor]
    with Rig(door, Mishap.MODERATE_OUTPUT) as rig:
        client = rig.client(vendor)
        job = client.submit(orders.order(profile, goes_out, still=still()), profile)
        rig.finish()
        assert WITHHELD[vendor] in client.refusal(job, profile)


@each_canceller
def test_the_vendors_own_client_calls_a_job_back(rig: Rig, profile: Profile) -> None:
    client = rig.client(profile.vendor)
    client.cancel(client.submit(orders.order(profile, next(iter(profile.offers)), still=still()), profile), profile)
    assert rig.called_back(profile.vendor) == 1


@each_job
def test_the_vendors_own_client_orders_awaits_and_fetches(rig: Rig, profile: Profile, goes_out: Material) -> None:
    client = rig.client(profile.vendor)
    job = client.submit(orders.order(profile, goes_out, still=still()), profile)
    assert client.clip(job, profile) is None
    rig.finish()
    assert client.clip(job, profile) == CLIP
