"""One door for all tests of this package, and the sandbox behind it anew for each."""

import os
from collections.abc import Iterator

import pytest

from tests.clients.door import Door, opened
from tests.clients.rig import Rig

FOREIGN = ("ARK_", "FAL_", "GEMINI_", "GOOGLE_", "RUNWAYML_", "VOLC_")


@pytest.fixture(autouse=True)
def _no_settings_of_the_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients read keys and proxies from the environment; here they are told everything."""
    for name in list(os.environ):
        if name.startswith(FOREIGN) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    with opened() as door:
        yield door


@pytest.fixture
def rig(door: Door) -> Iterator[Rig]:
    with Rig(door) as rig:
        yield rig
