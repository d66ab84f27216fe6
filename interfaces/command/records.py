"""Commands that read the records: shots, models, ledger, audit, contact sheet."""

from pathlib import Path

import anyio.to_thread
from rich.console import Console
from rich.table import Table

from agent.acting.answers import ledger_line, model_line
from agent.acting.project import stale_takes
from agent.auditing import audit as recompute
from agent.errors import StoreError
from agent.findings import Sight
from agent.money import usd
from agent.studio import Studio
from interfaces.command.terminal import console, cost, write
from interfaces.contact.gathering import Film, gather
from interfaces.contact.page import html
from interfaces.contact.poster import poster
from interfaces.settings import Settings
from interfaces.wiring import open_house

FAILED = 1


async def shots(settings: Settings, name: str | None) -> None:
    """A table of shots and takes."""
    async with open_house(settings) as house:
        studio, project = house.studio, await house.project(name)
        stale = {take.id for _, take in await stale_takes(studio, project.id)}
        table = Table("shot", "status", "take", "model", "verdict", "seen", "cost", "", title=project.name)
        for shot in await studio.store.shots(project.id):
            table.add_row(str(shot.number), shot.status, "", "", "", shot.sheet.action, "", "")
            for take in await studio.store.takes(shot_id=shot.id):
                verdict = await studio.store.verdict(take.id)
                seen = [finding.term for finding in verdict.findings if finding.sight is Sight.SEEN] if verdict else []
                marks = [
                    mark
                    for mark, on in (
                        ("circled", take.id == shot.picked_take_id),
                        ("stale", take.id in stale),
                        ("sandbox", take.sandbox),
                    )
                    if on
                ]
                decision = verdict.decision.value if verdict else "not inspected"
                price = usd(take.cost_micro_usd)
                table.add_row("", "", str(take.number), take.model, decision, ", ".join(seen), price, " ".join(marks))
        console().print(table)
        write(console(), f"{await cost(studio, project.id)} spent or promised.")


async def models(settings: Settings) -> None:
    """A line per model in reach."""
    async with open_house(settings) as house:
        if house.studio.sandbox:
            write(console(), "No vendor is configured: stand-ins answer for all of these (sandbox).")
        for profile in house.studio.profiles:
            write(console(), model_line(profile))
            read = ", ".join(sorted({f"{source.fact} [{source.evidence}] {source.read}" for source in profile.sources}))
            write(console(), f"    facts: {read}")


async def ledger(settings: Settings, name: str | None) -> None:
    """A line per term, model and channel."""
    async with open_house(settings) as house:
        project = await house.project(name)
        lines = await house.studio.store.ledger(project.id)
        if house.studio.sandbox:
            write(console(), "Sandbox: these figures come from stand-ins and say nothing about any vendor.")
        for line in lines:
            write(console(), ledger_line(line))
        if not lines:
            write(console(), "No take has been inspected yet.")


async def audit(settings: Settings, name: str | None) -> int:
    """The coverage over stored receipts, and every gap by shot."""
    async with open_house(settings) as house:
        project_id = (await house.project(name)).id if name else None
        found = await recompute(house.studio, project_id)
        for gap in found.gaps:
            missing = ", ".join(gap.missing)
            write(console(), f"shot {gap.shot}, {gap.model}, {gap.job_id}: the stored body lacks {missing}")
        write(console(), f"{found.receipts} receipts, both blocks in {found.coverage:.1%} of them.")
        return FAILED if found.gaps else 0


async def contact_sheet(settings: Settings, name: str | None, out: Path) -> None:
    """HTML and PNG into a folder."""
    async with open_house(settings) as house:
        project = await house.project(name)
        await write_contact_sheet(house.studio, project.id, out, out=console())


async def write_contact_sheet(studio: Studio, project_id: str, folder: Path, *, out: Console) -> None:
    """Both forms of the sheet.

    Raises:
        StoreError: The folder cannot be written.
    """
    with out.status("drawing the contact sheet"):
        film = await gather(studio, project_id)
        try:
            written = await anyio.to_thread.run_sync(_write_both, film, folder)
        except OSError as error:
            reason = f"{folder} cannot be written ({error.strerror}); name another folder with --out"
            raise StoreError(reason) from error
    write(out, f"Contact sheet: {' and '.join(str(file) for file in written)}")


def _write_both(film: Film, folder: Path) -> tuple[Path, Path]:
    page, picture = folder / "contact-sheet.html", folder / "contact-sheet.png"
    folder.mkdir(parents=True, exist_ok=True)
    page.write_text(html(film), encoding="utf-8")
    poster(film).save(picture)
    return page, picture
