"""The one place that picks concrete things: store, clips, vendors or their stand-ins, planner, eyes, graphs."""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpx
from starlette.types import ASGIApp

from agent.circuits import VendorCircuits
from agent.errands import Errands
from agent.errors import CountersteerError
from agent.film import Ceilings, Project
from agent.graphs import conversation as conversation_graph
from agent.graphs import shot as shot_graph
from agent.lines import Lines
from agent.policy import routing
from agent.ports import Eyes, Failpoints, Planner, VideoModel
from agent.reading.planner import RulePlanner
from agent.store import Store
from agent.studio import Studio
from agent.threads import Threads
from agent.watch import Watch
from interfaces import accounts, hooks, seeing
from interfaces.desk import Desk
from interfaces.folder import make_folder
from interfaces.hands import ElsewhereHands, Hands
from interfaces.observing import tracing
from interfaces.observing.meter import Meter
from interfaces.observing.vendors import WatchedEyes, WatchedVendor
from interfaces.on_call import OnCall
from interfaces.settings import Settings
from interfaces.times import Clock, new_id
from interfaces.times import now_us as wall_us
from interfaces.worker import Worker
from memory.checkpoints import open_checkpoints
from memory.clips import open_clips
from memory.errands import ErrandRows
from memory.leases import FOR_S, Leases
from memory.store import SqlStore, open_store
from prompts import defaults
from tools.checks import registry as checks
from tools.darkroom import Darkroom
from tools.eyes import Inspector
from tools.sandbox import app as sandbox
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan

if TYPE_CHECKING:
    from interfaces.language_models import LanguageModels

IN_PROCESS = "http://sandbox"
SANDBOX_JUDGE = "sandbox judge"
DATABASE = "countersteer.db"


class Unarmed:
    """Failpoints that do nothing."""

    async def reach(self, name: str) -> None:
        """Nothing happens here unless a test arms it."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a caller may put in the place of the usual."""

    fail: Failpoints = field(default_factory=Unarmed)
    faults: FaultPlan = field(default_factory=FaultPlan)
    seed: int | None = None
    sandbox: ASGIApp | None = None
    lease_s: float = FOR_S
    planner: Planner | None = None
    eyes: Eyes | None = None
    choose: routing.Choose = routing.choose
    clock: Clock = field(default_factory=Clock)
    worker: Callable[[Studio, shot_graph.Graph], Worker] = Worker


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything, opened and joined.

    Attributes:
        worker: Who does what turns set going: `own`, unless workers elsewhere do it.
        own: The worker of this process.
    """

    studio: Studio
    desk: Desk
    worker: Hands
    own: Worker
    errands: Errands
    threads: Threads
    folder: Path
    meter: Meter

    async def project(self, name: str | None, *, create: bool = False) -> Project:
        """The project of that name; without a name the only one there is.

        Raises:
            NotFoundError: There is none of that name, or none at all.
            CountersteerError: There are several and none was named.
        """
        known = await self.studio.store.projects()
        if name is None and len(known) > 1:
            names = ", ".join(project.name for project in known)
            raise CountersteerError(f"there are several films ({names}); say which with --project NAME")
        if name is None and known:
            return known[0]
        if not known and not create:
            raise CountersteerError("there is no film yet; make one with: countersteer project new NAME")
        wanted = name or "untitled"
        if create and wanted not in {project.name for project in known}:
            return await new_project(self.studio.store, wanted)
        return await self.studio.store.project_named(wanted)


async def new_project(store: Store, name: str) -> Project:
    """A film with the stated default blocks."""
    return await store.create_project(
        name,
        style=defaults.style().text,
        negative=defaults.negative(),
        ceilings=Ceilings(),
        ratio="16:9",
        seconds=5.0,
    )


@asynccontextmanager
async def open_house(settings: Settings, *, parts: Parts | None = None) -> AsyncGenerator[House]:
    """Open the films of the settings' folder or database, with the vendors that are configured or their stand-ins.

    Raises:
        StoreError: Folder or database cannot be used.
        HalfConfiguredError: A vendor's account lacks something.
    """
    parts = parts or Parts()
    make_folder(settings.folder)
    url = rows_of(settings)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(url, now_us=parts.clock.now_us, new_id=new_id))
        saver = await stack.enter_async_context(open_checkpoints(url))
        meter = Meter()
        studio = _studio(settings, parts, store=store, meter=meter, stack=stack)
        own = parts.worker(studio, shot_graph.build(saver))
        errands = ErrandRows(store.database, now_us=wall_us, new_id=new_id)
        elsewhere = ElsewhereHands(errands) if settings.workers_elsewhere else None
        worker = elsewhere or own
        desk = Desk(studio, conversation_graph.build(saver), worker, elsewhere=elsewhere.hear if elsewhere else None)
        house = House(
            studio=studio,
            desk=desk,
            worker=worker,
            own=own,
            errands=errands,
            threads=store,
            folder=settings.folder,
            meter=meter,
        )
        try:
            yield house
        finally:
            with anyio.CancelScope(shield=True):  # who is stopped closes all the same
                await stack.aclose()


def rows_of(settings: Settings) -> str:
    """Address of the database with the rows; it may hold a password."""
    url = settings.database_url
    return url.get_secret_value() if url else f"sqlite:///{settings.folder / DATABASE}"


def clips_of(settings: Settings) -> Path:
    """Folder of the clips."""
    return settings.clips_folder or settings.folder / "clips"


def _studio(settings: Settings, parts: Parts, *, store: SqlStore, meter: Meter, stack: AsyncExitStack) -> Studio:
    rehearsal = _rehearsal(settings, parts, stack)
    vendors = _vendors(settings, rehearsal, stack, clock=parts.clock)
    watch = _watch(meter, stack)
    return Studio(
        store=seeing.seen(store),
        clips=open_clips(clips_of(settings)),
        darkroom=Darkroom(),
        planner=parts.planner or _planner(settings, stack),
        eyes=WatchedEyes(inner=parts.eyes or _eyes(settings, rehearsal, stack), watch=watch),
        vendors={name: WatchedVendor(inner=vendor, watch=watch) for name, vendor in vendors.items()},
        sandbox=accounts.rehearsed(settings) if settings.live else frozenset(vendors),
        sandbox_pace=settings.sandbox_pace,
        now_us=parts.clock.now_us,
        new_id=new_id,
        lease=Leases(store.database, now_us=wall_us, new_id=new_id, for_s=parts.lease_s).hold,
        circuits=VendorCircuits(now_s=parts.clock.now_s),
        lines=Lines(now_s=parts.clock.now_s),
        fail=parts.fail,
        sleep=parts.clock.sleep,
        choose=parts.choose,
        callback=hooks.callback(settings),
        shares=settings.share_learning,
        watch=watch,
    )


def _watch(meter: Meter, stack: AsyncExitStack) -> Watch:
    """Counts and durations for whoever asks; traces too where an address for them is set."""
    if not tracing.wanted():
        return meter
    traces = tracing.over_http()
    stack.push_async_callback(anyio.to_thread.run_sync, traces.close)
    return tracing.Both(one=meter, other=traces)


def _rehearsal(settings: Settings, parts: Parts, stack: AsyncExitStack) -> ASGIApp | None:
    """The stand-ins in this process, where they answer; what they accepted survives it, in the data folder."""
    if settings.live or settings.sandbox_url:
        return None
    if parts.sandbox is not None:
        return parts.sandbox
    seed = settings.sandbox_seed if parts.seed is None else parts.seed
    built = sandbox.build(folder=settings.folder / "sandbox", seed=seed, pace=Pace(), plan=parts.faults)
    stack.callback(built.records.close)
    return built


def _vendors(
    settings: Settings, rehearsal: ASGIApp | None, stack: AsyncExitStack, *, clock: Clock
) -> Mapping[str, VideoModel]:
    if settings.live:
        opened = accounts.real(settings)
    elif rehearsal is None:
        opened = accounts.stand_ins(base_url=settings.sandbox_url or IN_PROCESS, transport=None)
    else:
        opened = accounts.stand_ins(base_url=IN_PROCESS, transport=httpx.ASGITransport(app=rehearsal), clock=clock)
    for vendor in opened.values():
        stack.push_async_callback(vendor.close)
    return opened


def _planner(settings: Settings, stack: AsyncExitStack) -> Planner:
    return _language_models(settings, stack).planner() if settings.llm.model else RulePlanner()


def _eyes(settings: Settings, rehearsal: ASGIApp | None, stack: AsyncExitStack) -> Inspector:
    """Every check there is; the vision model for real clips, the sandbox's judge for the sandbox's."""
    judge = OnCall(settings.vlm.model, lambda: _language_models(settings, stack).judge())
    url = settings.sandbox_url if rehearsal is None and settings.sandbox_url else IN_PROCESS
    stand_in = OnCall(
        SANDBOX_JUDGE,
        lambda: _language_models(settings, stack).sandbox_judge(url, rehearsal, name=SANDBOX_JUDGE),
    )
    return Inspector(
        checks.discover(),
        judge=judge if settings.vlm.model else None,
        sandbox_judge=None if settings.live else stand_in,
    )


def _language_models(settings: Settings, stack: AsyncExitStack) -> "LanguageModels":
    """Loaded when first asked: their client takes a quarter of a house's start."""
    from interfaces.language_models import LanguageModels  # noqa: PLC0415

    return LanguageModels(settings, stack)
