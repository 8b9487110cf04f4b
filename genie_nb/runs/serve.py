"""`serve`: a foreground service that checks the rules whenever a bar they wait for has closed.

plan -> sleep -> check -> plan -> …, until it is asked to stop

The watchlist is read again at every wake-up, so a rule armed meanwhile is not slept through. A check
that fails is logged, and the next one comes later each time it fails again.
"""

import logging
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import GenieError, SetupError, Unwritable
from ..core.pace import HOUR, seconds_of, written
from ..core.service import Service
from ..core.verbs import Ask
from ..desk import open_desk
from ..desk.check import check
from ..desk.clock import real_time
from ..desk.home import has_ledger, ledger_of
from ..desk.listed import listed
from ..desk.rule import provider_of
from .agenda import Waiting, jitter, next_check
from .logs import on_standard_error, tell
from .signals import Stop, Stopped, stopping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..desk import Desk

logger = logging.getLogger(__name__)

USUAL = "5m"
NAP = 30.0
"""Seconds after which the real clock is looked at again: a machine may have slept meanwhile."""
BEAT = 300.0
"""Seconds between two signs of life while there is nothing to check."""


@dataclass(slots=True)
class _Life:
    """What the service has done so far."""

    checks: int = 0
    failed: int = 0
    in_a_row: int = 0
    last: str = ""
    exit: int = 0


def serve(ask: Ask, directory: str | Path | None = None) -> Service:
    """Check again and again until asked to stop, or once, as schedulers of the system do it.

    Raises:
        SetupError: Another service is running in this home.
        AskError: The pace is no time.
    """
    every = seconds_of(str(ask.options.get("every", USUAL)))
    wish = Ask(verb="check", options=_checks(ask.options))
    began, life = real_time(), _Life()
    style, once = str(ask.options.get("log", "text")), bool(ask.options.get("once"))
    alone = nullcontext() if once else _alone(open_desk(wish, directory))
    with on_standard_error(style), alone, stopping() as stop:
        tell(
            logger,
            logging.INFO,
            "start",
            f"checking about every {written(every)}, when bars have closed",
            every=every,
        )
        with suppress(Stopped):
            _live(wish, directory, every, life, stop, once=once)
        ended = real_time()
        tell(logger, logging.INFO, "stop", f"stopped; checks: {life.checks}", checks=life.checks)
    return Service(
        provider=open_desk(wish, directory).config.provider,
        every=every,
        began=began,
        ended=ended,
        checks=life.checks,
        failed=life.failed,
        last=life.last,
        stopped="once" if once and not stop.asked.is_set() else "signal",
        exit=life.exit if once else 0,
    )


def _checks(options: Mapping[str, object]) -> dict[str, object]:
    """The options that a check takes."""
    return {name: value for name, value in options.items() if name not in ("every", "once", "log")}


def _live(
    wish: Ask,
    directory: str | Path | None,
    every: float,
    life: _Life,
    stop: Stop,
    *,
    once: bool,
) -> None:
    while True:
        next_run = real_time() + timedelta(seconds=every)
        planned = next_run if once else _planned(wish, directory, every)
        with stop.working():
            _tick(wish, directory, planned, life)
        if once:
            return
        pause = _pause(every, life.in_a_row)
        if _sleep(wish, directory, pause, stop):
            return


def _tick(wish: Ask, directory: str | Path | None, planned: datetime, life: _Life) -> None:
    """One check, the same as `genie check`; whatever goes wrong in it is told and survived."""
    life.checks += 1
    due = max((planned - real_time()).total_seconds(), 0.0)
    try:
        found = check(open_desk(wish, directory), wish, every=due)
    except Exception as fault:
        life.failed, life.in_a_row = life.failed + 1, life.in_a_row + 1
        life.exit = fault.exit if isinstance(fault, GenieError) else 1
        life.last = f"{type(fault).__name__}: {fault}"
        detail = None if isinstance(fault, GenieError) else fault
        logger.exception("%s", life.last, exc_info=detail, extra={"event": "check_failed"})
        return
    life.in_a_row, life.exit, life.last = 0, found.exit, found.line
    tell(
        logger,
        logging.WARNING if found.exit else logging.INFO,
        "check",
        found.line,
        exit=found.exit,
        due=len(found.alerts),
        checked=found.checked,
        rules=found.rules,
        outages=len(found.outages),
        as_of=found.as_of.isoformat(),
        next=planned.isoformat(timespec="seconds"),
    )
    for alert in found.alerts:
        tell(
            logger, logging.INFO, "alert", alert.alert.text, id=alert.id, ticker=alert.alert.ticker
        )


def _pause(every: float, failures: int) -> float:
    """Seconds until the next check may be made: doubled with every failure in a row."""
    return min(every * 2**failures, max(every, HOUR)) if failures else every


def _sleep(wish: Ask, directory: str | Path | None, pause: float, stop: Stop) -> bool:
    """Sleep until a check is due; whether it was asked to stop meanwhile.

    A clock that is set back meanwhile does not make the sleep longer.
    """
    from_here, beaten = real_time(), real_time()
    while True:
        now = real_time()
        from_here, beaten = min(from_here, now), min(beaten, now)
        try:
            due = _due(wish, directory, from_here, pause)
        except GenieError as error:
            tell(logger, logging.WARNING, "plan_failed", str(error))
            due = from_here + timedelta(seconds=pause)
        left = (due - real_time()).total_seconds()
        if left <= 0:
            return stop.wait(jitter(pause))
        if (real_time() - beaten).total_seconds() >= BEAT:
            beaten = real_time()
            _beat(wish, directory, due)
        if stop.wait(min(left, NAP)):
            return True


def _planned(wish: Ask, directory: str | Path | None, every: float) -> datetime:
    """When the check after this one will be due."""
    try:
        return _due(wish, directory, real_time(), every)
    except GenieError:
        return real_time() + timedelta(seconds=every)


def _due(wish: Ask, directory: str | Path | None, start: datetime, pause: float) -> datetime:
    desk = open_desk(wish, directory)
    if not has_ledger(desk):
        return next_check(_waiting(desk, None), start, pause)
    with ledger_of(desk) as ledger:
        owed = bool(ledger.deliveries(status="pending", last=1))
        return next_check(_waiting(desk, ledger), start, pause, owed=owed)


def _waiting(desk: "Desk", ledger: Any) -> "Iterator[Waiting]":
    for rule in listed(desk, ledger).rules:
        able = desk.beside(provider_of(desk, rule)).data.capabilities
        still = able.local or able.fictional
        yield Waiting(rule=rule, delay=able.delay, unbound=still)


def _beat(wish: Ask, directory: str | Path | None, due: datetime) -> None:
    """Say in the ledger that the service is alive though there is nothing to check."""
    with suppress(GenieError):
        desk = open_desk(wish, directory)
        if has_ledger(desk):
            with ledger_of(desk) as ledger:
                note = f"next check at {due:%Y-%m-%d %H:%M} UTC"
                ledger.beat("serve", real_time(), every=BEAT + NAP, note=note)


@contextmanager
def _alone(desk: "Desk") -> "Iterator[None]":
    """Be the only service of a home.

    Raises:
        SetupError: Another one is.
    """
    from filelock import FileLock, Timeout

    place = desk.directory / "serve.lock"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place, timeout=0)
        lock.acquire()
    except Timeout:
        raise SetupError(
            f"Another genie serve is running in {desk.directory}.",
            seen=str(place),
            needed="one service in one home",
            cure="Stop it first, or give this one another --home.",
        ) from None
    except OSError as wrong:
        cure = "Choose another home with --home DIR or the GENIE_HOME variable."
        raise Unwritable(place, wrong, cure=cure) from None
    try:
        yield
    finally:
        lock.release()
