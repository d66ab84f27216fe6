"""Indexes for houses of many films: what a film or conversation is asked for is found without looking at the others."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add them; no row changes."""
    op.create_index(op.f("ix_takes_project_id_seq"), "takes", ["project_id", "seq"])
    op.create_index(op.f("ix_jobs_project_id_shot_id"), "jobs", ["project_id", "shot_id"])
    op.create_index(op.f("ix_events_project_id_number"), "events", ["project_id", "number"])
    op.create_index(op.f("ix_turns_conversation_id_seq"), "turns", ["conversation_id", "seq"])
    op.create_index(op.f("ix_decisions_project_id_seq"), "decisions", ["project_id", "seq"])
