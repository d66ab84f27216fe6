"""How one finding comes of a measure and a judge: the table, row by row."""

import pytest

from agent.findings import Finding, Grade, Looked, Sight
from agent.policy.joining import join, settled
from tests.unit.agent.policy.builders import looked, opinion, reading, term

S, A, U, N = Sight.SEEN, Sight.ABSENT, Sight.UNSURE, Sight.NOT_INSPECTABLE
GA, GB, GC = Grade.A, Grade.B, Grade.C
FLARE = "lens flare"


def joined(what: Looked) -> Finding:
    (finding,) = join([term(FLARE)], what)
    return finding


@pytest.mark.parametrize(
    ("measured", "grade", "votes", "sight"),
    [
        (S, GA, (), S),
        (S, GA, (A, A), S),
        (S, GB, (), S),
        (S, GB, (S,), S),
        (S, GB, (U, U), U),
        (S, GB, (A, A), U),
        (S, GC, (), U),
        (S, GC, (S, S), S),
        (S, GC, (S, A), U),
        (S, GC, (A, A), U),
        (N, GA, (S, A, A, A), A),
        (N, GA, (U, A, A, A), A),
        (N, GA, (S, S, A, S), S),
        (N, GA, (S, A, A, S), U),
        (N, GA, (S, A, U, A), U),
        (N, GA, (U, A, A, U), U),
        (A, GA, (), A),
        (A, GA, (S, S), U),
        (A, GA, (U, U), A),
        (A, GB, (), A),
        (A, GB, (S, S), S),
        (A, GB, (S, A), U),
        (A, GB, (S,), U),
        (A, GB, (A, A), A),
        (A, GC, (), U),
        (A, GC, (S, S), S),
        (A, GC, (A, A), A),
        (A, GC, (U, A), U),
        (U, GA, (), U),
        (U, GA, (A, A), A),
        (U, GA, (A,), U),
        (N, GA, (), N),
        (N, GA, (S, S), S),
        (N, GA, (S, A), U),
        (N, GA, (A, A), A),
        (N, GA, (A,), U),
        (N, GA, (U, U), U),
        (N, GA, (N, N), N),
    ],
)
def test_measure_and_judge_join_by_the_table(
    measured: Sight, grade: Grade, votes: tuple[Sight, ...], sight: Sight
) -> None:
    opinions = (opinion(FLARE, *votes),) if votes else ()
    assert joined(looked(reading(FLARE, sight=measured, grade=grade), opinions=opinions)).sight is sight


def test_a_term_nobody_speaks_for_is_not_inspectable_and_says_so() -> None:
    finding = joined(looked())
    assert (finding.sight, finding.method) == (N, "nobody")
    assert finding.reason == "no check for this term, and no judge was asked"


def test_a_check_that_could_not_look_is_quoted_only_where_no_judge_spoke() -> None:
    blind = reading(FLARE, sight=N, grade=GA)
    assert blind.check in joined(looked(blind)).reason
    assert blind.check not in joined(looked(blind, opinions=(opinion(FLARE, S, S),))).reason


def test_a_judge_alone_has_to_say_the_same_twice() -> None:
    assert joined(looked(opinions=(opinion(FLARE, S, S),))).sight is S
    assert joined(looked(opinions=(opinion(FLARE, S),))).sight is U


def test_a_term_reaches_its_check_however_it_is_written() -> None:
    what = looked(reading(FLARE, sight=S))
    (finding,) = join([term("No Lens Flares")], what)
    assert (finding.term, finding.sight) == ("No Lens Flares", S)


def test_of_two_measures_the_surer_one_speaks() -> None:
    sure, hint = reading(FLARE, sight=A, grade=GA, check="sure"), reading(FLARE, sight=S, grade=GC, check="hint")
    finding = joined(looked(hint, sure))
    assert (finding.sight, finding.by) == (A, ("sure",))


def test_a_sure_sight_outweighs_a_sure_all_clear() -> None:
    assert joined(looked(reading(FLARE, sight=A, grade=GA), reading(FLARE, sight=S, grade=GB))).sight is S


def test_one_checks_all_clear_does_not_settle_what_another_doubts() -> None:
    clear, doubt = reading(FLARE, sight=A, grade=GA, check="clear"), reading(FLARE, sight=U, grade=GB, check="doubt")
    finding = joined(looked(clear, doubt))
    assert (finding.sight, finding.by) == (U, ("doubt",))


def test_a_disagreement_stays_in_the_reason() -> None:
    finding = joined(looked(reading(FLARE, sight=S), opinions=(opinion(FLARE, A, A),)))
    assert finding.reason == "sharpness: measured 3, threshold 2; a judge did not see it: a bright streak"
    assert (finding.method, finding.by) == ("both", ("sharpness", "a judge"))


@pytest.mark.parametrize(
    ("readings", "decided"),
    [
        ([], False),
        ([(A, GA)], True),
        ([(S, GB)], True),
        ([(S, GC)], False),
        ([(A, GA), (S, GC)], True),
        ([(A, GA), (U, GB)], False),
        ([(S, GB), (U, GA)], True),
        ([(A, GB), (S, GC)], False),
        ([(N, GA)], False),
    ],
)
def test_what_is_measured_settles_a_term_as_the_table_has_it(
    readings: list[tuple[Sight, Grade]], *, decided: bool
) -> None:
    assert settled(term(FLARE), [reading(FLARE, sight=sight, grade=grade) for sight, grade in readings]) is decided
