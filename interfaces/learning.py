"""What a film's labels would teach its eyes, gathered from its rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.learning import LOOK_KIND, UNCALIBRATED, Axis, Calibration, Label, Limit, Look
from agent.policy import calibration, erring
from agent.policy.calibration import Tuning
from agent.policy.shares import Share
from agent.store import Store
from prompts import terms as vocabulary
from prompts.blocks import Layer
from tools import parting
from tools.parting import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A film's labels, and the calibration they would make.

    Attributes:
        before: In force up to now.
        after: The same version, as it would be: what is stored from it is the next.
        mistakes: Per layer, false alarms and misses, by the limits of ``before`` and of ``after``.
        style: Looks of accepted and of rejected takes that the learned style could rest on.
    """

    labels: tuple[Label, ...]
    tunings: tuple[Tuning, ...]
    before: Calibration
    after: Calibration
    mistakes: tuple[Mapping[Layer, tuple[Share, Share]], Mapping[Layer, tuple[Share, Share]]]
    style: tuple[int, int]

    @property
    def new(self) -> bool:
        """Whether there is anything to store."""
        return self.after != self.before


async def lesson(store: Store, project_id: str) -> Lesson:
    """What the labels of a film teach now."""
    labels, scores = await store.labels(project_id), await store.scores(project_id)
    verdicts, before = await store.film_verdicts(project_id), await store.calibration(project_id)
    accepted, rejected = _sides(labels, await store.looks(project_id))
    tunings = calibration.tune(scores, labels, before=before)
    moved = replace(
        before,
        limits=_limits(tunings, before),
        style=parting.learn(accepted, rejected, kind=LOOK_KIND, terms=_named(labels)) or _kept(before.style),
    )
    told = (erring.told(labels, verdicts, scores, by=before), erring.told(labels, verdicts, scores, by=moved))
    return Lesson(
        labels=labels,
        tunings=tunings,
        before=before,
        after=replace(moved, mistakes=erring.reckoned(told[1])),
        mistakes=told,
        style=(len(accepted), len(rejected)),
    )


def restored(now: Calibration, earlier: Calibration) -> Calibration:
    """An earlier calibration, to be stored as the version after the present one."""
    return replace(earlier if earlier.version else UNCALIBRATED, version=now.version)


def _limits(tunings: Sequence[Tuning], before: Calibration) -> tuple[Limit, ...]:
    """The moved limits, and of the others those in force."""
    moved = {(each.limit.check, each.limit.lines): each.limit for each in tunings if each.limit}
    kept = {(limit.check, limit.lines): limit for limit in before.limits}
    return tuple(limit for _, limit in sorted((kept | moved).items(), key=lambda each: (each[0][0], each[0][1] or 0)))


def _sides(labels: Sequence[Label], looks: Sequence[Look]) -> tuple[list[Seen], list[Seen]]:
    """Looks of accepted takes, and of those rejected for their look, or without a word on what was wrong."""
    known = {look.take_id: look.numbers for look in looks if look.kind == LOOK_KIND}
    told = [(label, Seen(shot=label.shot_id, look=known[label.take_id])) for label in labels if label.take_id in known]
    accepted = [seen for label, seen in told if label.accepted]
    rejected = [seen for label, seen in told if not label.accepted and _about_look(label)]
    return accepted, rejected


def _about_look(label: Label) -> bool:
    return not label.terms or any(vocabulary.layer(term) is Layer.FORMAT for term in label.terms)


def _named(labels: Sequence[Label]) -> tuple[str, ...]:
    """Terms of the format that half as many takes as are needed were rejected for: what the line then speaks of."""
    counts = Counter(term for label in labels if not label.accepted for term in label.terms)
    often = (term for term, count in counts.items() if count >= parting.FEWEST // 2)
    return tuple(term for term in often if vocabulary.layer(term) is Layer.FORMAT)


def _kept(axis: Axis | None) -> Axis | None:
    """A line learned from looks of another kind says nothing any more."""
    return axis if axis is not None and axis.kind == LOOK_KIND else None
