"""What a take is worth: its verdict, what the ledger learns from it, and the best of several."""

from collections.abc import Iterable, Mapping, Sequence

from agent.film import Decision, Take, Verdict
from agent.findings import Finding, Looked, Sight
from agent.ledger import Entry, Trial
from agent.policy.joining import join, speaks_for
from prompts import terms as vocabulary
from prompts.blocks import Layer, Term
from prompts.rendering import Placement

__all__ = ["best", "decide", "entries", "join", "layers", "ranked", "trial"]

GRAVITY = {Layer.FORMAT: 4, Layer.ANATOMY: 2, Layer.QUALITY: 1}
"""A take in the wrong format cannot be cut into the film; a slip of anatomy shows; a quality fault can be graded."""


def decide(take_id: str, *, terms: Sequence[Term], looked: Looked) -> Verdict:
    """The verdict on one take. Only a take in which everything that could be looked at is absent passes."""
    findings = join(terms, looked)
    decision, reason = _decision(findings, complaint=looked.footage.complaint)
    return Verdict(
        take_id=take_id,
        decision=decision,
        findings=findings,
        footage=looked.footage,
        reason=reason,
        hints=_hints(terms, looked),
        nobody_looked=tuple(_named(findings, Sight.NOT_INSPECTABLE)),
    )


def layers(verdict: Verdict) -> Mapping[Layer, bool]:
    """Whether each layer passed: ``False`` with a term seen, ``True`` with all that was looked at absent.

    A layer nobody could tell about is left out. A clip that is not what was ordered says nothing about negatives.
    """
    if verdict.decision is Decision.BAD_MEDIA:
        return {}
    told = {layer: _layer(finding for finding in verdict.findings if finding.layer == layer) for layer in Layer}
    return {layer: passed for layer, passed in told.items() if passed is not None}


def best(candidates: Sequence[tuple[Take, Verdict]]) -> Take:
    """The take with the fewest grave faults, then the fewest doubts, then the fewest blind spots; then the earliest.

    Raises:
        ValueError: There is no take.
    """
    if not candidates:
        raise ValueError("there is no take to choose among")
    return ranked(candidates)[0][0]


def ranked(candidates: Sequence[tuple[Take, Verdict]]) -> tuple[tuple[Take, Verdict], ...]:
    """All takes, best first."""
    return tuple(sorted(candidates, key=lambda candidate: _badness(*candidate)))


def entries(
    take: Take, *, verdict: Verdict, placements: Sequence[Placement], besides: Sequence[Finding] = ()
) -> tuple[Entry, ...]:
    """One ledger row per finding; a term that was looked for but not sent has no channel. Bad media gives none."""
    if verdict.decision is Decision.BAD_MEDIA:
        return ()
    channels = {placement.term: placement.channel for placement in placements}
    return tuple(
        Entry(
            take_id=take.id,
            shot_id=take.shot_id,
            model=take.model,
            term=vocabulary.identity(finding.term),
            layer=Layer(finding.layer),
            channel=channels.get(finding.term),
            sight=finding.sight,
        )
        for finding in (*verdict.findings, *besides)
    )


def trial(take: Take, *, verdict: Verdict, nth_here: int, features: Mapping[Layer, str]) -> Trial | None:
    """The take as routing sees it; ``None`` when it told nothing about any layer."""
    told = layers(verdict)
    if not told:
        return None
    return Trial(shot_id=take.shot_id, model=take.model, nth_here=nth_here, layers=told, features=features)


def _decision(findings: Sequence[Finding], *, complaint: str) -> tuple[Decision, str]:
    seen, unsure = _named(findings, Sight.SEEN), _named(findings, Sight.UNSURE)
    absent, blind = _named(findings, Sight.ABSENT), _named(findings, Sight.NOT_INSPECTABLE)
    if complaint:
        return Decision.BAD_MEDIA, f"not the clip that was ordered: {complaint}"
    if seen:
        return Decision.MISS, f"seen: {', '.join(seen)}"
    if unsure:
        return Decision.UNSURE, f"could not be told: {', '.join(unsure)}"
    if not absent:
        return Decision.UNSURE, "nobody could look at any of its negatives"
    rest = f"; nobody could look at: {', '.join(blind)}" if blind else ""
    return Decision.PASS, f"not seen: {', '.join(absent)}{rest}"


def _named(findings: Sequence[Finding], sight: Sight) -> list[str]:
    return [finding.term for finding in findings if finding.sight is sight]


def _hints(terms: Sequence[Term], looked: Looked) -> tuple[str, ...]:
    """Things noticed that no term forbids, and that nobody set aside for this shot."""
    beside = [reading for reading in looked.readings if not speaks_for(reading, (*terms, *looked.besides))]
    return tuple(f"{reading.check}: {reading.reason}" for reading in beside if reading.sight is Sight.SEEN)


def _layer(findings: Iterable[Finding]) -> bool | None:
    sights = {finding.sight for finding in findings} - {Sight.NOT_INSPECTABLE}
    if Sight.SEEN in sights:
        return False
    return True if sights == {Sight.ABSENT} else None


def _badness(take: Take, verdict: Verdict) -> tuple[bool, int, int, int, int, str]:
    gravity = sum(GRAVITY[Layer(finding.layer)] for finding in verdict.findings if finding.sight is Sight.SEEN)
    unsure = len(_named(verdict.findings, Sight.UNSURE))
    blind = len(_named(verdict.findings, Sight.NOT_INSPECTABLE))
    return (verdict.decision is Decision.BAD_MEDIA, gravity, unsure, blind, take.number, take.id)
