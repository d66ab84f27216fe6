"""What the rows say of shots, takes and money, in lines with figures."""

from agent.acting import finding, pacing
from agent.acting.outcome import Turn
from agent.film import Shot, ShotStatus
from agent.money import usd
from agent.studio import Studio


async def status(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """How far the batch is, if one moves, then every shot of the list and where it stands."""
    shots = await finding.listed(studio, turn)
    told = tuple(_line(shot) for shot in shots) or ("No shots yet.",)
    return (*await pacing.progress(studio, turn), *told)


async def failed(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """The shots that have no take that passed, and why; an unknown outcome is among them."""
    stuck = finding.FAILED | {ShotStatus.UNKNOWN}
    shots = [shot for shot in await finding.listed(studio, turn) if shot.status in stuck]
    if not shots:
        return ("No shot has failed.",)
    return (f"{len(shots)} shots have no take that passed:", *(_line(shot) for shot in shots))


async def spent(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """What is spent or promised, of how much, for how many takes."""
    project = await studio.store.project(turn.project_id)
    paid = await studio.store.spent_micro_usd(turn.project_id)
    made = await studio.store.takes(project_id=turn.project_id)
    rehearsed = " (sandbox money: a rehearsal, nothing was billed)" if any(take.sandbox for take in made) else ""
    ceiling = usd(project.ceilings.project_micro_usd)
    return (f"{usd(paid)} of {ceiling} is spent or promised, for {len(made)} takes{rehearsed}.",)


async def left(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """What may still be spent, by every ceiling of the film."""
    project = await studio.store.project(turn.project_id)
    paid = await studio.store.spent_micro_usd(turn.project_id)
    ceilings = project.ceilings
    rest = usd(max(0, ceilings.project_micro_usd - paid))
    return (
        f"{rest} of the budget of {usd(ceilings.project_micro_usd)} is left; {usd(paid)} is spent or promised.",
        f"Per shot at most {usd(ceilings.shot_micro_usd)}, per day {usd(ceilings.day_micro_usd)}; "
        f"above {usd(ceilings.ask_above_micro_usd)} you are asked first.",
    )


async def barred(studio: Studio, turn: Turn) -> tuple[str, ...]:
    """The models that no shot of this film goes to."""
    project = await studio.store.project(turn.project_id)
    if not project.excluded:
        return ("No model is kept out of this film.",)
    return (f"Kept out of this film: {', '.join(project.excluded)}.",)


async def takes(studio: Studio, turn: Turn, number: int | None) -> tuple[str, ...]:
    """The takes of a shot one by one, or how many each shot has."""
    if number is not None:
        shot = await finding.shot(studio, turn, number)
        return (f"Shot {shot.number}:", *await _takes_of(studio, shot))
    shots = await finding.listed(studio, turn)
    counts = {shot.number: len(await studio.store.takes(shot_id=shot.id)) for shot in shots}
    told = ", ".join(f"shot {number}: {count}" for number, count in counts.items())
    return (f"{sum(counts.values())} takes in all" + (f" ({told})." if told else "."),)


async def shot(studio: Studio, turn: Turn, number: int | None) -> tuple[str, ...]:
    """A shot as it stands: its sheet, what is set aside, its references and its takes."""
    found = await finding.shot(studio, turn, number)
    sheet = found.sheet
    parts = {
        "camera": str(sheet.camera),
        "lens": sheet.lens,
        "lighting": sheet.lighting,
        "palette": sheet.palette,
        "composition": sheet.composition,
        "atmosphere": sheet.atmosphere,
        "mood": sheet.mood,
        "attribution": sheet.attribution,
        "spoken": sheet.dialogue,
        "to be read": sheet.on_screen_text,
        "not in this shot": ", ".join(sheet.negative),
        "set aside here": ", ".join(found.exempt),
        "references": ", ".join(reference.label for reference in found.references),
        "length": f"{sheet.seconds:g} s" if sheet.seconds else "",
        "picture": sheet.aspect_ratio or "",
        "wished model": ", ".join(found.wishes.models),
    }
    told = (f"  {name}: {value}" for name, value in parts.items() if value)
    head = f"Shot {found.number}, revision {found.revision}, {found.stands}: {sheet.action}"
    return (head, *told, *await _takes_of(studio, found))


async def _takes_of(studio: Studio, shot: Shot) -> tuple[str, ...]:
    lines: list[str] = []
    for take in await studio.store.takes(shot_id=shot.id):
        verdict = await studio.store.verdict(take.id)
        said = f"{verdict.decision}: {verdict.reason}" if verdict else "not inspected"
        circled = ", circled" if take.id == shot.picked_take_id else ""
        lines.append(f"  take {take.number}, {take.model}, {usd(take.cost_micro_usd)}{circled}: {said}")
    return tuple(lines) or ("  no takes yet",)


def _line(shot: Shot) -> str:
    because = f" ({shot.because})" if shot.because else ""
    return f"  {shot.number:>3}  {shot.stands:<20} {shot.sheet.action}{because}"
