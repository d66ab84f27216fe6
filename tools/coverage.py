"""Who looks for a negative term in this set-up: which checks, with what grade and error rates, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.findings import Grade
from prompts import terms as vocabulary
from prompts.references import Reference
from tools.viewing import Check


class How(StrEnum):
    """Who can decide about a term."""

    MEASURED = "measured"
    JUDGED = "judged"
    NOT_INSPECTABLE = "not inspectable here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One check that speaks for a term.

    Attributes:
        lacking: What it needs and does not have, as a sentence; empty when it can look.
    """

    check: Check
    lacking: str

    @property
    def decides(self) -> bool:
        """Whether it can look and may stand without a judge."""
        return not self.lacking and self.check.grade is not Grade.C


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who looks for one term.

    Attributes:
        judge: Who is asked about what the checks leave open; empty for nobody.
    """

    term: str
    looks: tuple[Look, ...]
    judge: str

    @property
    def how(self) -> How:
        """Measured where a check decides, judged where only the judge can, else not inspectable."""
        if any(look.decides for look in self.looks):
            return How.MEASURED
        return How.JUDGED if self.judge else How.NOT_INSPECTABLE


def cover(
    terms: Sequence[str], *, checks: Sequence[Check], references: Sequence[Reference], judge: str
) -> tuple[Coverage, ...]:
    """Who looks for each term, in order. The checks that can look come first, the surest before the others."""
    return tuple(
        Coverage(term=term, looks=_looks(vocabulary.identity(term), checks, references), judge=judge) for term in terms
    )


def _looks(term: str, checks: Sequence[Check], references: Sequence[Reference]) -> tuple[Look, ...]:
    found = [Look(check=check, lacking=check.lacking(references)) for check in checks if term in check.terms]
    return tuple(sorted(found, key=lambda look: (bool(look.lacking), look.check.grade)))
