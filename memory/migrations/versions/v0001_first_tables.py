"""The first tables."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _columns(kind: TypeEngine[Any]) -> Callable[..., list[sa.Column[Any]]]:
    def make(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
        return [sa.Column(name, kind, nullable=nullable) for name in names]

    return make


_texts = _columns(sa.Text())
_integers = _columns(sa.BigInteger())
_counts = _columns(sa.Integer())
_jsons = _columns(_JSON)
_reals = _columns(sa.Double[float]())


def _of(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}")


def _same_project(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    columns, parents = ["project_id", column], [f"{parent}.project_id", f"{parent}.id"]
    return sa.ForeignKeyConstraint(columns, parents, name=f"fk_{table}_project_id_{column}")


def upgrade() -> None:
    """Make them, parents first."""
    _leases()
    _projects()
    _conversations()
    _negative_blocks()
    _project_references()
    _prompts()
    _style_blocks()
    _shots()
    _turns()
    _decisions()
    _events()
    _routes()
    _sheet_history()
    _jobs()
    _receipts()
    _takes()
    _ledger_entries()
    _trials()
    _verdicts()


def _leases() -> None:
    op.create_table(
        "leases",
        *_texts("key"),
        *_texts("holder", nullable=True),
        *_integers("fence", "until_us"),
        sa.PrimaryKeyConstraint("key", name="pk_leases"),
    )


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("id", "name"),
        *_jsons("ceilings"),
        *_texts("ratio"),
        *_reals("seconds"),
        *_jsons("excluded"),
        *_integers("created_us"),
        sa.PrimaryKeyConstraint("seq", name="pk_projects"),
        sa.UniqueConstraint("id", name="uq_projects_id"),
        sa.UniqueConstraint("name", name="uq_projects_name"),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "door"),
        *_integers("created_us"),
        _of("conversations", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_conversations"),
        sa.UniqueConstraint("id", name="uq_conversations_id"),
        sa.UniqueConstraint("project_id", "id", name="uq_conversations_project_id_id"),
    )


def _negative_blocks() -> None:
    op.create_table(
        "negative_blocks",
        *_texts("project_id"),
        *_counts("version"),
        *_jsons("format", "anatomy", "quality"),
        *_texts("written_by", "why"),
        *_integers("written_us"),
        _of("negative_blocks", "project_id", "projects"),
        sa.PrimaryKeyConstraint("project_id", "version", name="pk_negative_blocks"),
    )


def _project_references() -> None:
    op.create_table(
        "project_references",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "label"),
        *_jsons("use", "ignore"),
        *_texts("role", "file", "note"),
        *_integers("created_us"),
        _of("project_references", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_project_references"),
    )
    op.create_index("ix_project_references_project_id_seq", "project_references", ["project_id", "seq"], unique=False)


def _prompts() -> None:
    op.create_table(
        "prompts",
        *_texts("project_id", "digest"),
        *_jsons("prompt"),
        *_integers("created_us"),
        _of("prompts", "project_id", "projects"),
        sa.PrimaryKeyConstraint("project_id", "digest", name="pk_prompts"),
    )
    op.create_index("ix_prompts_digest", "prompts", ["digest"], unique=False)


def _style_blocks() -> None:
    op.create_table(
        "style_blocks",
        *_texts("project_id"),
        *_counts("version"),
        *_texts("text", "written_by", "why"),
        *_integers("written_us"),
        _of("style_blocks", "project_id", "projects"),
        sa.PrimaryKeyConstraint("project_id", "version", name="pk_style_blocks"),
    )


def _shots() -> None:
    op.create_table(
        "shots",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "conversation_id"),
        *_counts("number", "revision"),
        *_jsons("sheet"),
        *_texts("status"),
        *_jsons("wishes", "exempt", "references"),
        *_texts("picked_take_id", nullable=True),
        *_texts("because"),
        *_integers("created_us"),
        _same_project("shots", "conversation_id", "conversations"),
        _of("shots", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_shots"),
        sa.UniqueConstraint("id", name="uq_shots_id"),
        sa.UniqueConstraint("project_id", "id", name="uq_shots_project_id_id"),
        sa.UniqueConstraint("project_id", "number", name="uq_shots_project_id_number"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("id", "conversation_id", "text"),
        *_texts("reply", nullable=True),
        *_integers("created_us"),
        *_integers("finished_us", nullable=True),
        _of("turns", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("seq", name="pk_turns"),
        sa.UniqueConstraint("id", name="uq_turns_id"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "shot_id", "kind"),
        *_jsons("question"),
        sa.Column("answer", _JSON, nullable=True),
        *_integers("created_us"),
        *_integers("answered_us", nullable=True),
        _same_project("decisions", "shot_id", "shots"),
        _of("decisions", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_decisions"),
        sa.UniqueConstraint("id", name="uq_decisions_id"),
    )
    op.create_index(
        "uq_decisions_open_per_shot",
        "decisions",
        ["shot_id"],
        unique=True,
        sqlite_where=sa.text("answered_us IS NULL"),
        postgresql_where=sa.text("answered_us IS NULL"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("number", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "conversation_id", "what"),
        *_jsons("data"),
        *_integers("at_us"),
        *_texts("shot_id", "turn_id", nullable=True),
        _same_project("events", "conversation_id", "conversations"),
        _same_project("events", "shot_id", "shots"),
        _of("events", "project_id", "projects"),
        _of("events", "turn_id", "turns"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_conversation_id_number", "events", ["conversation_id", "number"], unique=False)


def _routes() -> None:
    op.create_table(
        "routes",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "shot_id", "model"),
        *_reals("chance"),
        *_integers("cost_micro_usd"),
        *_counts("seconds"),
        *_jsons("reasons", "passed_over"),
        *_integers("created_us"),
        _same_project("routes", "shot_id", "shots"),
        _of("routes", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_routes"),
        sa.UniqueConstraint("id", name="uq_routes_id"),
        sa.UniqueConstraint("project_id", "id", name="uq_routes_project_id_id"),
    )
    op.create_index("ix_routes_shot_id", "routes", ["shot_id"], unique=False)


def _sheet_history() -> None:
    op.create_table(
        "sheet_history",
        *_texts("shot_id"),
        *_counts("revision"),
        *_jsons("sheet"),
        *_integers("replaced_us"),
        _of("sheet_history", "shot_id", "shots"),
        sa.PrimaryKeyConstraint("shot_id", "revision", name="pk_sheet_history"),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "shot_id", "route_id", "model"),
        *_counts("attempt", "seconds"),
        *_texts("state"),
        *_integers("reserved_micro_usd", "created_us", "due_us"),
        *_texts("vendor_id", nullable=True),
        *_integers("sent_us", nullable=True),
        *_texts("trouble", nullable=True),
        *_texts("message"),
        *_counts("tries"),
        _same_project("jobs", "route_id", "routes"),
        _same_project("jobs", "shot_id", "shots"),
        _of("jobs", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
        sa.UniqueConstraint("project_id", "id", name="uq_jobs_project_id_id"),
    )
    op.create_index("ix_jobs_shot_id", "jobs", ["shot_id"], unique=False)
    op.create_index("ix_jobs_state", "jobs", ["state"], unique=False)


def _receipts() -> None:
    op.create_table(
        "receipts",
        *_texts("job_id", "project_id", "prompt_digest"),
        *_jsons("rendering"),
        *_texts("model", "path", "body", "sha256"),
        *_jsons("style", "terms"),
        _same_project("receipts", "job_id", "jobs"),
        sa.ForeignKeyConstraint(
            ["project_id", "prompt_digest"],
            ["prompts.project_id", "prompts.digest"],
            name="fk_receipts_project_id_prompt_digest",
        ),
        _of("receipts", "project_id", "projects"),
        sa.PrimaryKeyConstraint("job_id", name="pk_receipts"),
    )


def _takes() -> None:
    op.create_table(
        "takes",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "id", "shot_id", "job_id"),
        *_counts("number"),
        *_texts("model", "prompt_digest"),
        *_counts("style_version", "negative_version"),
        *_texts("clip", "sha256"),
        *_integers("bytes"),
        sa.Column("sandbox", sa.Boolean(), nullable=False),
        *_integers("created_us", "cost_micro_usd"),
        *_counts("revision"),
        *_integers("seed", nullable=True),
        _same_project("takes", "job_id", "jobs"),
        sa.ForeignKeyConstraint(
            ["project_id", "prompt_digest"],
            ["prompts.project_id", "prompts.digest"],
            name="fk_takes_project_id_prompt_digest",
        ),
        _same_project("takes", "shot_id", "shots"),
        _of("takes", "project_id", "projects"),
        sa.PrimaryKeyConstraint("seq", name="pk_takes"),
        sa.UniqueConstraint("id", name="uq_takes_id"),
        sa.UniqueConstraint("job_id", name="uq_takes_job_id"),
        sa.UniqueConstraint("shot_id", "number", name="uq_takes_shot_id_number"),
    )


def _ledger_entries() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "take_id", "shot_id", "model", "term", "layer"),
        *_texts("channel", nullable=True),
        *_texts("sight"),
        _same_project("ledger_entries", "shot_id", "shots"),
        _of("ledger_entries", "project_id", "projects"),
        _of("ledger_entries", "take_id", "takes"),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger_entries"),
    )
    op.create_index("ix_ledger_entries_project_id", "ledger_entries", ["project_id"], unique=False)
    op.create_index("ix_ledger_entries_take_id", "ledger_entries", ["take_id"], unique=False)


def _trials() -> None:
    op.create_table(
        "trials",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        *_texts("project_id", "take_id", "shot_id", "model"),
        *_counts("nth_here"),
        *_jsons("layers", "features"),
        _same_project("trials", "shot_id", "shots"),
        _of("trials", "project_id", "projects"),
        _of("trials", "take_id", "takes"),
        sa.PrimaryKeyConstraint("seq", name="pk_trials"),
        sa.UniqueConstraint("take_id", name="uq_trials_take_id"),
    )
    op.create_index("ix_trials_project_id_seq", "trials", ["project_id", "seq"], unique=False)


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        *_texts("take_id", "decision"),
        *_jsons("findings", "footage"),
        *_texts("reason"),
        *_jsons("hints", "nobody_looked"),
        *_integers("decided_us"),
        _of("verdicts", "take_id", "takes"),
        sa.PrimaryKeyConstraint("take_id", name="pk_verdicts"),
    )
