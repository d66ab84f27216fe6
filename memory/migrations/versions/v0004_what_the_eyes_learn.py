"""What each check read in each take, how takes look, what the person said of them, and what that taught the eyes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_FLOAT: sa.Double[float] = sa.Double()
_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add them; takes inspected before have neither scores nor a look, and are not learned from."""
    _scores()
    _looks()
    _labels()
    _calibrations()


def _scores() -> None:
    op.create_table(
        "scores",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("take_id", sa.Text(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("terms", _JSON, nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("sight", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("value", _FLOAT, nullable=True),
        sa.Column("guard", _FLOAT, nullable=True),
        sa.Column("threshold", _FLOAT, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_scores_project_id")),
        sa.ForeignKeyConstraint(["take_id"], ["takes.id"], name=op.f("fk_scores_take_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_scores")),
    )
    op.create_index(op.f("ix_scores_project_id_seq"), "scores", ["project_id", "seq"])
    op.create_index(op.f("ix_scores_take_id"), "scores", ["take_id"])


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("take_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("numbers", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_looks_project_id")),
        sa.ForeignKeyConstraint(["take_id"], ["takes.id"], name=op.f("fk_looks_take_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_looks")),
        sa.UniqueConstraint("take_id", name=op.f("uq_looks_take_id")),
    )
    op.create_index(op.f("ix_looks_project_id_seq"), "looks", ["project_id", "seq"])


def _labels() -> None:
    op.create_table(
        "labels",
        sa.Column("seq", _SEQ, autoincrement=True, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("take_id", sa.Text(), nullable=False),
        sa.Column("shot_id", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("terms", _JSON, nullable=False),
        sa.Column("given_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_labels_project_id")),
        sa.ForeignKeyConstraint(["take_id"], ["takes.id"], name=op.f("fk_labels_take_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "shot_id"], ["shots.project_id", "shots.id"], name=op.f("fk_labels_project_id_shot_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_labels")),
        sa.UniqueConstraint("take_id", name=op.f("uq_labels_take_id")),
    )
    op.create_index(op.f("ix_labels_project_id_seq"), "labels", ["project_id", "seq"])


def _calibrations() -> None:
    op.create_table(
        "calibrations",
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("limits", _JSON, nullable=False),
        sa.Column("mistakes", _JSON, nullable=False),
        sa.Column("style", _JSON, nullable=True),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("written_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_calibrations_project_id")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("pk_calibrations")),
    )
