"""The selected takes in the order of the shots: what a timeline, a cut list and a package of clips are made from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.errors import CountersteerError
from agent.film import Project, Shot, Take, Verdict
from agent.findings import Sight
from agent.studio import Studio
from interfaces.board import gathering
from interfaces.board.values import Chip
from interfaces.export import whole

RATES = (24000 / 1001, 24.0, 25.0, 30000 / 1001, 30.0, 48.0, 50.0, 60000 / 1001, 60.0)
SAME_RATE = 4e-4
"""A measured rate this near to a usual one is that one; 24 and 23.976 are 1e-3 apart."""

CLIPS = "clips"
DRAWN = (Sight.SEEN, Sight.UNSURE)
COLOURS = {"seen": "RED", "unsure": "YELLOW", "provoked": "MAGENTA"}
"""Of a marker, by what it says."""


class UncuttableError(CountersteerError):
    """The film cannot be put in the form that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A spot of a take that somebody has to look at."""

    frame: int
    what: str
    term: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A take as it goes into the edit.

    Attributes:
        file: Its path in the package, and in every list that names it.
        rate: Frames per second as decoded, one of the usual rates where it is one.
        frames: How many there are.
    """

    shot: Shot
    take: Take
    verdict: Verdict
    file: str
    rate: float
    frames: int
    marks: tuple[Mark, ...]

    @property
    def terms(self) -> Mapping[str, str]:
        """Each negative term with what was seen of it."""
        return {finding.term: finding.sight.value for finding in self.verdict.findings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A shot without a take to cut."""

    shot: Shot
    seconds: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A film as it goes into the edit.

    Attributes:
        parts: A take or a hole per shot, in the order of the list.
        rate: The rate most of its takes have.
        told: What whoever cuts it should know.
    """

    name: str
    parts: tuple[Select | Hole, ...]
    rate: float
    told: tuple[str, ...]

    @property
    def selects(self) -> tuple[Select, ...]:
        """The takes alone."""
        return tuple(part for part in self.parts if isinstance(part, Select))


async def gather(studio: Studio, film: Project) -> Cut:
    """The circled or delivered take of each shot that is in the list.

    Raises:
        UncuttableError: The film has no such take.
    """
    shots = sorted((shot for shot in await studio.store.shots(film.id) if not shot.omitted), key=_number)
    found = {select.take.id: select for select in await takes(studio, film)}
    parts = tuple(_part(shot, found, seconds=shot.sheet.seconds or film.seconds) for shot in shots)
    rates = Counter(part.rate for part in parts if isinstance(part, Select))
    if not rates:
        raise UncuttableError(f"{film.name} has no selected take yet; circle one first")
    rate = max(rates, key=lambda each: (rates[each], each))
    return Cut(name=film.name, parts=parts, rate=rate, told=(*_holes(parts), *_rates(parts, rate)))


async def takes(studio: Studio, film: Project) -> tuple[Select, ...]:
    """Every take that was looked at and decodes, in the order of the shots."""
    store = studio.store
    shots = {shot.id: shot for shot in await store.shots(film.id)}
    verdicts = await store.film_verdicts(film.id)
    board = await gathering.board(studio, film.id)
    chips = {take.id: take.chips for shot in board.shots for take in shot.takes}
    found = [
        _select(shots[take.shot_id], take, verdicts[take.id], chips.get(take.id, ()))
        for take in await store.takes(project_id=film.id)
        if take.id in verdicts and verdicts[take.id].footage.frames
    ]
    return tuple(sorted(found, key=lambda select: (select.shot.number, select.take.number)))


def file_name(shot: Shot, take: Take) -> str:
    """What a take is called in a package: it sorts by shot, then take, and says what it shows and who made it."""
    action = whole.slug(shot.sheet.action, otherwise="shot")
    return f"{shot.number:03}_{action}_t{take.number:02}_{whole.slug(take.model, otherwise='model')}.mp4"


def usual(fps: float) -> float:
    """The usual rate that a measured one is, or the measured one."""
    return next((rate for rate in RATES if abs(fps / rate - 1) < SAME_RATE), round(fps, 3))


def _select(shot: Shot, take: Take, verdict: Verdict, chips: Sequence[Chip]) -> Select:
    return Select(
        shot=shot,
        take=take,
        verdict=verdict,
        file=f"{CLIPS}/{file_name(shot, take)}",
        rate=usual(verdict.footage.fps),
        frames=verdict.footage.frames,
        marks=tuple(
            Mark(
                frame=min(chip.frame or 0, verdict.footage.frames - 1),
                what="provoked" if chip.provoked else chip.sight.value,
                term=chip.term,
                sentence=chip.sentence,
            )
            for chip in chips
            if chip.sight in DRAWN
        ),
    )


def _part(shot: Shot, found: Mapping[str, Select], *, seconds: float) -> Select | Hole:
    select = found.get(shot.picked_take_id or "")
    if select is not None:
        return select
    why = f"its take cannot be cut ({shot.stands})" if shot.picked_take_id else f"no take is selected ({shot.stands})"
    return Hole(shot=shot, seconds=seconds, why=why)


def _holes(parts: Sequence[Select | Hole]) -> tuple[str, ...]:
    return tuple(
        f"Shot {part.shot.number} is a gap of {part.seconds:g} s: {part.why}."
        for part in parts
        if isinstance(part, Hole)
    )


def _rates(parts: Sequence[Select | Hole], rate: float) -> tuple[str, ...]:
    others = [part for part in parts if isinstance(part, Select) and part.rate != rate]
    if not others:
        return ()
    named = ", ".join(f"shot {part.shot.number} ({part.rate:.5g})" for part in others)
    return (f"Frame rates are mixed: most takes have {rate:.5g} frames per second, but not {named}.",)


def _number(shot: Shot) -> int:
    return shot.number
