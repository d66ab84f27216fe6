"""What the thinking needs from outside, as Protocols; handed in as one `agent.studio.Studio`. Rows: `agent.store`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from agent.findings import Looked, Opinion, Picture
from agent.intents import Plan, Scene
from agent.jobs import Body, Checkup, Order, Progress, Still
from agent.profiles import Profile, StillLimits
from agent.screening import Screening
from agent.troubles import Trouble


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

    async def look(self, screening: Screening) -> Looked:
        """Readings, opinions and what the file is. A check that cannot run answers UNSURE with the reason."""
        ...


class Judge(Protocol):
    """A vision model that is asked about terms that no check can measure."""

    @property
    def name(self) -> str:
        """Stays with every opinion: ``"sandbox judge"`` or the model's name."""
        ...

    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        """One opinion per term. Whatever goes wrong is an opinion of UNSURE with the reason, never an exception.

        ``people`` is how many the shot asks for: what the judge counts is held against it.
        """
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

    async def reach(self, name: str) -> None:
        """The place of that name was reached."""
        ...
