"""How often the inspection is wrong about a layer of this film's takes, by what the person said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from agent.film import Verdict
from agent.findings import Finding, Looked
from agent.learning import USUAL_MISTAKES, Calibration, Label, Mistakes, Score
from agent.policy import calibration, judging
from agent.policy.shares import Share, share
from prompts import terms as vocabulary
from prompts.blocks import Layer, Term

FEWEST = 9
"""Takes of a layer, accepted or rejected, below which its usual mistakes are reckoned with."""

WEIGHT = 20
"""The usual mistakes count like so many takes."""

MOST = 0.45
"""No inspection is taken to be worse than a coin: its verdicts would be read the other way round."""


def told(
    labels: Iterable[Label], verdicts: Mapping[str, Verdict], scores: Iterable[Score], *, by: Calibration
) -> Mapping[Layer, tuple[Share, Share]]:
    """Per layer, accepted takes that miss it and rejected takes that pass it, with the limits of a calibration.

    A rejected take counts for the layers of the terms that the person named. What a judge said stays as it was.
    """
    mine: dict[str, list[Score]] = {}
    for score in scores:
        mine.setdefault(score.take_id, []).append(score)
    calls: dict[tuple[Layer, bool], list[bool]] = {}
    for label in labels:
        if label.take_id not in verdicts:
            continue
        verdict = again(verdicts[label.take_id], mine.get(label.take_id, ()), by=by)
        for layer, passed in judging.layers(verdict).items():
            if label.accepted or layer in _named(label, verdict):
                calls.setdefault((layer, label.accepted), []).append(passed is not label.accepted)
    return {layer: (_wrong(calls, layer, accepted=True), _wrong(calls, layer, accepted=False)) for layer in Layer}


def reckoned(told: Mapping[Layer, tuple[Share, Share]]) -> Mapping[Layer, Mistakes]:
    """What the routing rule reckons with: the layers with labels enough, pulled to the usual figure."""
    return {
        layer: Mistakes(false_alarms=_pulled(alarms), misses=_pulled(misses))
        for layer, (alarms, misses) in told.items()
        if max(alarms.of, misses.of) >= FEWEST
    }


def again(verdict: Verdict, scores: Sequence[Score], *, by: Calibration) -> Verdict:
    """The verdict with what was measured read again by the limits of a calibration."""
    lines = verdict.footage.lines
    readings = tuple(calibration.reread(score.reading, by, lines=lines) for score in scores)
    looked = Looked(footage=verdict.footage, readings=readings)
    return replace(verdict, findings=tuple(_again(finding, looked) for finding in verdict.findings))


def _again(finding: Finding, looked: Looked) -> Finding:
    if finding.method != "measured" or not looked.readings:
        return finding
    (anew,) = judging.join([Term(text=finding.term, layer=Layer(finding.layer))], looked)
    return anew


def _named(label: Label, verdict: Verdict) -> frozenset[Layer]:
    return frozenset(
        Layer(finding.layer) for finding in verdict.findings if vocabulary.identity(finding.term) in label.terms
    )


def _wrong(calls: Mapping[tuple[Layer, bool], Sequence[bool]], layer: Layer, *, accepted: bool) -> Share:
    found = calls.get((layer, accepted), ())
    return share(sum(found), len(found))


def _pulled(counted: Share) -> float:
    if counted.of < FEWEST:
        return USUAL_MISTAKES
    return min(MOST, (counted.count + USUAL_MISTAKES * WEIGHT) / (counted.of + WEIGHT))
