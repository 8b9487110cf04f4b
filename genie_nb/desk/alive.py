"""Is the watch alive? What the doctor sees of the ledger, of deliveries, and of the schedule.

ledger -> reachable; nothing pending or dead; the run that was due has taken place
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger
from ..alerts.secrets import is_name
from ..core.doctor import Probe
from ..core.errors import SetupError
from ..core.watch import Sink
from .clock import real_time
from .home import absent_secrets, has_ledger, ledger_of
from .listed import listed
from .trouble import GRACE

if TYPE_CHECKING:
    from .desk import Desk

_RUNS = 50
"""How far back a run of a schedule is looked for."""
_START = "Run: genie serve, or: genie schedule --every 15m"


def alive(desk: "Desk") -> Iterator[Probe]:
    """A probe each of the ledger, of the watchlist, of what is still to be sent, and of the schedule."""
    if not has_ledger(desk):
        yield Probe(name="ledger", status="ok", text="none yet; watching a rule makes it")
        return
    try:
        with ledger_of(desk) as ledger:
            rules = len(ledger.kept())
            word = "rule" if rules == 1 else "rules"
            yield Probe(name="ledger", status="ok", text=f"{ledger.place.shown} has {rules} {word}")
            yield from _watchlist(desk, ledger)
            yield _deliveries(ledger)
            yield from _secrets(desk, ledger)
            if rules:
                yield _schedule(ledger, real_time())
    except SetupError as wrong:
        yield Probe(name="ledger", status="fail", text=wrong.message, cure=wrong.cure or "")


def _watchlist(desk: "Desk", ledger: Ledger) -> Iterator[Probe]:
    """Whether the watchlist is there; nothing where no rule is armed."""
    found = listed(desk, ledger)
    if found.lost:
        yield Probe(
            name="watchlist",
            status="fail",
            text=f"it names no rule, so that nothing is watched: {found.lost}",
            cure="Put back a copy of it. The ledger has its lines: genie ledger export FILE",
        )
    elif found.kept:
        count = len(found.rules)
        text = "it names 1 rule" if count == 1 else f"it names {count} rules"
        yield Probe(name="watchlist", status="ok", text=text)


def _deliveries(ledger: Ledger) -> Probe:
    pending = len(ledger.deliveries(status="pending"))
    dead = len(ledger.deliveries(status="dead"))
    if not pending and not dead:
        return Probe(name="deliveries", status="ok", text="nothing is waiting to be sent")
    return Probe(
        name="deliveries",
        status="warn",
        text=f"{pending} pending, {dead} given up",
        cure="See them with: genie alerts. Then: genie check, or genie alerts resend ID.",
    )


def _secrets(desk: "Desk", ledger: Ledger) -> Iterator[Probe]:
    """Whether the secrets that sinks name can be had here; nothing where none is named."""
    alerts = desk.config.alerts
    kept = [sink for rule in ledger.kept().values() for sink in rule.sinks]
    usual = [Sink(address=one) for one in (*alerts.sinks, alerts.dead_man) if one]
    sinks = tuple(dict.fromkeys((*kept, *usual)))
    named = [name for sink in sinks for name in (sink.address, sink.secret) if is_name(name)]
    if not named:
        return
    absent = absent_secrets(sinks)
    if not absent:
        yield Probe(name="secrets", status="ok", text=f"{', '.join(sorted(set(named)))} can be had")
        return
    yield Probe(
        name="secrets",
        status="warn",
        text=f"there is no {', '.join(absent)} in this process",
        cure="What runs the checks must have it: set the environment variable there, or use keyring:NAME.",
    )


def _schedule(ledger: Ledger, now: datetime) -> Probe:
    """Whether the newest sign of a schedule is younger than the next was promised to be."""
    signs = [(run.began, run.every) for run in ledger.runs(_RUNS)]
    signs += [(at, every) for _, at, every, _ in ledger.heartbeats()]
    promised = [(at, at + timedelta(seconds=every), every) for at, every in signs if every]
    if not promised:
        last = max((at for at, _ in signs), default=None)
        seen = f"the last check was at {_told(last)}" if last else "nothing was ever checked"
        return Probe(
            name="schedule",
            status="warn",
            text=f"rules are watched and nothing checks them by itself; {seen}",
            cure=_START,
        )
    last, due, every = max(promised, key=lambda sign: sign[1])
    if now - due > max(GRACE, timedelta(seconds=every) / 2):
        return Probe(
            name="schedule",
            status="warn",
            text=f"not alive: its last sign was at {_told(last)}, the next was due at {_told(due)}",
            cure=f"Look at what runs it, or start it again. {_START}",
        )
    return Probe(
        name="schedule",
        status="ok",
        text=f"alive: its last sign was at {_told(last)}, the next is due by {_told(due)}",
    )


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
