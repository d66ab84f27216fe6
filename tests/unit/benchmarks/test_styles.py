"""The figures on public style libraries."""

from pathlib import Path

import pytest

from benchmarks.styles import lost, measure, table
from interfaces.styles.reading import read_library
from prompts.libraries.library import Preset
from prompts.libraries.translating import translate

STYLES = Path(__file__).parents[2] / "data" / "styles"
LIBRARIES = {"sdxl_styles_sai.json": 17, "sdxl_styles_twri.json": 89, "invokeai_default_style_presets.json": 18}


@pytest.mark.parametrize("name", LIBRARIES)
async def test_a_public_library_imports_round_trips_and_loses_nothing_unsaid(name: str) -> None:
    row = measure(name, await read_library(STYLES / name))

    assert row.styles == LIBRARIES[name]
    assert (row.whole, row.lost, row.complaints, row.blank) == (True, (), 0, (0, 0))
    assert row.sound
    assert name in table([row])


def test_an_entry_that_goes_without_a_line_is_found() -> None:
    preset = Preset(name="A", positive="oil painting of {prompt}, impasto", negative="photo, glitch, cgi")
    shorter = Preset(name="A", positive="oil painting of {prompt}", negative="photo, cgi")

    assert lost(preset, translate(preset)) == []
    assert lost(preset, translate(shorter)) == ["impasto", "glitch"]
