"""The vendors' own clients, of which nobody here wrote a line, work on the stand-ins by another base address alone."""

import pytest

from agent.profiles import Material, Profile
from tests.clients.drivers import DRIVERS, NO_CLIENT
from tests.clients.rig import CLIP, Rig, still
from tests.support import orders
from tools.video import registry

JOBS = [(profile, goes_out) for profile, goes_out in orders.PAIRS if profile.vendor in DRIVERS]
each_job = pytest.mark.parametrize(("profile", "goes_out"), JOBS, ids=[f"{one.name} from {out}" for one, out in JOBS])


def test_every_vendor_has_a_client_here_or_is_known_to_have_none() -> None:
    assert {vendor.name for vendor in registry.vendors()} <= {*DRIVERS, *NO_CLIENT}


@each_job
def test_the_vendors_own_client_orders_awaits_and_fetches(rig: Rig, profile: Profile, goes_out: Material) -> None:
    client = rig.client(profile.vendor)
    job = client.submit(orders.order(profile, goes_out, still=still()), profile)
    assert client.clip(job, profile) is None
    rig.finish()
    assert client.clip(job, profile) == CLIP
