"""What is carried from bar to bar."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Make its table; the next checks fill it."""
    op.create_table(
        "streams",
        sa.Column("provider", sa.Text, primary_key=True),
        sa.Column("interval", sa.String(8), primary_key=True),
        sa.Column("release", sa.String(32), nullable=False),
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
