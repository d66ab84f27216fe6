"""Commands that read the records: shots, ledger, audit."""

from agent import batches
from agent.acting import explaining
from agent.acting.answers import ledger_line
from agent.acting.explaining import dilution
from agent.acting.finding import stale_takes
from agent.auditing import audit as recompute
from agent.film import ShotStatus, Take, Verdict
from agent.findings import Sight
from agent.money import usd
from interfaces.command.terminal import console, cost, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone, chip
from interfaces.wiring import open_house

DONE, FAILED = 0, 1


async def shots(settings: Settings, name: str | None) -> None:
    """Every shot with its takes, what was seen in them, and what they cost."""
    async with open_house(settings) as house:
        studio, project, out = house.studio, await house.project(name), console()
        stale = {take.id for _, take in await stale_takes(studio, project.id)}
        known = sorted(await studio.store.shots(project.id), key=lambda shot: shot.number)
        for shot in known:
            because = f" ({shot.because})" if shot.because and shot.status is not ShotStatus.DELIVERED else ""
            write(out, Line(text=f"{shot.number:>3}  {shot.sheet.action}: {shot.stands}{because}", tone=Tone.PERSON))
            for take in await studio.store.takes(shot_id=shot.id):
                verdict = await studio.store.verdict(take.id)
                write(out, _take_line(take, verdict, picked=take.id == shot.picked_take_id, stale=take.id in stale))
        if not known:
            write(out, f"{project.name} has no shots yet; describe one in: countersteer chat")
        write(out, f"{project.name}: {await cost(studio, project.id)} spent or promised.")
        batch = await batches.latest(studio, project.id)
        if batch is not None and batch.going:
            write(out, f"{batch.line}.")


def _take_line(take: Take, verdict: Verdict | None, *, picked: bool, stale: bool) -> Line:
    """A take on one line: model, price, verdict, marks, and the terms that did not pass."""
    marks = [mark for mark, on in (("circled", picked), ("stale", stale), ("[sandbox]", take.sandbox)) if on]
    decision = verdict.decision.value if verdict else "not inspected"
    told = [f"{take.model:<24} {usd(take.cost_micro_usd):>7}  {decision:<9}", *marks]
    for sight in (Sight.SEEN, Sight.UNSURE):
        terms = [finding.term for finding in verdict.findings if finding.sight is sight] if verdict else []
        told += [f"{chip(sight)}: {', '.join(terms)}"] if terms else []
    return Line(text=f"     take {take.number}  {'  '.join(told)}", tone=Tone.GOOD if picked else Tone.PLAIN)


async def explain(settings: Settings, name: str | None, *, number: int) -> None:
    """Every choice of a shot with the figures of each model it was made among."""
    async with open_house(settings) as house:
        project = await house.project(name)
        shot = await house.studio.store.shot_numbered(project.id, number)
        for line in await explaining.explain(house.studio, shot, figures=True):
            write(console(), line)


async def ledger(settings: Settings, name: str | None) -> None:
    """A line per term, model and channel."""
    async with open_house(settings) as house:
        project = await house.project(name)
        lines = await house.studio.store.ledger(project.id)
        if house.studio.sandbox:
            write(console(), "Sandbox: these figures come from stand-ins and say nothing about any vendor.")
        for line in lines:
            write(console(), ledger_line(line))
        for sentence in await dilution(house.studio, project.id):
            write(console(), sentence)
        if not lines:
            write(console(), f"No take of {project.name} has been inspected yet.")


async def audit(settings: Settings, name: str | None) -> int:
    """The coverage over stored receipts, and every gap by shot."""
    async with open_house(settings) as house:
        out, project_id = console(), (await house.project(name)).id if name else None
        found = await recompute(house.studio, project_id)
        for gap in found.gaps:
            missing = ", ".join(gap.missing)
            text = f"shot {gap.shot}, {gap.model}, {gap.job_id}: the stored body lacks {missing}"
            write(out, Line(text=text, tone=Tone.BAD))
        if not found.receipts:
            write(out, "Nothing was sent yet, so there is no receipt to look at.")
            return DONE
        whole = found.receipts - len(found.gaps)
        write(out, f"Both blocks are in {whole} of {count(found.receipts, 'stored body', 'stored bodies')}.")
        return FAILED if found.gaps else DONE
