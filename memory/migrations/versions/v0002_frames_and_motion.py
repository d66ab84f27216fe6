"""The motion text of a style, and what is known of a reference's image."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Add them; what was stored before has no motion text, no known size and no id at a vendor."""
    op.add_column("style_blocks", sa.Column("motion", sa.Text(), nullable=False, server_default=""))
    op.add_column("project_references", sa.Column("width", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("project_references", sa.Column("height", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("project_references", sa.Column("known_as", _JSON, nullable=False, server_default=sa.text("'{}'")))
