"""`alerts`: the log, and what can be done with what is in it.

alerts | alerts resend ID | alerts discard ID | alerts test ADDRESS | alerts export FILE -> Log
"""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from ..alerts.ledger import Ledger
from ..alerts.lock import checking
from ..core.errors import AskError, Unwritable
from ..core.verbs import Ask
from ..core.watch import Delivery
from ..core.watch.checked import Log, Logged
from .clock import real_time
from .home import has_ledger, ledger_of, opened, send, sinks_of
from .tape import moment_of

if TYPE_CHECKING:
    from .desk import Desk

SHOWN = 100
"""Alerts that are listed, the newest."""


def alerts(desk: "Desk", ask: Ask) -> Log:
    """The log of alerts, newest first, after what the words ask for was done.

    Raises:
        AskError: The words are no such request, or nothing is called so.
        DeliveryError: A sink that was to be tested did not take the message.
        SetupError: The ledger cannot be read, or a file cannot be written.
    """
    with desk.timed() as timing:
        text = _done(desk, ask)
        return replace(_log(desk, ask), text=text, timing=timing())


def _done(desk: "Desk", ask: Ask) -> str:
    """Do what the words ask for, and say what became of it; nothing for the log alone."""
    action, _, rest = ask.words.strip().partition(" ")
    if not action:
        return ""
    do = _ACTIONS.get(action.casefold())
    if do is None or not rest.strip():
        raise AskError(
            f"alerts cannot {ask.words!r}.",
            seen=ask.words,
            needed="resend ID, discard ID, test ADDRESS or export FILE, or nothing for the log",
            cure="For example: alerts test file:alerts.jsonl",
        )
    return do(desk, ask, rest.strip())


def _log(desk: "Desk", ask: Ask, last: int | None = SHOWN) -> Log:
    with ExitStack() as stack:
        ledger = stack.enter_context(ledger_of(desk)) if has_ledger(desk) else None
        logged = _logged(ledger, last) if ledger else ()
        dead = len(ledger.deliveries(status="dead")) if ledger else 0
        pending = len(ledger.deliveries(status="pending")) if ledger else 0
    return Log(
        alerts=logged,
        provider=desk.config.provider,
        as_of=moment_of(desk, ask),
        open=dead + pending,
        fictional=desk.data.capabilities.fictional,
    )


def _logged(ledger: Ledger, last: int | None) -> tuple[Logged, ...]:
    found = ledger.alerts(last=last)
    sent: dict[str, list[Delivery]] = {one.id: [] for one in found}
    for delivery in ledger.deliveries(ids=list(sent)):
        sent[delivery.alert_id].append(delivery)
    return tuple(Logged(fired=one, deliveries=tuple(sent[one.id])) for one in found)


def _resend(desk: "Desk", ask: Ask, told: str) -> str:
    del ask
    with ledger_of(desk) as ledger, checking(ledger) as mine:
        found = ledger.resend(told, at=real_time())
        if not found:
            raise _unknown(told)
        if not mine:
            return f"{_count(len(found))} will be sent by the check that is running, or the next."
        tried = send(desk, ledger)
    ids = {one.alert_id for one in found}
    arrived = sum(one.status == "sent" for one in tried if one.alert_id in ids)
    return f"{arrived} of {_count(len(found))} arrived."


def _discard(desk: "Desk", ask: Ask, told: str) -> str:
    del ask
    with ledger_of(desk) as ledger:
        found = ledger.discard(told)
    if not found:
        raise _unknown(told)
    given_up = sum(one.status == "discarded" for one in found)
    return f"{given_up} of {_count(len(found))} given up; the alerts stay in the log."


def _test(desk: "Desk", ask: Ask, address: str) -> str:
    options = {**ask.options, "sink": (address,)}
    (sink,) = sinks_of(desk, replace(ask, options=options))
    key = uuid4().hex
    text = "A test from genie: alerts that are sent here look like this. Nothing fired."
    body = {"id": key, "test": True, "text": text, "evaluated_at": real_time().isoformat()}
    opened(desk, sink).send(key, body, text)
    return f"{sink.address} took the test message {key}."


def _export(desk: "Desk", ask: Ask, name: str) -> str:
    log = _log(desk, ask, last=None)
    path = Path(name).expanduser()
    try:
        if path.suffix.casefold() == ".csv":
            log.to_frame().to_csv(path)
        else:
            lines = (json.dumps(one.to_dict(), ensure_ascii=False) for one in log.alerts)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as wrong:
        raise Unwritable(path, wrong) from None
    return f"{len(log.alerts)} alerts written to {path}."


def _unknown(told: str) -> AskError:
    return AskError(
        f"No alert is called {told!r}, or it was sent nowhere.",
        seen=told,
        needed="the id of an alert, or how it begins",
        cure="See them with: genie alerts",
    )


def _count(number: int) -> str:
    return "1 delivery" if number == 1 else f"{number} deliveries"


_ACTIONS: Mapping[str, Callable[["Desk", Ask, str], str]] = {
    "resend": _resend,
    "discard": _discard,
    "test": _test,
    "export": _export,
}
