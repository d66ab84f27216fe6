"""People: who is what in which film, and who said a turn."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add them; whoever said what was stored before was at home."""
    op.add_column("turns", sa.Column("said_by", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "grants",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "key")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("role", "project_id")),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("given_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_grants_project_id_projects")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_grants")),
    )
