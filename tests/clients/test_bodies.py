"""What a vendor's own client sends and what our adapter sends for the same jobs, compared field by field."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.clients.differences import DIFFERENCES, HEADING, rows
from tests.clients.drivers import DRIVERS, NO_CLIENT
from tests.clients.meeting import Meeting
from tests.clients.rig import Rig

WIRE = Path(__file__).parents[2] / "docs" / "wire"

SETTINGS = [
    ("fal", {"cfg_scale": "0.7"}),
    ("google", {"storage_uri": "gs://film/takes", "person_generation": "allow_adult", "enhance_prompt": "on"}),
    ("runway", {"cfg_scale": "0.7"}),
    ("seedance", {"platform": "volcengine"}),
]

each_vendor = pytest.mark.parametrize("vendor", sorted(DRIVERS))


@each_vendor
async def test_our_adapter_sends_what_the_vendors_own_client_sends_but_for_what_is_explained(
    rig: Rig, vendor: str
) -> None:
    async with Meeting.of(rig, vendor) as meeting:
        gaps = await meeting.gaps()
    assert [gap for gap in gaps if not any(one.explains(gap) for one in DIFFERENCES[vendor])] == []
    explained = {(one.why, gap.field) for gap in gaps for one in DIFFERENCES[vendor] if one.explains(gap)}
    # An explanation of nothing would mislead.
    assert {(one.why, name) for one in DIFFERENCES[vendor] for name in one.fields} == explained


@pytest.mark.parametrize(("vendor", "settings"), SETTINGS, ids=[vendor for vendor, _ in SETTINGS])
async def test_what_settings_ask_of_every_order_goes_out_as_from_the_vendors_own_client(
    rig: Rig, vendor: str, settings: Mapping[str, str]
) -> None:
    async with Meeting.of(rig, vendor, settings=settings) as meeting:
        gaps = await meeting.gaps_of_submits()
    assert [gap for gap in gaps if not any(one.explains(gap) for one in DIFFERENCES[vendor])] == []


@each_vendor
def test_the_document_gives_the_same_differences_and_reasons(vendor: str) -> None:
    assert tuple(line for line in _section(vendor) if line.startswith("| `")) == rows(vendor)


@pytest.mark.parametrize("vendor", NO_CLIENT)
def test_where_there_is_no_client_the_document_says_so(vendor: str) -> None:
    assert "no official Python client" in " ".join(_section(vendor))


def _section(vendor: str) -> list[str]:
    """The lines of the last section of the vendor's document."""
    _, _, section = (WIRE / f"{vendor}.md").read_text(encoding="utf-8").partition(f"\n{HEADING}\n")
    return section.splitlines()
