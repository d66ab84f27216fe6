"""The map of who looks for each term, as the command line tells it."""

from interfaces.command import eyes
from prompts.references import Reference
from tools import coverage
from tools.checks import flicker, registry


def _told(term: str, *, judge: str = "", references: tuple[Reference, ...] = ()) -> str:
    covered = coverage.cover([term], checks=registry.discover(), references=references, judge=judge)[0]
    return "\n".join(line.text for line in eyes.told(covered))


def test_a_measured_term_names_its_check_with_grade_and_error_rates() -> None:
    told = _told("flickering")

    assert "flickering: measured" in told
    assert "flicker, grade A" in told
    assert flicker.CHECK.rates in told


def test_a_term_that_nobody_can_look_for_says_what_would_help() -> None:
    told = _told("extra fingers")

    assert "not inspectable here" in told
    assert "COUNTERSTEER_VLM__MODEL" in told


def test_a_judged_term_names_the_judge() -> None:
    assert "asked of eye-1" in _told("extra fingers", judge="eye-1")


def test_missing_references_are_counted() -> None:
    assert "needs 3 references for lighting, there are 1" in _told(
        "studio lighting", references=(Reference(id="1", label="1"),)
    )
