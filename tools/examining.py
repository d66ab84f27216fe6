"""Everything about one take that needs its pixels: whether it is the clip, what each check reads, what a judge sees.

Runs in a process of its own (`tools.confined`), so what goes in and comes out is small: no frame leaves it but as JPEG.
"""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.errors import BadClipError
from agent.findings import Footage, Picture, Reading, Sight
from agent.jobs import Still
from agent.learning import LOOK_KIND, UNCALIBRATED, Calibration
from agent.policy import calibration, joining
from agent.screening import Ordered
from prompts import terms as vocabulary
from prompts.blocks import Layer, Term
from prompts.references import Reference
from tools import media, parting, pictures, sampling, showing, soundness, stills, stylistics
from tools.media import Reel
from tools.viewing import Check, Measure, Viewing


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A clip and what to look for.

    Attributes:
        told: What the prompt says of the references.
        ordered: ``None`` where nobody ordered the clip: any length and shape will do.
        judged: Whether a judge will be asked, who needs pictures.
        besides: Terms the take was made without; measured, and never left to a judge.
        handmade: Whether the style names a medium that is made picture by picture.
    """

    clip: Path
    terms: tuple[Term, ...]
    checks: tuple[Check, ...]
    references: tuple[Still, ...] = ()
    told: tuple[Reference, ...] = ()
    ordered: Ordered | None = None
    judged: bool = False
    calibration: Calibration = UNCALIBRATED
    besides: tuple[Term, ...] = ()
    handmade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What the pixels gave.

    Attributes:
        look: As `tools.stylistics` describes it.
        left_open: Terms no measure that may stand alone has told about.
        shown: Pictures for a judge, by layer of the open terms.
        broken: Tracebacks of checks that broke.
    """

    footage: Footage
    readings: tuple[Reading, ...] = ()
    look: tuple[float, ...] = ()
    left_open: tuple[Term, ...] = ()
    shown: Mapping[Layer, tuple[Picture, ...]] = field(default_factory=dict[Layer, tuple[Picture, ...]])
    broken: tuple[str, ...] = ()


def examine(task: Task) -> Examined:
    """What the checks read in a clip. A file that is not the ordered clip gives its complaint only. Blocks."""
    try:
        reel = media.decode(task.clip, moments=sampling.MOMENTS if task.judged else 0)
    except BadClipError as error:
        return Examined(footage=soundness.unusable(f"{task.ordered or 'a clip was expected'}: {error}"))
    footage = soundness.footage(reel, ordered=task.ordered)
    if footage.complaint:
        return Examined(footage=footage)
    decoded, unreadable = stills.read(task.references, references=task.told)
    viewing = Viewing(reel=reel, stills=decoded, unreadable=unreadable, handmade=task.handmade)
    broken: list[str] = []
    look = _look(reel, broken)
    checks = chosen(task.checks, (*task.terms, *task.besides))
    measured = (
        calibration.reread(_read(check, viewing, broken), task.calibration, lines=reel.lines) for check in checks
    )
    readings = (*measured, *parting.told(look, task.calibration.style, kind=LOOK_KIND))
    left_open = tuple(term for term in task.terms if not joining.settled(term, readings))
    layers = {term.layer for term in left_open} if task.judged else set[Layer]()
    shown = {layer: _shown(layer, left_open, viewing) for layer in layers}
    return Examined(
        footage=footage, readings=readings, look=look, left_open=left_open, shown=shown, broken=tuple(broken)
    )


def chosen(checks: Sequence[Check], terms: Sequence[Term]) -> tuple[Check, ...]:
    """The checks that can speak for one of the terms, and those that always run."""
    asked = {vocabulary.identity(term.text) for term in terms}
    return tuple(check for check in checks if check.always or asked.intersection(check.terms))


def doubted(check: Check, reason: str) -> Reading:
    """The reading of a check that could not tell, which is never a pass."""
    told = f"{reason}; the take is to be looked at by a person"
    return check.reading(Measure(sight=Sight.UNSURE, told=told))


def _read(check: Check, viewing: Viewing, broken: list[str]) -> Reading:
    try:
        return showing.illustrated(check.look(viewing), viewing)
    except Exception as error:  # one broken check must not lose the other readings
        broken.append(f"check {check.name} broke\n{traceback.format_exc()}")
        return doubted(check, f"the check broke ({type(error).__name__}: {str(error)[:120]})")


def _look(reel: Reel, broken: list[str]) -> tuple[float, ...]:
    try:
        return stylistics.look(reel)
    except Exception:  # a take without a look is not learned from; its verdict stands all the same
        broken.append(f"the look of the clip could not be described\n{traceback.format_exc()}")
        return ()


def _shown(layer: Layer, left_open: Sequence[Term], viewing: Viewing) -> tuple[Picture, ...]:
    """Whole frames; for anatomy enlarged quarters besides."""
    whole = pictures.whole(viewing.reel)
    if layer is not Layer.ANATOMY:
        return whole
    over_time = any(vocabulary.over_time(term.text) for term in left_open)
    return whole + pictures.quarters(viewing.reel, over_time=over_time)
