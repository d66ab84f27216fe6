"""The ledger: entries of every take, added up per term, model and channel."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import case, func, select

from agent.findings import Sight
from agent.ledger import Crowd, Line
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

    @whole
    async def crowds(self, project_id: str) -> tuple[Crowd, ...]:
        """How terms that were sent did, by how many went out with them; what nobody could tell is left out."""
        rows = production.entries
        sent = (rows.c.project_id == project_id, rows.c.channel.is_not(None))
        sizes = select(rows.c.take_id, func.count().label("terms")).where(*sent).group_by(rows.c.take_id).subquery()
        what = (rows.c.model, rows.c.term, sizes.c.terms)
        seen = func.sum(case((rows.c.sight == Sight.SEEN.value, 1), else_=0)).label("seen")
        told = rows.c.sight.in_((Sight.SEEN.value, Sight.ABSENT.value))
        question = select(*what, func.count().label("told"), seen).join(sizes, sizes.c.take_id == rows.c.take_id)
        async with self.database.reading() as connection:
            found = await connection.execute(question.where(*sent, told).group_by(*what).order_by(*what))
            return tuple(Crowd(**row) for row in found.mappings())


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
