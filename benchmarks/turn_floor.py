"""What a turn and its shot need before any row is kept: understanding, proving, deciding, and the vendor's wire.

Every part is called by itself as a shot calls it, in a house that has shot one. Beside the bare graph this is the least
a turn can take; what lies above it is the rows, the events and the locks that keep money and story whole.
"""

import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial

from agent import choosing, composing
from agent.choosing import Chosen
from agent.film import Shot
from agent.graphs.scenes import scene
from agent.intents import Scene
from agent.jobs import Body
from agent.policy import routing
from agent.stills import Stills
from agent.studio import Studio
from agent.writing import write

TIMES = 12


async def floor(studio: Studio, shot: Shot, *, message: str) -> dict[str, float]:
    """CPU milliseconds of each part, as often as one turn with its shot does it."""
    chosen, seen = await _chosen(studio, shot), await _seen(studio, shot)
    return {
        "understanding the message": await _ms(partial(studio.planner.plan, message, scene=seen)),
        "deciding": await _ms(partial(_decide, studio, chosen)),
        "rendering, writing and proving, twice": 2 * await _ms(partial(_write, studio, shot, chosen)),
        "submit, two polls and a fetch": await _ms(partial(_wire, studio, shot)),
    }


async def _decide(studio: Studio, chosen: Chosen) -> None:
    routing.choose(chosen.known, profiles=studio.profiles, trials=())


async def _write(studio: Studio, shot: Shot, chosen: Chosen) -> None:
    prompt = await composing.compose(studio, shot)
    profile, seconds = studio.profile(chosen.choice.model), chosen.choice.seconds
    images = Stills(looks=(), first_frame=None)
    await write(studio, prompt, profile, images=images, seconds=seconds, ratio=chosen.known.ratio, key="draft")


async def _wire(studio: Studio, shot: Shot) -> None:
    """The body that left for the shot leaves again, under a key of its own."""
    job = (await studio.store.jobs(shot_id=shot.id))[0]
    receipt, vendor = await studio.store.receipt(job.id), studio.vendor_of(job.model)
    key = studio.new_id("job")
    body = Body(method="POST", path=receipt.path, content=receipt.body.replace(job.id, key).encode("utf-8"))
    vendor_id = await vendor.submit(body, key=key)
    await vendor.poll(vendor_id, model=job.model)
    progress = await vendor.poll(vendor_id, model=job.model)
    async for _ in vendor.fetch(progress.media or ""):
        pass


async def _chosen(studio: Studio, shot: Shot) -> Chosen:
    found = await choosing.choose(studio, shot, await composing.compose(studio, shot))
    assert isinstance(found, Chosen)
    return found


async def _seen(studio: Studio, shot: Shot) -> Scene:
    return await scene(studio, shot.project_id, conversation_id=shot.conversation_id, turn_id="")


async def _ms(work: Callable[[], Awaitable[object]]) -> float:
    spent: list[float] = []
    for _ in range(TIMES):
        started_s = time.process_time()
        await work()
        spent.append((time.process_time() - started_s) * 1000)
    return statistics.median(spent)
