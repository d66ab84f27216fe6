"""Errands: what any worker of a house may do next."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add them; what was on its way before is found by its rows. Whoever looks for that wants few rows read."""
    op.create_table(
        "errands",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("task", "subject_id", "line")),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("given_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_errands")),
    )
    op.create_index(op.f("ix_errands_line_number"), "errands", ["line", "number"])
    op.create_index(op.f("ix_errands_subject_id"), "errands", ["subject_id"])
    op.create_index(op.f("ix_shots_status"), "shots", ["status"])
    op.create_index(
        op.f("ix_turns_unanswered"),
        "turns",
        ["seq"],
        sqlite_where=sa.text("reply IS NULL"),
        postgresql_where=sa.text("reply IS NULL"),
    )
