"""Words of a length nobody writes by hand are read in bounded time."""

import time

import pytest

from prompts import lint, pasted
from prompts.assemble import assemble
from prompts.dialect import Channel, Dialect
from prompts.render import render
from prompts.sheet import Sheet
from tests.unit.prompts import makers

_MOST_CPU_S = 5.0
"""Of processor time, so that a busy machine does not fail the test; a quadratic expression takes far longer."""


@pytest.mark.parametrize(
    "unit",
    ["‘", '"', "no snow ", "snow falls, ", "(", ":1", "bad1", "-", "no ", "a ", "<", "$x ", "«", "[a:", "\u0301"],
)
def test_twenty_thousand_signs_are_read_in_bounded_time(unit: str) -> None:
    long = "x" + unit * (20_000 // len(unit)) + " x"
    sheet = Sheet(action="A fox", mood=long, negative=(long,), dialogue=long)
    style, block = makers.style(), makers.block(form=("snow", long))
    begun = time.process_time()

    pasted.read(long)
    lint.lint(sheet, style=style, negative=block)
    sheet = Sheet(action="A fox", mood=long, atmosphere=long, dialogue=long)
    prompt = assemble(sheet, style=style, negative=makers.block())
    render(prompt, Dialect(channel=Channel.CLAUSE, limit=1000), model="m")

    assert time.process_time() - begun < _MOST_CPU_S
