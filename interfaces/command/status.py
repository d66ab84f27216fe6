"""``countersteer status``: where the house stands, in a few lines."""

import json
from dataclasses import asdict

from agent.money import usd
from agent.spans import lasting
from interfaces.command.terminal import console, count, write
from interfaces.observing.standing import Queue, Standing, standing
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house


async def status(settings: Settings, *, as_json: bool = False) -> None:
    """A queue per vendor, money per film, and what went wrong lately."""
    async with open_house(settings) as house:
        now = await standing(house)
    if as_json:
        console().print_json(json.dumps(asdict(now)))
        return
    for line in _lines(now):
        write(console(), line)


def _lines(now: Standing) -> list[Line]:
    oldest = f"the oldest job has been waiting {lasting(now.oldest_s)}" if now.oldest_s else "no job is under way"
    films = [
        Line(text=f"{film.name}: {usd(film.spent_micro_usd)} of {usd(film.ceiling_micro_usd)}") for film in now.films
    ]
    troubles = [
        Line(text=f"{lasting(each.ago_s)} ago, {each.film}: {each.says}", tone=Tone.QUIET) for each in now.troubles
    ]
    astray = f"{count(now.astray, 'job')} at vendors that are not configured any more"
    return [
        Line(text=oldest[:1].upper() + oldest[1:] + ".", tone=Tone.PERSON),
        *([Line(text=astray, tone=Tone.BAD)] if now.astray else []),
        *(_queue(queue) for queue in now.queues),
        *films,
        *troubles,
    ]


def _queue(queue: Queue) -> Line:
    told = [f"{queue.vendor:<10} {queue.at_vendor} of {queue.slots} slots", f"{queue.waiting} waiting"]
    told += [f"{queue.fetching} to fetch"] if queue.fetching else []
    told += [f"{queue.unknown} of unknown outcome"] if queue.unknown else []
    told += [f"oldest {lasting(queue.oldest_s)}"] if queue.oldest_s else []
    told += [f"closed: {queue.closed}"] if queue.closed else []
    tone = Tone.BAD if queue.closed else Tone.OPEN if queue.unknown else Tone.PLAIN
    return Line(text=", ".join(told), tone=tone)
