"""The first tables of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    _rules()
    _alerts()
    _deliveries()
    _runs()


def _moment(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=nullable)


def _rules() -> None:
    op.create_table(
        "rules",
        sa.Column("rule_id", sa.String(12), primary_key=True),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("sinks", sa.Text, nullable=False),
        _moment("armed_at", nullable=False),
        _moment("snoozed_until"),
    )
    op.create_table(
        "states",
        sa.Column(
            "rule_id",
            sa.String(12),
            sa.ForeignKey("rules.rule_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        _moment("checked_at"),
        _moment("history_start"),
        _moment("last_bar"),
        sa.Column("last_close", sa.Float),
        sa.Column("last_truth", sa.Boolean),
        sa.Column("since_fire", sa.Integer),
        sa.Column("rearmed", sa.Boolean),
        sa.Column("scale", sa.Float),
        sa.Column("ended", sa.String(16)),
        sa.Column("unknown", sa.Text),
        sa.Column("note", sa.Text),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("rule_id", sa.String(12), nullable=False),
        sa.Column("ticker", sa.String(32), nullable=False),
        _moment("bar_time", nullable=False),
        _moment("evaluated_at", nullable=False),
        sa.Column("story", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("alerts_in_order", "alerts", ["seq"])
    op.create_index("alerts_of_a_ticker", "alerts", ["ticker", "bar_time"])
    op.create_index("alerts_of_a_rule", "alerts", ["rule_id"])
    op.create_table(
        "outages",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        _moment("since", nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _moment("over_at"),
    )


def _deliveries() -> None:
    op.create_table(
        "digests",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        _moment("created_at", nullable=False),
    )
    op.create_table(
        "digest_members",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("alert_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["key", "address"], ["digests.key", "digests.address"], ondelete="CASCADE"
        ),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("alert_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        _moment("created_at", nullable=False),
        _moment("tried_at"),
        _moment("not_before"),
        _moment("sent_at"),
        sa.Column("error", sa.Text, nullable=False),
        sa.UniqueConstraint("alert_id", "address", name="one_delivery_a_sink"),
    )
    op.create_index("deliveries_by_status", "deliveries", ["status"])
    op.create_index("deliveries_by_key", "deliveries", ["key"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        _moment("began", nullable=False),
        _moment("ended"),
        _moment("as_of", nullable=False),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("every", sa.Float),
    )
    op.create_index("runs_in_order", "runs", ["began"])
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(64), primary_key=True),
        _moment("at", nullable=False),
        sa.Column("every", sa.Float),
        sa.Column("note", sa.Text, nullable=False),
    )
