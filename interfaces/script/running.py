"""Running a script through a door: turns in, the story out, and what was expected but did not come."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

import anyio

from agent.errors import CountersteerError
from agent.events import Event
from agent.film import ShotStatus
from interfaces import story
from interfaces.script import matching, standing
from interfaces.script.doors import Door, Voice
from interfaces.script.expecting import Came, Understood
from interfaces.script.form import Answer, Say, Turn
from interfaces.script.matching import Happened, Miss
from interfaces.script.results import End, Missed, Path, Ran, TurnRan
from interfaces.script.standing import Standing
from interfaces.story import Line, Tone

Out = Callable[[Line], None]
Watching = Callable[[Event, int | None], None]
ALWAYS: Path = ("always",)


async def run(door: Door, ran: Ran, *, out: Out, watching: Watching | None = None) -> Ran:
    """Play the script and tell the story line by line, while it happens.

    Args:
        door: Where it is played.
        ran: The script, of which nothing has run yet; filled in, and given back.
        out: Hears every line.
        watching: Hears every event with its shot's number.

    Raises:
        CountersteerError: The film cannot be made.
    """
    ran.film_id = await door.open(ran.written, tell=lambda sentence: out(Line(text=sentence)))
    stages: list[tuple[_Stage, list[int]]] = []
    for _, turns in groupby(range(len(ran.turns)), key=lambda at: ran.turns[at].path[:-1]):
        stage = _Stage(door, ran, out=out, watching=watching)
        stage.voice = await door.converse(stage.hear)
        stages.append((stage, [*turns]))
    async with anyio.create_task_group() as group:
        for stage, places in stages:
            group.start_soon(stage.play, places)
    board = await door.board()
    ran.coverage, ran.spent_micro_usd = await door.coverage(), int(board["spent_micro_usd"])
    ran.sandbox = bool(board["sandbox"])
    return ran


class _Stage:
    """Where the turns of one conversation are played, one after the other."""

    voice: Voice

    def __init__(self, door: Door, ran: Ran, *, out: Out, watching: Watching | None) -> None:
        self._door = door
        self._ran = ran
        self._out = out
        self._watching = watching
        self._came: list[Happened] = []

    async def play(self, places: Iterable[int]) -> None:
        """Every turn of those places; one that fails does not stop the next."""
        for at in places:
            self._came, began = [], time.monotonic()
            misses = await self._turn(self._ran.turns[at])
            self._ran.turns[at] = replace(
                self._ran.turns[at],
                end=End.FAILED if misses else End.PASSED,
                misses=misses,
                seconds=time.monotonic() - began,
            )

    async def hear(self, event: Event, shot: int | None) -> None:
        """Hear an event of this conversation and tell it."""
        happened = Happened(event=event, shot=shot)
        self._came.append(happened)
        self._ran.happened.append(happened)
        if self._watching is not None:
            self._watching(event, shot)
        for line in story.tell(event, shot=shot):
            self._out(line)

    async def _turn(self, playing: TurnRan) -> tuple[Missed, ...]:
        """Say it, wait if the turn waits, and hold what came against what was expected."""
        turn, why = playing.turn, ""
        if isinstance(turn, Say | Answer):
            self._tell(playing)
            why = await (self._say(turn) if isinstance(turn, Say) else self._decide(turn))
        await (self.voice.until_rest() if turn.wait else self.voice.catch_up())
        undone = (Missed(place=playing.place, sentence=why),) if why else ()
        return (*undone, *await self._missed(turn, playing.path))

    async def _say(self, turn: Say) -> str:
        refusal = await self.voice.say(turn.user)
        if refusal is not None:
            self._out(Line(text=refusal, tone=Tone.OPEN))
        return ""

    async def _decide(self, turn: Answer) -> str:
        """Why nothing could be decided; empty where it was."""
        shots = (await self._door.board())["shots"]
        asking = [shot["number"] for shot in shots if shot["question"]]
        asking = asking or [shot["number"] for shot in shots if shot["status"] == ShotStatus.PLANNED]
        meant = asking if turn.shot is None else [turn.shot]
        if len(meant) != 1:
            several = f"shots {', '.join(map(str, meant))} ask; name one of them with shot:"
            return f"nothing was decided: {several if meant else 'no shot asks anything'}"
        try:
            await self.voice.decide(shot=meant[0], approve=turn.decide == "approve")
        except CountersteerError as error:
            return f"nothing was decided: {error}"
        return ""

    async def _missed(self, turn: Turn, path: Path) -> tuple[Missed, ...]:
        """What was expected of this turn, or of every turn, and is not so."""
        always = [(nth, rule) for nth, rule in enumerate(self._ran.written.script.always) if not isinstance(rule, str)]
        stands = always or any(not isinstance(each, Came | Understood) for each in turn.expect)
        now = await self._standing() if stands else None
        own = self._placed(matching.missed(turn.expect, self._came, now), (*path, "expect"))
        if now is None:
            return own
        return (*own, *(miss for nth, rule in always for miss in self._placed(matching.stands(nth, rule, now), ALWAYS)))

    async def _standing(self) -> Standing:
        board, coverage = await self._door.board(), await self._door.coverage()
        return standing.of(board, coverage=coverage, events=self._ran.events)

    def _placed(self, misses: Iterable[Miss], path: Path) -> tuple[Missed, ...]:
        place = self._ran.written.place
        return tuple(Missed(place=place(*path, miss.nth), sentence=miss.sentence, diff=miss.diff) for miss in misses)

    def _tell(self, playing: TurnRan) -> None:
        whose = f" ({playing.conversation})" if playing.conversation else ""
        self._out(Line(text=""))
        self._out(Line(text=f"DIRECTOR{whose}  {playing.said}", tone=Tone.PERSON))
