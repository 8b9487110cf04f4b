"""The tables of the ledger.

Times are text in UTC, all of one length, so that they sort as they follow each other and read the
same in SQLite, in PostgreSQL and in an export.
"""

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA = "r0002"
"""The revision that this code reads and writes."""


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as `2026-01-12T21:00:00.000000+00:00`."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base class's
        """As text, in UTC."""
        return written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class's
        """As an aware time."""
        return moment(value)


@lru_cache(maxsize=4096)
def written(when: datetime | None) -> str | None:
    """An aware time as the ledger keeps it; most rows share theirs."""
    return None if when is None else when.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str | None) -> datetime | None:
    """The time that `written` wrote."""
    return None if text is None else read(text)


@lru_cache(maxsize=4096)
def read(text: str) -> datetime:
    """The time of a text that is there; most rows share theirs."""
    return datetime.fromisoformat(text)


META = MetaData()

RULES = Table(
    "rules",
    META,
    Column("rule_id", String(12), primary_key=True),
    Column("line", Text, nullable=False),
    Column("sinks", Text, nullable=False),
    Column("armed_at", Moment, nullable=False),
    Column("snoozed_until", Moment),
)

STATES = Table(
    "states",
    META,
    Column("rule_id", ForeignKey("rules.rule_id", ondelete="CASCADE"), primary_key=True),
    Column("checked_at", Moment),
    Column("history_start", Moment),
    Column("last_bar", Moment),
    Column("last_close", Float),
    Column("last_truth", Boolean),
    Column("since_fire", Integer),
    Column("rearmed", Boolean),
    Column("scale", Float),
    Column("ended", String(16)),
    Column("unknown", Text),
    Column("note", Text),
)

STREAMS = Table(
    "streams",
    META,
    Column("provider", Text, primary_key=True),
    Column("interval", String(8), primary_key=True),
    Column("release", String(32), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Made from states and bars, and made anew where it is missing."""

ALERTS = Table(
    "alerts",
    META,
    Column("id", String(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("run_id", String(32), nullable=False),
    Column("rule_id", String(12), nullable=False),
    Column("ticker", String(32), nullable=False),
    Column("bar_time", Moment, nullable=False),
    Column("evaluated_at", Moment, nullable=False),
    Column("story", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("alerts_in_order", "seq"),
    Index("alerts_of_a_ticker", "ticker", "bar_time"),
    Index("alerts_of_a_rule", "rule_id"),
)

OUTAGES = Table(
    "outages",
    META,
    Column("id", String(32), primary_key=True),
    Column("run_id", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("over_at", Moment),
)

DIGESTS = Table(
    "digests",
    META,
    Column("key", String(64), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("created_at", Moment, nullable=False),
)

DIGEST_MEMBERS = Table(
    "digest_members",
    META,
    Column("key", String(64), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("alert_id", String(32), nullable=False),
    ForeignKeyConstraint(
        ["key", "address"], ["digests.key", "digests.address"], ondelete="CASCADE"
    ),
)

DELIVERIES = Table(
    "deliveries",
    META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert_id", String(32), nullable=False),
    Column("key", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("tried_at", Moment),
    Column("not_before", Moment),
    Column("sent_at", Moment),
    Column("error", Text, nullable=False),
    UniqueConstraint("alert_id", "address", name="one_delivery_a_sink"),
    Index("deliveries_by_status", "status"),
    Index("deliveries_by_key", "key"),
)

RUNS = Table(
    "runs",
    META,
    Column("id", String(32), primary_key=True),
    Column("began", Moment, nullable=False),
    Column("ended", Moment),
    Column("as_of", Moment, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("line", Text, nullable=False),
    Column("every", Float),
    Index("runs_in_order", "began"),
)

HEARTBEATS = Table(
    "heartbeats",
    META,
    Column("name", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("every", Float),
    Column("note", Text, nullable=False),
)
