"""Rows of jobs with their money and proof: the part of `agent.store.Store` that never forgets what was paid."""

from collections.abc import Sequence
from typing import Protocol

from agent.jobs import Job, JobState
from prompts.receipt import Receipt
from prompts.rendering import Rendering


class JobRows(Protocol):
    """Every intention to buy a clip, from before it is sent."""

    async def reserve(self, job: Job, *, prompt_digest: str, rendering: Rendering, receipt: Receipt) -> Job:
        """Intent, reservation and receipt in one fully synced transaction.

        Raises:
            CeilingError: It would pass a ceiling; nothing is stored.
        """
        ...

    async def start_job(self, sending: Job, *, waiting: Job, line: Sequence[str], slots: int) -> Job:
        """Move an INTENT to SENDING if a slot is free and its film is not paused, else to how it waits; what it became.

        Args:
            sending: As it is while it is sent.
            waiting: As it is in line, an INTENT still.
            line: The models that share the slots.
            slots: How many of their jobs may be at the vendor at once, over all processes.

        Raises:
            ConflictError: It is no longer an INTENT.
        """
        ...

    async def call_next(self, line: Sequence[str], *, slots: int) -> Job | None:
        """Make the first job of those models that waits for a slot due now; ``None`` where none is free, or none waits.

        Films take turns. Within one, a shot that has a take already goes before a new one, then the lowest number. Jobs
        of a paused film are passed over, and those called a moment ago.
        """
        ...

    async def in_line(self, line: Sequence[str]) -> int:
        """How many jobs of those models wait for a slot, without those of paused films."""
        ...

    async def pause(self, project_id: str) -> bool:
        """Send nothing more for a film, in no process, until `unpause`; ``False`` where it was paused already."""
        ...

    async def unpause(self, project_id: str) -> bool:
        """Let a film's jobs leave their lines again; ``False`` where it was not paused."""
        ...

    async def paused_us(self, project_id: str) -> int | None:
        """Since when a film is paused, microseconds UTC; ``None`` where it is not."""
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
