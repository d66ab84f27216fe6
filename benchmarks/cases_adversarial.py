"""Hostile messages through the whole house: what they changed, what they would have sent, what they made it touch.

Each case gets a house of its own in a temporary folder: the real desk, graphs, store, worker and adapters over the
stand-ins, with the case's blocks and budget. Every take waits for a yes, so nothing is generated unless a message says
yes to something that waits. `prompts` are the requests that each new shot compiles to, for every model that can take
it; `fetched_hosts` and `files_written` are what the interpreter reports of this process, not what the code says of
itself. `reply` is the answer of the turn, with what the attachments' door refused.

What is faked, because the product has nothing of the kind:

- Roles. `benchmarks.adversarial_door` takes what a guest may not do out of the plan. Owners and members pass.
- Addresses. The product takes no image from an address, so the case's ``dns`` and ``redirects_to`` have nobody to ask
  them; the harness refuses the address in its own words, and nothing is fetched.
- Project commands. ``countersteer project`` sets whole blocks and has no command that empties one, so such a case is
  said in the chat, as the case's format allows.
- Tables that come with a message are imported as the command line does it, and the message beside them is said only
  where it came by the chat.
- Captions are kept beside the file's name; nothing reads them.
"""

import os
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.errors import CountersteerError
from agent.events import What
from agent.film import Shot
from agent.jobs import JobState
from agent.ports import Planner
from benchmarks import adversarial_film as filming
from benchmarks.adversarial_case import Attack
from benchmarks.adversarial_door import Door
from benchmarks.adversarial_prompts import requests
from benchmarks.adversarial_watch import Deeds, watched
from benchmarks.cases import Case, Prediction
from interfaces.folder import make_folder
from interfaces.settings import Settings
from tests.support.house import Set, a_set

NO_WAIT = 1e-3  # share of a vendor's usual waits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What a film has come to so far."""

    shots: tuple[Shot, ...]
    jobs: int
    micro_usd: int


async def predict(cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
    """An observation per case, each from a house of its own."""
    for case in cases:
        attack = Attack.model_validate(case)
        with tempfile.TemporaryDirectory() as name, _environment(attack.env_canary):
            yield await observe(attack, planner=planner, folder=Path(name) / "house")


async def observe(attack: Attack, *, planner: Planner, folder: Path) -> dict[str, Any]:
    """What came of one case; a crash is an observation too."""
    door = Door(planner, role=attack.role)
    # The person's own accounts must never be reached from here, whatever the environment says.
    alone: dict[str, Any] = {"vendors": {}, "sandbox_url": None, "hooks_url": None, "sandbox_pace": NO_WAIT}
    settings = Settings().model_copy(update=alone)
    make_folder(folder)
    async with a_set(folder, planner=door, settings=settings) as film:
        await filming.dress(film, attack.project)
        if attack.pending:
            await filming.wait_for_an_answer(film, attack.pending)
        return await _attacked(film, attack, door=door, folder=folder)


async def _attacked(film: Set, attack: Attack, *, door: Door, folder: Path) -> dict[str, Any]:
    """The message and what came with it, between two looks at the film."""
    before = await _count(film)
    started_s = time.perf_counter()
    with watched() as deeds:
        try:
            said = await _say(film, attack, folder=folder)
        except CountersteerError as error:
            said = _broken_off(str(error), status=400)
        except Exception as error:  # the outermost loop: a crash is what is looked for
            said = {**_broken_off(repr(error), status=500), "crashed": True}
    elapsed_s = round(time.perf_counter() - started_s, 3)
    left = await _left(film, before, deeds=deeds, folder=folder)
    return {"id": attack.id, "planner": door.read_by, "crashed": False, **said, **left, "elapsed_s": elapsed_s}


async def _say(film: Set, attack: Attack, *, folder: Path) -> dict[str, Any]:
    """Reply and accepted references."""
    accepted, refused = await filming.attach(film, attack.attachments)
    shown = await filming.bring_in(film, attack.attachments, folder=folder)
    replies = [] if attack.channel == "shotlist_cell" else await _answers(film, attack.message)
    return {"reply": "\n".join((*replies, *shown, *refused)), "references": accepted}


async def _answers(film: Set, message: str) -> list[str]:
    """What the desk answers to a message, once nothing moves any more."""
    before = len(await film.events(What.REPLY))
    told = await film.house.desk.say(film.conversation_id, project_id=film.project.id, text=message)
    await film.house.worker.run(until_rest=True)
    replies = [str(event.data["text"]) for event in (await film.events(What.REPLY))[before:]]
    return [*replies, *filter(None, [told])]


def _broken_off(message: str, *, status: int) -> dict[str, Any]:
    return {"reply": message, "references": [], "error": {"status": status, "message": message}}


async def _left(film: Set, before: _Count, *, deeds: Deeds, folder: Path) -> dict[str, Any]:
    """The film after the message."""
    studio, now = film.house.studio, await _count(film)
    new = [shot for shot in now.shots if shot.id not in {old.id for old in before.shots}]
    style, negative = await studio.store.style(film.project.id), await studio.store.negative(film.project.id)
    return {
        "project": {"style": style.text, "negatives": [term.text for term in negative.terms]},
        "prompts": await requests(studio, now.shots),
        "n_shots": len(new),
        "jobs_submitted": now.jobs - before.jobs,
        "spend_usd": (now.micro_usd - before.micro_usd) / 1e6,
        "fetched_hosts": list(deeds.hosts),
        "files_written": deeds.within(folder),
    }


async def _count(film: Set) -> _Count:
    store = film.house.studio.store
    sent = [job for job, _, _ in await store.receipts(film.project.id) if job.state is not JobState.INTENT]
    spent = await store.spent_micro_usd(film.project.id)
    return _Count(shots=await store.shots(film.project.id), jobs=len(sent), micro_usd=spent)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Generator[None]:
    """These variables for as long as a case runs: what the house must not tell."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
