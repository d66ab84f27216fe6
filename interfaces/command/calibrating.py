"""``countersteer calibrate``: what the person's choices taught the eyes of a film, and whether that is to hold."""

from collections.abc import Iterator

import typer
from rich.console import Console

from agent.learning import Calibration
from agent.policy.calibration import FEWEST, Tuning
from agent.policy.shares import Share
from interfaces import learning
from interfaces.command.terminal import console, count, write
from interfaces.learning import Lesson
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house
from prompts.blocks import Layer
from tools import parting

BY = "owner"
DONE, DECLINED = 0, 1


async def calibrate(settings: Settings, name: str | None, *, apply: bool) -> int:
    """Shows what the labels say of every check, and stores it where that is agreed to."""
    async with open_house(settings) as house:
        project, store, out = await house.project(name), house.studio.store, console()
        lesson = await learning.lesson(store, project.id)
        for line in told(lesson):
            write(out, line)
        if not lesson.new:
            write(out, "Nothing moves, so nothing is to be stored.")
            return DONE
        if not (apply or _agreed(f"Inspect {project.name} by this from now on?")):
            write(out, "Nothing was stored; --apply stores it without asking.")
            return DECLINED
        why = f"{count(len(lesson.labels), 'label')}"
        stored = await store.put_calibration(project.id, lesson.after, by=BY, why=why)
        _say_stored(out, project.name, stored)
    return DONE


async def take_back(settings: Settings, name: str | None, *, version: int) -> int:
    """Stores an earlier calibration, or none at all, as the newest one."""
    async with open_house(settings) as house:
        project, store, out = await house.project(name), house.studio.store, console()
        now, earlier = await store.calibration(project.id), await store.calibration(project.id, version=version)
        wanted = learning.restored(now, earlier)
        if wanted == now:
            write(out, f"{project.name} is inspected by that already; nothing was stored.")
            return DONE
        stored = await store.put_calibration(project.id, wanted, by=BY, why=f"restores version {version}")
        _say_stored(out, project.name, stored)
    return DONE


def told(lesson: Lesson) -> Iterator[Line]:
    """The labels, every check with its limits and error rates before and after, the layers, the learned style."""
    accepted = sum(label.accepted for label in lesson.labels)
    rejected = len(lesson.labels) - accepted
    yield Line(text=f"{count(accepted, 'take')} accepted by you, {rejected} rejected.", tone=Tone.PERSON)
    if accepted < FEWEST:
        yield Line(text=f"{FEWEST} accepted takes carry the first threshold; circle takes that are good.")
    for tuning in lesson.tunings:
        yield from _check(tuning)
    for layer in Layer:
        yield from _layer(lesson, layer)
    yield _style(lesson)


def _check(tuning: Tuning) -> Iterator[Line]:
    size = f" at {tuning.lines} lines" if tuning.lines else ""
    limit = tuning.limit
    if limit is None:
        head = f"{tuning.check}{size}: threshold {tuning.threshold:.3g}; {tuning.why}"
        yield Line(text=head, tone=Tone.QUIET)
    else:
        moved = (
            f"threshold {tuning.threshold:.3g} to {limit.threshold:.3g}, guard {tuning.guard:.3g} to {limit.guard:.3g}"
        )
        yield Line(text=f"{tuning.check}{size}: {moved}; {tuning.why}", tone=Tone.MOVE)
    yield Line(text=f"  false alarms: {_both(tuning.alarms)}; not called fault-free: {_both(tuning.doubts)}")
    if tuning.caught[0].of:
        yield Line(text=f"  of what you rejected for it, seen: {_both(tuning.caught)}")


def _layer(lesson: Lesson, layer: Layer) -> Iterator[Line]:
    before, after = (side[layer] for side in lesson.mistakes)
    if not (before[0].of or before[1].of):
        return
    alarms, misses = ((one, other) for one, other in zip(before, after, strict=True))
    yield Line(text=f"{layer} as a whole, false alarms: {_both(alarms)}; misses: {_both(misses)}")
    reckoned = lesson.after.mistakes.get(layer)
    if reckoned:
        figures = f"{reckoned.false_alarms:.0%} false alarms and {reckoned.misses:.0%} misses"
        yield Line(text=f"  routing reckons with {figures} of it", tone=Tone.MOVE)


def _style(lesson: Lesson) -> Line:
    axis, (accepted, rejected) = lesson.after.style, lesson.style
    have = f"there are {accepted} and {rejected}"
    if axis is None:
        kinds = f"{parting.FEWEST} accepted takes and {parting.FEWEST} rejected for their look"
        needs = f"needs {kinds}, each of {parting.FEWEST_SHOTS} shots or more; {have}"
        return Line(text=f"learned style: {needs}; style stays a hint", tone=Tone.QUIET)
    stands = "stands without a judge" if axis.auc >= parting.STANDS_FROM else "a hint only, it parts them too badly"
    rests = f"{axis.accepted} accepted and {axis.rejected} rejected takes"
    speaks = ", ".join(axis.terms)
    return Line(text=f"learned style: {rests}, AUC {axis.auc:.2f} cross-validated; {stands}; speaks for {speaks}")


def _both(shares: tuple[Share, Share]) -> str:
    before, after = shares
    return str(before) if before == after else f"{before} before, {after} after"


def _say_stored(out: Console, name: str, stored: Calibration) -> None:
    limits = count(len(stored.limits), "limit")
    write(out, f"Stored as version {stored.version} of {name}: {limits}. Takes are inspected by it from now on.")
    write(out, f"countersteer calibrate --back {stored.version - 1} takes it back.")


def _agreed(question: str) -> bool:
    """Whether the person says yes; where nobody is there to ask, it is a no."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        return False
