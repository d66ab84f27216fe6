"""Threads of a chat service: what was heard, which film and conversation it is about, and what was posted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add them; conversations of other doors have no thread."""
    _heard()
    _channels()
    _conversations()
    _posts()


def _heard() -> None:
    op.create_table(
        "thread_heard",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("key", "team", "channel", "thread", "user", "kind"),
        sa.Column("data", _JSON, nullable=False),
        *_texts("stage", "note"),
        sa.Column("turn_id", sa.Text(), nullable=True),
        sa.Column("heard_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_thread_heard_turn_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_thread_heard")),
        sa.UniqueConstraint("key", name=op.f("uq_thread_heard_key")),
    )
    op.create_index(op.f("ix_thread_heard_team_channel_thread"), "thread_heard", ["team", "channel", "thread"])
    op.create_index(op.f("ix_thread_heard_stage"), "thread_heard", ["stage"])
    op.create_index(op.f("ix_thread_heard_turn_id"), "thread_heard", ["turn_id"])


def _channels() -> None:
    op.create_table(
        "thread_channels",
        *_texts("team", "channel", "project_id", "chosen_by"),
        sa.Column("chosen_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_thread_channels_project_id")),
        sa.PrimaryKeyConstraint("team", "channel", name=op.f("pk_thread_channels")),
    )


def _conversations() -> None:
    op.create_table(
        "thread_conversations",
        *_texts("team", "channel", "thread", "project_id", "conversation_id"),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_thread_conversations_project_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "conversation_id"],
            ["conversations.project_id", "conversations.id"],
            name=op.f("fk_thread_conversations_project_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("team", "channel", "thread", name=op.f("pk_thread_conversations")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_thread_conversations_conversation_id")),
    )


def _posts() -> None:
    op.create_table(
        "thread_posts",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("team", "channel", "thread", "key", "ts", "about"),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("living", sa.Boolean(), nullable=False),
        sa.Column("begun_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_thread_posts")),
        sa.UniqueConstraint("team", "channel", "thread", "key", name=op.f("uq_thread_posts_team_channel_thread_key")),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
