"""The ledger, as the rest of the house sees it.

    check -> begin(run) -> record(states, alerts, deliveries: one transaction) -> finish(run)
    outbox -> deliveries(pending) -> bundle -> trying -> send -> tried

Each method is one transaction. A fault of the database is a SetupError in words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine

from ...core.errors import SetupError, Unwritable
from ...core.rule import State
from ...core.watch import Carried, Delivery, Digest, Fired, Kept, Outage, Run, Sink, Status
from . import journal, post, rules, streams, upkeep
from .engine import engine_of
from .faults import in_words
from .migrate import backup_file, migrate
from .place import Place, place_of


def open_ledger(address: str | Path) -> "Ledger":
    """Open a ledger, making it when there is none and bringing an older one up to date.

    Args:
        address: The path of a SQLite file, a `postgresql://` URL, or the name of a secret that
            holds either (`env:NAME`, `keyring:NAME`).

    Raises:
        SetupError: It cannot be opened or written, is no ledger, or is of a newer release.
        MissingExtra: PostgreSQL needs the extra `alerts`.
    """
    place = place_of(address)
    with in_words(place.shown):
        engine = engine_of(place)
        migrate(engine, place)
    return Ledger(engine, place)


class Ledger:
    """What is watched, what fired, and what still has to be told.

    Attributes:
        place: Where it is.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self.place = place
        self.engine = engine
        self._writing = engine.execution_options(writes=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    # Rules

    def arm(self, kept: Kept) -> bool:
        """Keep a rule. One that is there gets the sinks it lacks, nothing else; then False."""
        with self._change() as connection:
            return bool(rules.arm(connection, (kept,)))

    def arm_all(self, kept: Iterable[Kept]) -> tuple[str, ...]:
        """Keep many rules in one transaction; the ids of those that were new."""
        with self._change() as connection:
            return rules.arm(connection, tuple(kept))

    def disarm(self, rule_id: str) -> bool:
        """Forget a rule and its state; its alerts stay. False when there is no such rule."""
        with self._change() as connection:
            return rules.disarm(connection, rule_id)

    def snooze(self, rule_id: str, until: datetime | None) -> bool:
        """Keep a rule silent until then; None wakes it. False when there is no such rule."""
        with self._change() as connection:
            return rules.snooze(connection, rule_id, until)

    def kept(self) -> dict[str, Kept]:
        """Every rule by its id, in the order of arming."""
        with self._look() as connection:
            return rules.all_kept(connection)

    def kept_of(self, rule_id: str) -> Kept | None:
        """One rule; None when it is not kept."""
        with self._look() as connection:
            return rules.one_kept(connection, rule_id)

    # Streams

    def carried(self, provider: str, interval: str) -> Carried | None:
        """What this release carried of a provider's rules of an interval; None when it did not."""
        with self._look() as connection:
            return streams.carried(connection, provider, interval)

    def carry(self, wanted: Sequence[Carried], *, at: datetime) -> None:
        """Put streams in the place of the old ones, at *at* by the provider's clock."""
        with self._change() as connection:
            streams.carry(connection, wanted, at)

    # Runs

    def begin(self, run: Run) -> None:
        """Write down that a run began; one that is cut off stays without an end."""
        with self._change() as connection:
            journal.keep_run(connection, run)

    def finish(self, run: Run) -> None:
        """Write down how a run ended."""
        with self._change() as connection:
            journal.keep_run(connection, run)

    def runs(self, last: int = 1) -> tuple[Run, ...]:
        """The newest runs, newest first."""
        with self._look() as connection:
            return journal.last_runs(connection, last)

    def beat(self, name: str, at: datetime, *, every: float | None = None, note: str = "") -> None:
        """Say that something, such as a schedule, is alive at *at* (real time)."""
        with self._change() as connection:
            journal.beat(connection, name, at, every, note)

    def heartbeats(self) -> tuple[tuple[str, datetime, float | None, str], ...]:
        """Name, time, seconds to the next, and note of every heartbeat."""
        with self._look() as connection:
            return journal.beats(connection)

    # What a check found

    def record(
        self,
        run: Run,
        *,
        states: Mapping[str, State],
        fired: Sequence[tuple[Fired, Sequence[Sink]]] = (),
        outages: Sequence[tuple[Outage, Sequence[Sink]]] = (),
        over: Sequence[str] = (),
        carried: Sequence[Carried] = (),
        checked_at: datetime,
    ) -> None:
        """Keep what a check found, all of it or nothing.

        An alert that is there already changes nothing and owes no second delivery, so evaluating a
        bar twice is harmless.

        Args:
            run: Which check; its real time is that of the deliveries.
            states: The new state of each rule that could be evaluated, by rule id.
            fired: Alerts in the order to be told, each with where it goes.
            outages: Outages that begin, each with where that is told.
            over: Ids of outages that ended.
            carried: Streams that stand where the states do.
            checked_at: When, by the provider's clock.
        """
        with self._change() as connection:
            rules.keep_states(connection, states, checked_at)
            streams.carry(connection, carried, checked_at)
            journal.keep_alerts(connection, run.id, [found for found, _ in fired])
            troubles = [outage for outage, _ in outages]
            journal.keep_outages(connection, run.id, troubles, over, run.began)
            post.owe(connection, ((told.id, sinks) for told, sinks in fired), run.began)
            post.owe(connection, ((told.id, sinks) for told, sinks in outages), run.began)

    def alerts(
        self,
        *,
        last: int | None = None,
        ticker: str | None = None,
        rule_id: str | None = None,
        run_id: str | None = None,
    ) -> tuple[Fired, ...]:
        """The alerts that match, newest first; their receipts are in `deliveries(ids=…)`."""
        with self._look() as connection:
            return journal.alerts(
                connection, last=last, ticker=ticker, rule_id=rule_id, run_id=run_id
            )

    def latest(self, tickers: Iterable[str]) -> dict[str, Fired]:
        """The alert with the newest bar of each ticker that has one, for its story."""
        with self._look() as connection:
            return journal.latest(connection, tickers)

    def outages(self, *, lasting: bool = False, last: int | None = None) -> tuple[Outage, ...]:
        """Outages, newest first; with *lasting* only those that are not over."""
        with self._look() as connection:
            return journal.outages(connection, lasting=lasting, last=last)

    def messages(self, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        """The JSON of alerts and outages by id, as a webhook is sent it."""
        with self._look() as connection:
            return journal.messages(connection, ids)

    # Deliveries

    def deliveries(
        self,
        *,
        status: Status | None = None,
        ids: Iterable[str] | None = None,
        last: int | None = None,
    ) -> tuple[Delivery, ...]:
        """The deliveries that match, in the order they were written.

        Args:
            status: Only those.
            ids: Only those of these alerts and outages.
            last: Only so many, the newest.
        """
        with self._look() as connection:
            return post.deliveries(connection, status=status, ids=ids, last=last)

    def bundle(self, address: str, *, over: int, at: datetime) -> Digest | None:
        """Fix a digest of a sink's alerts that were never tried, if there are more than *over*."""
        with self._change() as connection:
            return post.bundle(connection, address, over, at)

    def gather(self, address: str, *, at: datetime) -> tuple[Digest, ...]:
        """Fix a digest of a sink's outages of each kind that one check told of, if it told of several."""
        with self._change() as connection:
            return post.gather(connection, address, at)

    def members(self, key: str, address: str) -> tuple[str, ...]:
        """Ids of the alerts of a digest, in order; empty when the key is an alert's own."""
        with self._look() as connection:
            return post.members(connection, key, address)

    def trying(self, keys: Iterable[str], address: str, *, at: datetime) -> None:
        """Write down that messages are about to be sent; after this they never join a digest."""
        with self._change() as connection:
            post.trying(connection, keys, address, at)

    def tried(
        self,
        keys: Iterable[str],
        address: str,
        *,
        status: Status,
        at: datetime,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """Write down how a try ended."""
        with self._change() as connection:
            post.tried(
                connection,
                keys,
                address,
                status=status,
                at=at,
                error=error,
                not_before=not_before,
            )

    def resend(self, told: str, *, at: datetime) -> tuple[Delivery, ...]:
        """Make deliveries pending again; empty when nothing is called so.

        Those that did not arrive; when all did, all of them. The key stays.

        Args:
            told: Id of an alert, an outage or a digest, or how it begins.
            at: Real time; their three days begin anew.
        """
        with self._change() as connection:
            return post.resend(connection, told, at)

    def discard(self, told: str) -> tuple[Delivery, ...]:
        """Give up deliveries that did not arrive; empty when nothing is called so."""
        with self._change() as connection:
            return post.discard(connection, told)

    # Upkeep

    def prune(self, before: datetime) -> dict[str, int]:
        """Forget what ended before *before*; how many rows of each table went.

        Rules, their states, and everything that is still to be sent stay.
        """
        with self._change() as connection:
            return upkeep.prune(connection, before)

    def export(self, path: Path) -> int:
        """Write every row as a line of JSON; how many lines.

        Raises:
            SetupError: The file cannot be written.
        """
        with _writable(path), self._look() as connection, path.open("w", encoding="utf-8") as file:
            return sum(1 for line in upkeep.lines(connection) if file.write(f"{line}\n"))

    def backup(self, path: Path) -> None:
        """Copy the ledger while it is in use.

        Raises:
            SetupError: The ledger is on a server, or the copy cannot be written.
        """
        if self.place.path is None:
            raise SetupError(
                f"The ledger {self.place.shown} is on a server, which has its own backups.",
                seen=self.place.shown,
                needed="a ledger in a file",
                cure="Run: pg_dump --format=custom --file=genie.dump DATABASE",
            )
        with _writable(path), in_words(str(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
            backup_file(self.engine, path)

    @contextmanager
    def _look(self) -> Iterator[Connection]:
        with in_words(self.place.shown), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with in_words(self.place.shown), self._writing.begin() as connection:
            yield connection


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise Unwritable(path, wrong) from None
