"""Who looks for a term in a given set-up."""

from dataclasses import replace

import pytest

from agent.findings import Grade, Sight
from prompts.references import Dimension, Reference, Role
from tools import coverage
from tools.coverage import Coverage, How
from tools.viewing import Check, Extra, Measure, Needs, Viewing


def _nothing(_: Viewing) -> Measure:
    return Measure(sight=Sight.UNSURE, told="")


SHARP = Check(name="sharp", terms=("blurry",), grade=Grade.A, meaning="m", rates="1 of 2", measure=_nothing)
LIT = replace(
    SHARP,
    name="lit",
    terms=("studio lighting",),
    dimensions=(Dimension.LIGHTING,),
    needs=Needs(references=2),
)
HINT = replace(SHARP, name="hint", grade=Grade.C)
READ = replace(SHARP, name="read", needs=Needs(extra=Extra(name="ocr", modules=("no_such_module",))))
COPIED = replace(SHARP, name="copied", terms=("copied background",), bleeding=(Dimension.BACKGROUND,))


def _cover(term: str, *checks: Check, references: tuple[Reference, ...] = (), judge: str = "") -> Coverage:
    return coverage.cover([term], checks=checks, references=references, judge=judge)[0]


def test_a_term_is_found_under_every_spelling() -> None:
    assert _cover("no out-of-focus blur", SHARP).how is How.MEASURED


def test_a_hint_alone_decides_nothing() -> None:
    assert _cover("blurry", HINT).how is How.NOT_INSPECTABLE
    assert _cover("blurry", HINT, judge="eye-1").how is How.JUDGED


def test_a_term_without_check_is_not_inspectable_until_there_is_a_judge() -> None:
    assert _cover("extra fingers", SHARP).how is How.NOT_INSPECTABLE
    assert _cover("extra fingers", SHARP, judge="eye-1").how is How.JUDGED


def test_a_check_that_lacks_references_says_how_many() -> None:
    one = Reference(id="1", label="1", use=(Dimension.LIGHTING,))
    other = Reference(id="2", label="2", use=(Dimension.PALETTE,))

    assert "there are 1" in _cover("studio lighting", LIT, references=(one, other)).looks[0].lacking
    assert _cover("studio lighting", LIT, references=(one, replace(one, id="3", label="3"))).how is How.MEASURED


def test_an_extra_that_is_not_installed_is_named() -> None:
    covered = _cover("blurry", READ)

    assert covered.how is How.NOT_INSPECTABLE
    assert "countersteer[ocr]" in covered.looks[0].lacking


@pytest.mark.parametrize(
    ("reference", "looks"),
    [
        (Reference(id="1", label="1", ignore=(Dimension.BACKGROUND,)), True),
        (Reference(id="1", label="1", ignore=(Dimension.PALETTE,)), False),
        (Reference(id="1", label="1", ignore=(Dimension.BACKGROUND,), role=Role.FIRST_FRAME), False),
    ],
)
def test_bleeding_is_looked_for_where_a_look_was_told_to_stay_out(reference: Reference, *, looks: bool) -> None:
    assert (_cover("copied background", COPIED, references=(reference,)).how is How.MEASURED) is looks


def test_the_check_that_can_look_is_named_before_those_that_cannot() -> None:
    names = [look.check.name for look in _cover("blurry", READ, HINT, SHARP).looks]

    assert names == ["sharp", "hint", "read"]
