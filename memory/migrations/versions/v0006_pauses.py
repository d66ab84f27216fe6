"""Since when a film is paused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add it; no film that was stored before is paused."""
    op.add_column("projects", sa.Column("paused_us", sa.BigInteger(), nullable=True))
