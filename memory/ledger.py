"""The ledger: entries of every take, added up per term, model and channel."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select

from agent.findings import Sight
from agent.ledger import Line
from memory import production
from memory.rows import Rows
from memory.whole import whole
from prompts.blocks import Layer
from prompts.dialect import Channel

Tally = Counter[Sight]
Term = tuple[str, Layer, str]
"""Term, layer, model."""


class Ledger(Rows):
    """What each negative did where."""

    @whole
    async def ledger(self, project_id: str) -> tuple[Line, ...]:
        """One line per term, model and channel, in a fixed order."""
        rows = production.entries
        what = (rows.c.term, rows.c.layer, rows.c.model, rows.c.channel, rows.c.sight)
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(*what, func.count()).where(rows.c.project_id == project_id).group_by(*what).order_by(*what[:4])
            )
            counted = [(*row,) for row in found]
        return _add_up(counted)


def _add_up(counted: Iterable[tuple[str, str, str, str | None, str, int]]) -> tuple[Line, ...]:
    sent: dict[tuple[Term, Channel], Tally] = {}
    without: dict[Term, Tally] = {}
    for term, layer, model, channel, sight, count in counted:
        key = (term, Layer(layer), model)
        tally = (
            without.setdefault(key, Tally()) if channel is None else sent.setdefault((key, Channel(channel)), Tally())
        )
        tally[Sight(sight)] += count
    return tuple(
        _line(key, channel, tally=tally, without=without.get(key, Tally())) for (key, channel), tally in sent.items()
    )


def _line(key: Term, channel: Channel, *, tally: Tally, without: Tally) -> Line:
    term, layer, model = key
    return Line(
        term=term,
        layer=layer,
        model=model,
        channel=channel,
        sent=tally.total(),
        absent=tally[Sight.ABSENT],
        ignored=tally[Sight.SEEN],
        unsure=tally[Sight.UNSURE],
        not_inspectable=tally[Sight.NOT_INSPECTABLE],
        # A look without an answer says nothing about how often the thing comes by itself.
        without=without[Sight.ABSENT] + without[Sight.SEEN],
        seen_without=without[Sight.SEEN],
    )
