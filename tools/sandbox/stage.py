"""Where an accepted order becomes a job: read, drawn from the bite model, timed, recorded."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tools.sandbox import bite, reading, stills
from tools.sandbox.bite import Temper
from tools.sandbox.callbacks import Callbacks
from tools.sandbox.clips import Clips
from tools.sandbox.clock import QUEUED_SHARE, Clock, Pace
from tools.sandbox.faultplan import FaultPlan, Mishap
from tools.sandbox.reading import Wish
from tools.sandbox.records import NEVER_S, Accepted, Outcome, Records
from tools.sandbox.scene import Fault, Key, Scene

SHORT_SIDE_PX = 480  # whatever was ordered: drawing stays quick, and `x-sandbox: 1` says so
LONGEST_SIDE_PX = 1280
SLOTS = 5  # open jobs per model; vendors publish none, they are told per account

OUTCOMES = {
    Mishap.MODERATE_INPUT: Outcome.REFUSED,
    Mishap.MODERATE_OUTPUT: Outcome.WITHHELD,
    Mishap.FAIL_TRANSIENT: Outcome.BROKEN,
}


class SlotsBusyError(Exception):
    """As many jobs are open on this model as the account may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a wire understood of one request.

    Attributes:
        text: Prompt text as the model reads it.
        ratio: Width over height.
        references: Look references whose bytes arrived, in order; addresses elsewhere are not visited.
        waits: Over the limit the vendor lets it wait instead of refusing it.
        expires_after_s: The vendor gives the job up when it is not done by then.
    """

    vendor: str
    model: str
    temper: Temper
    route: str
    body: bytes
    text: str
    seconds: float
    ratio: float
    price_micro_usd: int
    negative_field: str = ""
    key: str | None = None
    references: tuple[bytes, ...] = ()
    waits: bool = False
    expires_after_s: float = NEVER_S

    @property
    def words(self) -> str:
        """All the model reads; what is drawn for the order hangs on it."""
        return f"{self.text}\n{self.negative_field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all stand-ins of one sandbox share."""

    records: Records
    clips: Clips
    clock: Clock
    pace: Pace
    plan: FaultPlan
    callbacks: Callbacks
    seed: int
    slots: int = SLOTS

    def accept(
        self, order: Order, *, mishap: Mishap | None = None, new_id: Callable[[], str] | None = None
    ) -> Accepted:
        """Keep the order as a job; what happens to it is decided here, once.

        Raises:
            SlotsBusyError: Too many open jobs on this model.
            DuplicateKeyError: The client's key was used before.
        """
        job_id = (new_id or _uuid)()
        wish = reading.read(order.text, negative_field=order.negative_field)

        def draft(take: int, ends: list[float]) -> Accepted:
            now_s = self.clock.now_s()
            course = self._course(order, ends, take=take, mishap=mishap, now_s=now_s)
            return Accepted(
                id=job_id,
                vendor=order.vendor,
                model=order.model,
                take=take,
                words=order.words,
                key=order.key,
                route=order.route,
                body=order.body,
                scene=self._scene(order, wish, take=take),
                outcome=Outcome.EXPIRED if course.expires else _outcome(order, mishap),
                mishap=mishap,
                price_micro_usd=order.price_micro_usd,
                created_s=now_s,
                held_s=course.held_s,
                starts_s=course.starts_s,
                ends_s=course.ends_s,
            )

        return self.records.accept(
            vendor=order.vendor, model=order.model, words=order.words, key=order.key, draft=draft
        )

    def clip(self, job: Accepted) -> bytes:
        """The job's media as the vendor would serve it; drawn once. Blocks: call it off the event loop."""
        return self.clips.get(job)

    def _course(self, order: Order, ends: list[float], *, take: int, mishap: Mishap | None, now_s: float) -> "_Course":
        held_s = self._held_s(order, [end for end in ends if end > now_s], mishap=mishap, now_s=now_s)
        share = bite.unit(self.seed, "pace", order.vendor, order.model, order.words, take)
        job_s = self.pace.job_s(share, slow=mishap is Mishap.SLOW)
        ends_s = NEVER_S if mishap is Mishap.NEVER_ENDS else held_s + job_s
        given_up_s = now_s + order.expires_after_s
        return _Course(
            held_s=min(held_s, given_up_s),
            starts_s=min(held_s + job_s * QUEUED_SHARE, given_up_s),
            ends_s=min(ends_s, given_up_s),
            expires=given_up_s < ends_s,
        )

    def _held_s(self, order: Order, ends: list[float], *, mishap: Mishap | None, now_s: float) -> float:
        if mishap is Mishap.THROTTLE:
            return now_s + self.pace.job_s(1.0)
        if len(ends) < self.slots:
            return now_s
        if not order.waits:
            raise SlotsBusyError(order.model)
        return ends[-self.slots]

    def _scene(self, order: Order, wish: Wish, *, take: int) -> Scene:
        reference = order.references[0] if order.references else None
        key = wish.key or (stills.key(reference) if reference else None) or Key.MID
        seen = wish.palette or (stills.palette(reference) if reference else ())
        width, height = size(order.ratio)
        picture = bite.unit(self.seed, "picture", order.vendor, order.model, order.words, take)
        return Scene(
            seconds=order.seconds,
            width=width,
            height=height,
            seed=int(picture * (1 << 31)),
            look=wish.look,
            key=key,
            palette=seen if len(seen) > 1 else (*seen, *reading.USUAL_PALETTE[key]),
            subjects=wish.subjects,
            faults=self._faults(order, wish, key=key, take=take),
            lettering=wish.lettering,
            reference=reference,
        )

    def _faults(self, order: Order, wish: Wish, *, key: Key, take: int) -> frozenset[Fault]:
        chances = {
            fault: bite.chance(fault, temper=order.temper, wish=wish, key=key, reference=bool(order.references))
            for fault in Fault
        }
        model = f"{order.vendor} {order.model}"
        return bite.draw(seed=self.seed, model=model, words=order.words, take=take, chances=chances)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """When a job's standing changes, as in `Accepted`, and whether it runs out of its time."""

    held_s: float
    starts_s: float
    ends_s: float
    expires: bool


def size(ratio: float) -> tuple[int, int]:
    """Width and height in even pixels, the short side at `SHORT_SIDE_PX`."""
    long_px = min(LONGEST_SIDE_PX, 2 * round(SHORT_SIDE_PX * max(ratio, 1 / ratio) / 2))
    return (long_px, SHORT_SIDE_PX) if ratio >= 1 else (SHORT_SIDE_PX, long_px)


def _uuid() -> str:
    return str(uuid.uuid4())


def _outcome(order: Order, mishap: Mishap | None) -> Outcome:
    if mishap and mishap in OUTCOMES:
        return OUTCOMES[mishap]
    if reading.refused(order.text, vendor=order.vendor, after_rendering=False):
        return Outcome.REFUSED
    withheld = reading.refused(order.text, vendor=order.vendor, after_rendering=True)
    return Outcome.WITHHELD if withheld else Outcome.DONE
