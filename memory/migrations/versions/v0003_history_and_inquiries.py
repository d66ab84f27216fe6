"""What turns changed, questions asked back in a conversation, shots taken out of the list, and rules for every shot."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add them; shots stored before are in the list, and their earlier sheets stay where they are."""
    op.add_column("shots", sa.Column("omitted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("projects", sa.Column("plan_first", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("projects", sa.Column("reference_rules", _JSON, nullable=False, server_default=sa.text("'[]'")))
    _changes()
    _inquiries()


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("before", _JSON, nullable=True),
        sa.Column("after", _JSON, nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_changes_turn_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "conversation_id"],
            ["conversations.project_id", "conversations.id"],
            name=op.f("fk_changes_project_id"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_project_id_seq"), "changes", ["project_id", "seq"])


def _inquiries() -> None:
    op.create_table(
        "inquiries",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question", _JSON, nullable=False),
        sa.Column("answer", _JSON, nullable=True),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("answered_us", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_inquiries_conversation_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("id", name=op.f("uq_inquiries_id")),
    )
    op.create_index(op.f("ix_inquiries_conversation_id"), "inquiries", ["conversation_id"])
