"""The figures a model was chosen by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Add them; choices made before are told with their reasons alone."""
    op.add_column("routes", sa.Column("figures", _JSON, nullable=False, server_default=sa.text("'[]'")))
