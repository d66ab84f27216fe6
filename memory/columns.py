"""The few kinds of columns the tables are made of, and what names their keys and indexes."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def seq(name: str = "seq") -> Column[int]:
    """The order rows came in."""
    # SQLite counts up only a column that is exactly INTEGER.
    return Column(name, BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def texts(*names: str, nullable: bool = False) -> list[Column[str]]:
    """Ids, names and words."""
    return _columns(names, Text(), nullable=nullable)


def integers(*names: str, nullable: bool = False) -> list[Column[int]]:
    """Times, money, bytes: whole numbers of any size."""
    return _columns(names, BigInteger(), nullable=nullable)


def counts(*names: str) -> list[Column[int]]:
    """Small whole numbers."""
    return _columns(names, Integer(), nullable=False)


def jsons(*names: str, nullable: bool = False) -> list[Column[Any]]:
    """Values inside a value; nothing at all is NULL, not the JSON ``null``."""
    kind = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    return _columns(names, kind, nullable=nullable)


def of_project() -> Column[str]:
    """The project a row belongs to."""
    return Column("project_id", Text, ForeignKey("projects.id"), nullable=False)


def versions_of(*block: Column[Any]) -> list[Column[Any]]:
    """The numbered versions of a project's block: its words, and who wrote them, why and when."""
    return [
        Column("project_id", Text, ForeignKey("projects.id"), primary_key=True),
        Column("version", Integer, primary_key=True),
        *block,
        *texts("written_by", "why"),
        *integers("written_us"),
    ]


def same_project(column: str, parent: str) -> ForeignKeyConstraint:
    """A row of another table, of the same project."""
    return ForeignKeyConstraint(["project_id", column], [f"{parent}.project_id", f"{parent}.id"])


def _columns(names: tuple[str, ...], kind: TypeEngine[Any], *, nullable: bool) -> list[Column[Any]]:
    return [Column(name, kind, nullable=nullable) for name in names]
