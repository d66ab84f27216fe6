"""Which vendor's own client is driven by what, and which vendor has none."""

from collections.abc import Mapping

from agent.profiles import Profile
from tests.clients.driver import Driver
from tests.clients.fal import Fal
from tests.clients.gemini import Gemini
from tests.clients.google import Google
from tests.clients.runway import Runway
from tests.clients.seedance import Seedance

DRIVERS: Mapping[str, type[Driver]] = {
    "fal": Fal,
    "gemini": Gemini,
    "google": Google,
    "runway": Runway,
    "seedance": Seedance,
}
"""By vendor."""

NO_CLIENT = ("kling",)
"""Vendors without an official Python client; docs/wire/ says why."""


def speaks(profile: Profile) -> bool:
    """Whether a vendor's own client has calls for that variant."""
    return profile.vendor in DRIVERS and DRIVERS[profile.vendor].speaks(profile)
