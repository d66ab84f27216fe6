"""Figures over inspected cases: how well measures rank, how often the inspector is right, wrong, or does not know."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from agent.findings import Grade, Reading, Sight
from benchmarks.inspection_cases import Outcome
from prompts import defaults


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One term, or one check on one fault.

    Attributes:
        auc: That a faulty clip's value is on the faulty side of a sound one's; ``None`` without both kinds.
        precision: Of *seen*; ``None`` where it was never said.
        recall: Share of the faulty clips called *seen*; so is ``missed`` of those called *absent*.
        unsure: Share of the faulty clips called *unsure*.
        blind: Share of all clips that are *not inspectable*.
        false_seen: Share of the sound clips called *seen*; so is ``doubted`` of those called *unsure*.
    """

    name: str
    faulty: int
    sound: int
    auc: float | None
    precision: float | None
    recall: float | None
    missed: float | None
    unsure: float | None
    blind: float | None
    false_seen: float | None
    doubted: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer beside the truth."""

    faulty: bool
    sight: Sight
    value: float | None = None


def by_term(outcomes: Sequence[Outcome]) -> list[Row]:
    """The joined answers, term by term; AUC is of the best of its checks."""
    names = dict.fromkeys(term for outcome in outcomes for term in outcome.case.expect)
    return [_row(name, _answers(outcomes, name), auc=_best_auc(outcomes, name)) for name in names]


def by_fault(outcomes: Sequence[Outcome]) -> list[Row]:
    """The joined answers, by the fault that was put in and the term it is of, against all sound clips of that term."""
    named = dict.fromkeys(
        (outcome.case.fault, term)
        for outcome in outcomes
        for term, truth in outcome.case.expect.items()
        if outcome.case.fault and truth is Sight.SEEN
    )
    rows: list[Row] = []
    for fault, term in named:
        mine = [outcome for outcome in outcomes if outcome.case.sound or outcome.case.fault == fault]
        rows.append(_row(f"{fault}: {term}", _answers(mine, term), auc=_best_auc(mine, term)))
    return rows


def by_check(outcomes: Sequence[Outcome]) -> list[Row]:
    """Each check's own answers, by the fault that was put in; sound clips are those of the check's terms."""
    rows: list[Row] = []
    for check in sorted({reading.check for outcome in outcomes for reading in outcome.looked.readings}):
        for fault in dict.fromkeys(outcome.case.fault for outcome in outcomes if outcome.case.fault):
            answers = list(_of_check(outcomes, check, fault=fault))
            if any(answer.faulty for answer in answers):
                rows.append(_row(f"{check}: {fault}", answers, auc=_auc(answers, sign=_sign(outcomes, check))))
    return rows


def accused(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """Sound clips that carry any *seen*, with the terms."""
    found = {outcome.case.id: _blamed(outcome, outcome.case.asked) for outcome in outcomes if outcome.case.sound}
    return {name: terms for name, terms in found.items() if terms}


def overall(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """What the inspector is worth as a whole."""
    pairs = [
        (term, truth, outcome.sight(term), outcome)
        for outcome in outcomes
        for term, truth in outcome.case.expect.items()
    ]
    faulty = [(sight, outcome, term) for term, truth, sight, outcome in pairs if truth is Sight.SEEN]
    told = [(sight, outcome, term) for sight, outcome, term in faulty if sight is not Sight.NOT_INSPECTABLE]
    noticed = [sight for sight, outcome, _ in told if outcome.case.noticed]
    graded = [sight for sight, outcome, term in told if outcome.case.noticed and _sure(outcome, term)]
    sound = [sight for _, truth, sight, _ in pairs if truth is Sight.ABSENT]
    full = [outcome for outcome in outcomes if outcome.case.sound and len(outcome.case.asked) >= FULL_BLOCK]
    plain_s = sum(outcome.plain_s for outcome in outcomes)
    return {
        "cases": len(outcomes),
        "answers": len(pairs),
        "unsure": _share([sight is Sight.UNSURE for _, _, sight, _ in pairs]),
        "not_inspectable": _share([sight is Sight.NOT_INSPECTABLE for _, _, sight, _ in pairs]),
        "sound_unsure": _share([sight is Sight.UNSURE for sight in sound if sight is not Sight.NOT_INSPECTABLE]),
        "false_absent": _share([sight is Sight.ABSENT for sight, _, _ in told]),
        **_seen_and_absent("noticed", noticed),
        **_seen_and_absent("noticed_grade_a", graded),
        "family_wise_false_alarms": _share([bool(_blamed(outcome, _default_block())) for outcome in full]),
        "false_alarms_of_all_terms": _share([bool(_blamed(outcome, outcome.case.asked)) for outcome in full]),
        "sound_under_the_full_block": len(full),
        "cpu_over_decode": round(sum(outcome.cpu_s for outcome in outcomes) / plain_s, 2) if plain_s else None,
    }


def _seen_and_absent(name: str, sights: Sequence[Sight]) -> dict[str, float | None]:
    return {
        f"{name}_seen": _share([sight is Sight.SEEN for sight in sights]),
        f"{name}_absent": _share([sight is Sight.ABSENT for sight in sights]),
    }


def _sure(outcome: Outcome, term: str) -> bool:
    """Whether only measures of grade A speak for the term."""
    told = [reading.grade for reading in outcome.readings(term) if reading.sight is not Sight.NOT_INSPECTABLE]
    return set(told) == {Grade.A}


def _blamed(outcome: Outcome, terms: Collection[str]) -> list[str]:
    """Of these terms those called *seen* that are known not to be there."""
    absent = {term for term, truth in outcome.case.expect.items() if truth is Sight.ABSENT}
    return [
        each.term for each in outcome.findings if each.sight is Sight.SEEN and each.term in absent.intersection(terms)
    ]


def _default_block() -> frozenset[str]:
    block = defaults.negative()
    return frozenset((*block.format, *block.anatomy, *block.quality))


FULL_BLOCK = 12
"""Terms of the default block; a sound take counts as one under it with that many or more."""


def as_json(rows: Iterable[Row]) -> dict[str, dict[str, object]]:
    """Rows by name."""
    return {row.name: {key: value for key, value in asdict(row).items() if key != "name"} for row in rows}


def _answers(outcomes: Sequence[Outcome], term: str) -> list[Answer]:
    return [
        Answer(faulty=outcome.case.expect[term] is Sight.SEEN, sight=outcome.sight(term))
        for outcome in outcomes
        if term in outcome.case.expect
    ]


def _of_check(outcomes: Sequence[Outcome], check: str, *, fault: str) -> Iterable[Answer]:
    for outcome in outcomes:
        if outcome.case.fault not in ("", fault):
            continue
        for truth, reading in _told(outcome, check)[:1]:
            yield Answer(faulty=truth is Sight.SEEN, sight=reading.sight, value=reading.value)


def _told(outcome: Outcome, check: str) -> list[tuple[Sight, Reading]]:
    """The check's reading beside each truth it speaks about."""
    return [
        (truth, reading)
        for term, truth in outcome.case.expect.items()
        for reading in outcome.readings(term)
        if reading.check == check
    ]


def _best_auc(outcomes: Sequence[Outcome], term: str) -> float | None:
    checks = {reading.check for outcome in outcomes for reading in outcome.readings(term)}
    found = [_auc(_values(outcomes, term, check), sign=_sign(outcomes, check)) for check in checks]
    return max((auc for auc in found if auc is not None), default=None)


def _values(outcomes: Sequence[Outcome], term: str, check: str) -> list[Answer]:
    return [
        Answer(faulty=outcome.case.expect[term] is Sight.SEEN, sight=reading.sight, value=reading.value)
        for outcome in outcomes
        if term in outcome.case.expect
        for reading in outcome.readings(term)
        if reading.check == check
    ]


def _sign(outcomes: Sequence[Outcome], check: str) -> int:
    """Whether large values are the fault, by the check's own answers: *absent* lies on the other side."""
    votes = [
        (1 if reading.sight is Sight.SEEN else -1) * (1 if reading.value > reading.threshold else -1)
        for outcome in outcomes
        for reading in outcome.looked.readings
        if reading.check == check and reading.sight in (Sight.SEEN, Sight.ABSENT)
        if reading.value is not None and reading.threshold is not None
    ]
    return 1 if sum(votes) >= 0 else -1


def _auc(answers: Iterable[Answer], *, sign: int) -> float | None:
    """Area under the curve; ties count half."""
    told = [(answer.faulty, sign * answer.value) for answer in answers if answer.value is not None]
    faulty = np.array([value for is_faulty, value in told if is_faulty])
    sound = np.array([value for is_faulty, value in told if not is_faulty])
    if not len(faulty) or not len(sound):
        return None
    above = (faulty[:, None] > sound).mean() + 0.5 * (faulty[:, None] == sound).mean()
    return round(float(above), 3)


def _row(name: str, answers: Sequence[Answer], *, auc: float | None) -> Row:
    faulty = [answer.sight for answer in answers if answer.faulty]
    sound = [answer.sight for answer in answers if not answer.faulty]
    seen = [answer.faulty for answer in answers if answer.sight is Sight.SEEN]
    return Row(
        name=name,
        faulty=len(faulty),
        sound=len(sound),
        auc=auc,
        precision=_share(seen),
        recall=_share([sight is Sight.SEEN for sight in faulty]),
        missed=_share([sight is Sight.ABSENT for sight in faulty]),
        unsure=_share([sight is Sight.UNSURE for sight in faulty]),
        blind=_share([answer.sight is Sight.NOT_INSPECTABLE for answer in answers]),
        false_seen=_share([sight is Sight.SEEN for sight in sound]),
        doubted=_share([sight is Sight.UNSURE for sight in sound]),
    )


def _share(told: Sequence[bool]) -> float | None:
    return round(sum(told) / len(told), 4) if told else None
