"""Which vendor's own client is driven by what, and which vendor has none."""

from collections.abc import Callable, Mapping

from tests.clients.driver import Driver
from tests.clients.google import Google
from tests.clients.runway import Runway
from tests.clients.seedance import Seedance

DRIVERS: Mapping[str, Callable[[str, Mapping[str, str]], Driver]] = {
    "google": Google,
    "runway": Runway,
    "seedance": Seedance,
}
"""By vendor; each takes the stand-in's base address and its keys."""

NO_CLIENT = ("kling",)
"""Vendors without an official Python client; docs/wire/ says why."""
