"""What the thinking needs from outside, as Protocols; handed in as one `agent.studio.Studio`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from agent.events import Event, Json, What
from agent.film import Ceilings, Project, Route, Shot, ShotStatus, Take, Verdict
from agent.findings import Looked, Opinion, Picture
from agent.images import Image
from agent.intents import Plan, Scene
from agent.jobs import Body, Checkup, Job, JobState, Order, Progress, Still
from agent.ledger import Entry, Line, Trial
from agent.profiles import Profile, StillLimits
from agent.troubles import Trouble
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.prompt import Prompt
from prompts.receipt import Receipt
from prompts.references import Reference
from prompts.rendering import Rendering


class Planner(Protocol):
    """Understands a turn."""

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means.

        Raises:
            PlannerError: A language model gave no usable answer. The rule-based planner raises nothing.
        """
        ...


class VideoModel(Protocol):
    """One vendor's wire. Translates both ways and decides nothing."""

    @property
    def vendor(self) -> str:
        """Name of the vendor, as in `Profile.vendor`."""
        ...

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The variants it offers, with settings' ids applied."""
        ...

    def compose(self, order: Order) -> Body:
        """The exact request for an order; pure.

        Raises:
            UnsupportedError: The order asks what this wire cannot say.
        """
        ...

    async def submit(self, body: Body, *, key: str) -> str:
        """Send it, once, and return the vendor's id. Never retries.

        Raises:
            VendorError: With `Trouble.UNKNOWN_OUTCOME` whenever the vendor may have accepted it.
        """
        ...

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Where the job stands; may be called as often as one likes.

        Raises:
            VendorError: The poll failed; says nothing about the job.
        """
        ...

    def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip's bytes in pieces of at most 64 KiB.

        Raises:
            VendorError: The link is refused or has expired; poll again for a fresh one.
        """
        ...

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call a job back; whether the vendor accepted that. Vendors without it answer ``False``."""
        ...

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """Look a job up by our key; ``None`` when the vendor does not know it.

        Raises:
            UnsupportedError: This vendor has no look-up.
            VendorError: The look-up itself failed.
        """
        ...

    async def check(self) -> Checkup:
        """What the vendor tells of the account without charge.

        Raises:
            VendorError: It could not be asked at all.
        """
        ...

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether a callback carries the vendor's valid signature; ``None`` where it signs none for this account.

        Raises:
            VendorError: The keys to check it with could not be had.
        """
        ...

    async def close(self) -> None:
        """Let go of its connections."""
        ...


class Darkroom(Protocol):
    """Prepares images for a vendor: the same image and limits always give the same bytes."""

    def fit(self, still: Still, limits: StillLimits, *, model: str) -> tuple[Still, tuple[str, ...]]:
        """The image within the limits, and a sentence for each change.

        Raises:
            UnsupportedError: It cannot be brought within them.
        """
        ...


class Eyes(Protocol):
    """Looks at a clip: every check that can speak for a term, and the judge for what is left open."""

    async def look(
        self, clip: Path, *, prompt: Prompt, seconds: int, ratio: str, references: Sequence[Still], sandbox: bool
    ) -> Looked:
        """Readings, opinions and what the file is. A check that cannot run answers UNSURE with the reason."""
        ...


class Judge(Protocol):
    """A vision model that is asked about terms that no check can measure."""

    @property
    def name(self) -> str:
        """Stays with every opinion: ``"sandbox judge"`` or the model's name."""
        ...

    async def judge(
        self, pictures: Sequence[Picture], *, terms: Sequence[str], references: Sequence[Still] = ()
    ) -> tuple[Opinion, ...]:
        """One opinion per term. Whatever goes wrong is an opinion of UNSURE with the reason, never an exception."""
        ...


class Clips(Protocol):
    """Where clips and reference images are kept, by generated names."""

    async def put(self, name: str, pieces: AsyncIterator[bytes], *, most_bytes: int) -> tuple[str, int]:
        """Store a stream under a new name: temporary file, sync, rename. Returns SHA-256 and size.

        Raises:
            StoreError: It cannot be written, the name is taken, or it passes ``most_bytes``.
        """
        ...

    def path(self, name: str) -> Path:
        """Where it lies, for a decoder."""
        ...

    async def read(self, name: str) -> bytes:
        """All of it; for reference images.

        Raises:
            StoreError: It is gone.
        """
        ...

    async def verify(self, name: str, *, sha256: str) -> bool:
        """Whether the file still is what was stored."""
        ...


class Store(Protocol):
    """Rows: the truth. Every method is one transaction; every id is of one project."""

    # projects and blocks
    async def create_project(
        self,
        name: str,
        *,
        style: str,
        negative: NegativeBlock,
        ceilings: Ceilings,
        ratio: str,
        seconds: float,
        motion: str = "",
    ) -> Project: ...
    async def project(self, project_id: str) -> Project: ...
    async def project_named(self, name: str) -> Project: ...
    async def projects(self) -> tuple[Project, ...]: ...
    async def save_project(self, project: Project) -> None: ...
    async def style(self, project_id: str, *, version: int | None = None) -> StyleBlock: ...
    async def negative(self, project_id: str, *, version: int | None = None) -> NegativeBlock: ...
    async def put_style(
        self, project_id: str, text: str, *, by: str, why: str, seen: int, motion: str | None = None
    ) -> StyleBlock:
        """Store a new version; ``seen`` is the version it was based on, whose motion text stays unless one is given.

        Raises:
            ConflictError: There is a newer one.
        """
        ...

    async def put_negative(
        self, project_id: str, block: NegativeBlock, *, by: str, why: str, seen: int
    ) -> NegativeBlock: ...
    async def add_reference(self, project_id: str, reference: Reference, *, image: Image, note: str) -> None: ...
    async def references(self, project_id: str) -> tuple[tuple[Reference, Image], ...]:
        """Each reference of the film as it is now, with its image."""
        ...

    async def image(self, project_id: str, reference: Reference) -> Image:
        """The image of a reference, also of one whose label was given to another since.

        Raises:
            NotFoundError: The project never had it.
        """
        ...

    # conversations, turns, open questions
    async def open_conversation(self, project_id: str, *, door: str) -> str: ...
    async def conversations(self, project_id: str) -> tuple[str, ...]: ...
    async def add_turn(self, conversation_id: str, text: str) -> str: ...
    async def finish_turn(self, turn_id: str, *, reply: str) -> None: ...
    async def turn_text(self, turn_id: str) -> str: ...
    async def ask(self, shot: Shot, *, kind: str, question: Mapping[str, Json]) -> str:
        """Open a question; its id. A shot has at most one open: a second call returns the first's id."""
        ...

    async def open_questions(self, project_id: str) -> tuple[tuple[str, str, Mapping[str, Json]], ...]:
        """Id, shot id and content of each, the content with the ``kind`` it was asked as."""
        ...

    async def answer(self, decision_id: str, answer: Mapping[str, Json]) -> bool:
        """Close a question once; ``False`` when it was closed already."""
        ...

    async def answered(self, decision_id: str) -> Mapping[str, Json] | None:
        """The answer to a question, ``None`` while it is open."""
        ...

    # shots and what is made for them
    async def add_shot(self, shot: Shot) -> Shot:
        """Store it under the project's next number (``shot.number`` is ignored), once per id.

        A second call with the same id returns what is stored, so that a turn taken up again makes no second shot.
        """
        ...

    async def shot(self, shot_id: str) -> Shot: ...
    async def shot_numbered(self, project_id: str, number: int) -> Shot: ...
    async def shots(self, project_id: str) -> tuple[Shot, ...]: ...
    async def save_shot(self, shot: Shot) -> None:
        """Store a changed shot. A changed sheet keeps its old revision in the history."""
        ...

    async def set_status(self, shot_id: str, status: ShotStatus, *, because: str = "") -> None: ...
    async def pick(self, shot_id: str, take_id: str, *, status: ShotStatus, because: str = "") -> None: ...
    async def keep_prompt(self, project_id: str, prompt: Prompt) -> str: ...
    async def prompt(self, digest: str) -> Prompt: ...
    async def keep_route(self, project_id: str, route: Route) -> None: ...
    async def routes(self, shot_id: str) -> tuple[Route, ...]: ...
    async def route(self, route_id: str) -> Route: ...

    # jobs and money
    async def reserve(self, job: Job, *, prompt_digest: str, rendering: Rendering, receipt: Receipt) -> Job:
        """Intent, reservation and receipt in one fully synced transaction.

        Raises:
            CeilingError: It would pass a ceiling; nothing is stored.
        """
        ...

    async def save_job(self, job: Job, *, was: JobState) -> None:
        """Move a job on from the state it was read in.

        Raises:
            ConflictError: It is no longer in that state.
        """
        ...

    async def job(self, job_id: str) -> Job: ...
    async def jobs(self, *, shot_id: str | None = None, states: Sequence[JobState] = ()) -> tuple[Job, ...]: ...
    async def receipts(self, project_id: str | None = None) -> tuple[tuple[Job, str, Receipt], ...]:
        """Each with its job and prompt digest, oldest first."""
        ...

    async def rendering(self, job_id: str) -> Rendering: ...
    async def receipt(self, job_id: str) -> Receipt: ...
    async def prompt_digest(self, job_id: str) -> str: ...
    async def spent_micro_usd(self, project_id: str, *, since_us: int = 0) -> int:
        """Paid and reserved together: what the ceilings count."""
        ...

    # takes, verdicts, ledger
    async def keep_take(self, take: Take) -> Take:
        """Store it under the shot's next number; the job moves to KEPT in the same transaction."""
        ...

    async def take(self, take_id: str) -> Take: ...
    async def takes(self, *, project_id: str | None = None, shot_id: str | None = None) -> tuple[Take, ...]: ...
    async def keep_verdict(self, verdict: Verdict, *, trial: Trial | None, entries: Sequence[Entry]) -> None: ...
    async def verdict(self, take_id: str) -> Verdict | None: ...
    async def trials(self, project_id: str) -> tuple[Trial, ...]: ...
    async def ledger(self, project_id: str) -> tuple[Line, ...]: ...

    # events
    async def tell(
        self,
        what: What,
        data: Mapping[str, Json],
        *,
        project_id: str,
        conversation_id: str,
        shot_id: str | None = None,
        turn_id: str | None = None,
    ) -> Event: ...
    async def events(self, *, conversation_id: str, after: int = 0) -> tuple[Event, ...]: ...


class Circuits(Protocol):
    """Which vendors are out: a bad key until a person mends it, an outage until a probe goes through."""

    def closed(self, vendor: str) -> Trouble | None:
        """Why nothing is sent there now."""
        ...

    def report(self, vendor: str, trouble: Trouble | None) -> None:
        """Tell how the last request went; ``None`` for well."""
        ...


class Failpoints(Protocol):
    """Named places where a test may raise, wait or kill; does nothing unless armed."""

    async def reach(self, name: str) -> None: ...
