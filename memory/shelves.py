"""Where each kind of value is kept: its table, how it goes in and how it comes out."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.errors import NotFoundError
from agent.film import Project, Route, Shot, Take, Verdict
from agent.images import Image
from agent.jobs import Job
from agent.learning import Calibration, Label, Look, Score
from agent.ledger import Entry, Trial
from agent.people import Grant
from agent.talks import Said, Talk
from memory import learned, production, stored, tables
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.receipt import Receipt
from prompts.references import Reference

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """One kind of value in one table, whose columns are named as the value's fields.

    Attributes:
        what: What a message calls it.
    """

    what: str
    kind: type[T]
    table: Table

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """The columns that hold the value itself."""
        return [self.table.c[field.name] for field in fields(self.kind)]  # type: ignore[arg-type]  # all are dataclasses

    def select(self, *where: ColumnElement[bool]) -> Select[Any]:
        """A question for values, in the order they came in where the table keeps one."""
        return _everything(self).where(*where)

    def load(self, row: Any) -> T:
        """The value in a row of `select`."""
        return stored.load(self.kind, row._mapping)

    async def put(self, connection: AsyncConnection, value: T, **more: object) -> None:
        """Add a value, with the columns that are not part of it."""
        await connection.execute(insert(self.table).values(**stored.dump(value), **more))

    async def find(self, connection: AsyncConnection, *where: ColumnElement[bool]) -> T | None:
        """The value there, or nothing."""
        row = (await connection.execute(self.select(*where))).first()
        return None if row is None else self.load(row)

    async def one(self, connection: AsyncConnection, *where: ColumnElement[bool], name: str) -> T:
        """The value there.

        Raises:
            NotFoundError: There is none; ``name`` is what was looked for.
        """
        value = await self.find(connection, *where)
        if value is None:
            raise NotFoundError(what=self.what, name=name)
        return value

    async def all(self, connection: AsyncConnection, *where: ColumnElement[bool]) -> tuple[T, ...]:
        """Every value there."""
        return tuple(self.load(row) for row in await connection.execute(self.select(*where)))


@cache
def _everything(shelf: Shelf[Any]) -> Select[Any]:
    """Built once: its twenty columns are half of what asking for a row takes."""
    question = select(*shelf.columns)
    return question.order_by(shelf.table.c.seq) if "seq" in shelf.table.c else question


PROJECTS = Shelf("project", Project, tables.projects)
STYLES = Shelf("style block", StyleBlock, tables.style_blocks)
NEGATIVES = Shelf("negative block", NegativeBlock, tables.negative_blocks)
REFERENCES = Shelf("reference", Reference, tables.references)
IMAGES = Shelf("image of reference", Image, tables.references)
TALKS = Shelf("conversation", Talk, tables.conversations)
TURNS = Shelf("turn", Said, tables.turns)
GRANTS = Shelf("grant", Grant, tables.grants)
SHOTS = Shelf("shot", Shot, tables.shots)
ROUTES = Shelf("route", Route, production.routes)
JOBS = Shelf("job", Job, production.jobs)
RECEIPTS = Shelf("receipt", Receipt, production.receipts)
TAKES = Shelf("take", Take, production.takes)
VERDICTS = Shelf("verdict", Verdict, production.verdicts)
TRIALS = Shelf("trial", Trial, production.trials)
ENTRIES = Shelf("ledger entry", Entry, production.entries)
SCORES = Shelf("score", Score, learned.scores)
LABELS = Shelf("label", Label, learned.labels)
LOOKS = Shelf("look", Look, learned.looks)
CALIBRATIONS = Shelf("calibration", Calibration, learned.calibrations)
