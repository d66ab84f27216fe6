"""Where rows are kept, as a Protocol; `memory.store` implements it over SQLite and Postgres."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from agent.events import Event, Json, What
from agent.film import Ceilings, Project, Route, Shot, ShotStatus, Take, Verdict
from agent.history import Cause, Change
from agent.images import Image
from agent.inquiries import Inquiry
from agent.job_rows import JobRows
from agent.jobs import Job
from agent.learning import Calibration, Label, Look, Score
from agent.ledger import Crowd, Entry, Line, Trial
from agent.people import HOUSE, People
from agent.talks import Said, Talk
from agent.versions import Version
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.prompt import Prompt
from prompts.references import Reference
from prompts.sheet import Sheet

R = TypeVar("R")


class Store(JobRows, People, Protocol):
    """Rows: the truth. Every method is one transaction; every id is of one project."""

    async def together(self, work: Callable[[], Awaitable[R]], *, durable: bool = False) -> R:
        """All that this work reads and writes in one transaction: rows first, then the events that tell of them.

        Args:
            work: Short, and on rows alone: others wait for it.
            durable: On the disk when it returns; wanted where one of its methods promises that.
        """
        ...

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
    async def save_project(self, project: Project, *, cause: Cause | None = None) -> None:
        """Store a changed project; like every change with a cause it is in `changes` afterwards."""
        ...

    async def style(self, project_id: str, *, version: int | None = None) -> StyleBlock: ...
    async def negative(self, project_id: str, *, version: int | None = None) -> NegativeBlock: ...
    async def styles(self, project_id: str) -> tuple[Version[StyleBlock], ...]:
        """Every version, oldest first; so does `negatives`."""
        ...

    async def negatives(self, project_id: str) -> tuple[Version[NegativeBlock], ...]: ...
    async def put_style(
        self,
        project_id: str,
        text: str,
        *,
        by: str,
        why: str,
        seen: int,
        motion: str | None = None,
        cause: Cause | None = None,
    ) -> StyleBlock:
        """Store a new version; ``seen`` is the version it was based on, whose motion text stays unless one is given.

        Raises:
            ConflictError: There is a newer one.
        """
        ...

    async def put_negative(
        self, project_id: str, block: NegativeBlock, *, by: str, why: str, seen: int, cause: Cause | None = None
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
    async def conversation(self, conversation_id: str) -> Talk: ...
    async def talks(self, project_id: str) -> tuple[Talk, ...]: ...
    async def add_turn(
        self, conversation_id: str, text: str, *, turn_id: str | None = None, said_by: str = HOUSE
    ) -> str:
        """Keep what the person wrote, under a fresh id where none is given.

        Raises:
            ConflictError: There is a turn of that id already.
        """
        ...

    async def turn(self, turn_id: str) -> Said: ...
    async def turns(self, conversation_id: str) -> tuple[Said, ...]: ...
    async def unanswered(self) -> tuple[Said, ...]:
        """Turns that nobody has finished acting on, oldest first."""
        ...

    async def finish_turn(self, turn_id: str, *, reply: str) -> None: ...
    async def turn_text(self, turn_id: str) -> str: ...
    async def said(self, conversation_id: str, *, before: str, most: int) -> tuple[tuple[str, str], ...]:
        """The last turns before a turn, latest first: their ids and what the person wrote."""
        ...

    async def inquire(self, conversation_id: str, *, kind: str, question: Mapping[str, Json]) -> str:
        """Ask something that is about no single shot; its id. It takes the place of one still open."""
        ...

    async def inquiry(self, conversation_id: str) -> Inquiry | None:
        """What was asked so and is still open."""
        ...

    async def close_inquiry(self, inquiry_id: str, answer: Mapping[str, Json]) -> bool:
        """Close it once; ``False`` when it was closed already."""
        ...

    async def ask(self, shot: Shot, *, kind: str, question: Mapping[str, Json]) -> str:
        """Open a question; its id. A shot has at most one open: a second call returns the first's id."""
        ...

    async def open_questions(self, project_id: str) -> tuple[tuple[str, str, Mapping[str, Json]], ...]:
        """Id, shot id and content of each, the content with the ``kind`` it was asked as."""
        ...

    async def answer(self, decision_id: str, answer: Mapping[str, Json]) -> bool:
        """Close a question once; ``False`` when it was closed already."""
        ...

    async def approved_micro_usd(self, shot_id: str) -> int:
        """The highest price per take that was agreed to for a shot; 0 for none."""
        ...

    async def answered(self, decision_id: str) -> Mapping[str, Json] | None:
        """The answer to a question, ``None`` while it is open."""
        ...

    # shots and what is made for them
    async def add_shot(self, shot: Shot, *, cause: Cause | None = None) -> Shot:
        """Store it under the project's next number (``shot.number`` is ignored), once per id.

        A second call with the same id returns what is stored, so that a turn taken up again makes no second shot.
        """
        ...

    async def add_shots(self, shots: Sequence[Shot], *, cause: Cause | None = None) -> tuple[Shot, ...]:
        """Store several under the project's next numbers, in their order: all of them or none."""
        ...

    async def shot(self, shot_id: str) -> Shot: ...
    async def shot_numbered(self, project_id: str, number: int) -> Shot: ...
    async def shots(self, project_id: str) -> tuple[Shot, ...]:
        """All shots of a film by number, with those that were taken out of the list."""
        ...

    async def latest_shots(self, project_id: str, *, most: int) -> tuple[Shot, ...]:
        """The last so many shots of the list, by number."""
        ...

    async def shot_numbers(self, project_id: str) -> Mapping[str, int]:
        """By id, the numbers of all shots of the list."""
        ...

    async def renumber(self, project_id: str, shot_ids: Sequence[str], *, cause: Cause | None = None) -> None:
        """Give those shots the numbers they have among them anew, in that order."""
        ...

    async def save_shot(self, shot: Shot, *, cause: Cause | None = None) -> None:
        """Store a changed shot. A changed sheet keeps its old revision in the history."""
        ...

    async def set_status(self, shot_id: str, status: ShotStatus, *, because: str = "") -> None: ...
    async def pick(
        self, shot_id: str, take_id: str, *, status: ShotStatus, because: str = "", cause: Cause | None = None
    ) -> None: ...
    async def keep_prompt(self, project_id: str, prompt: Prompt) -> str: ...
    async def prompt(self, digest: str) -> Prompt: ...
    async def keep_route(self, project_id: str, route: Route) -> None: ...
    async def routes(self, shot_id: str) -> tuple[Route, ...]: ...
    async def route(self, route_id: str) -> Route: ...

    # history
    async def changes(self, project_id: str) -> tuple[Change, ...]:
        """What turns changed in a film, oldest first; written in the transaction of each change."""
        ...

    async def latest_changes(self, project_id: str, *, most: int) -> tuple[Change, ...]:
        """The last so many, oldest first, without what they changed from and to."""
        ...

    async def earlier_sheets(self, shot_id: str) -> Mapping[int, Sheet]:
        """The sheets a shot had before, by revision."""
        ...

    # takes, verdicts, ledger
    async def keep_take(self, take: Take) -> Take:
        """Store it under the shot's next number; the job moves to KEPT in the same transaction."""
        ...

    async def take(self, take_id: str) -> Take: ...
    async def takes(self, *, project_id: str | None = None, shot_id: str | None = None) -> tuple[Take, ...]: ...
    async def keep_verdict(
        self,
        verdict: Verdict,
        *,
        trial: Trial | None,
        entries: Sequence[Entry],
        scores: Sequence[Score] = (),
        look: Look | None = None,
    ) -> None: ...
    async def verdict(self, take_id: str) -> Verdict | None: ...
    async def trials(self, project_id: str) -> tuple[Trial, ...]: ...
    async def other_trials(self, project_id: str, *, rehearsed: Collection[str], most: int) -> tuple[Trial, ...]: ...
    async def ledger(self, project_id: str) -> tuple[Line, ...]: ...
    async def crowds(self, project_id: str) -> tuple[Crowd, ...]: ...

    # what the eyes learn
    async def label(self, project_id: str, label: Label, *, cause: Cause | None = None) -> None:
        """Keep what the person said of a take; like every change with a cause it is in `changes` afterwards."""
        ...

    async def unlabel(self, project_id: str, take_id: str, *, cause: Cause | None = None) -> None:
        """Take that word back; nothing where there is none."""
        ...

    async def labels(self, project_id: str) -> tuple[Label, ...]: ...
    async def scores(self, project_id: str) -> tuple[Score, ...]: ...
    async def looks(self, project_id: str) -> tuple[Look, ...]: ...
    async def calibration(self, project_id: str, *, version: int | None = None) -> Calibration:
        """The newest unless a version is named; `UNCALIBRATED` where there is none yet."""
        ...

    async def put_calibration(self, project_id: str, calibration: Calibration, *, by: str, why: str) -> Calibration:
        """Store it as the version after ``calibration.version``, which it was based on.

        Raises:
            ConflictError: There is a newer one.
        """
        ...

    # a whole film at one look, or one of its shots
    async def film_routes(self, project_id: str, *, shot_id: str | None = None) -> tuple[Route, ...]: ...
    async def film_jobs(self, project_id: str, *, shot_id: str | None = None) -> tuple[Job, ...]: ...
    async def film_verdicts(self, project_id: str, *, shot_id: str | None = None) -> Mapping[str, Verdict]:
        """By take; the pictures of the evidence left out."""
        ...

    async def spent_by_shot(self, project_id: str) -> Mapping[str, int]:
        """Paid and reserved together, of every shot that anything was bought for."""
        ...

    async def progress(self, project_id: str) -> Mapping[str, tuple[int, float]]:
        """By shot, when its vendor last said how far a clip is, and the share that was done."""
        ...

    async def looked_s(self, project_id: str) -> tuple[float, ...]:
        """How long the latest inspections of takes took, in seconds."""
        ...

    async def last_told(self, project_id: str, what: What) -> Event | None:
        """The latest event of a kind in a film."""
        ...

    async def last_event(self, project_id: str | None = None) -> int: ...

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
    async def events(
        self, *, conversation_id: str | None = None, project_id: str | None = None, after: int = 0
    ) -> tuple[Event, ...]:
        """What happened after that number: in a conversation, in a film, or at all."""
        ...
