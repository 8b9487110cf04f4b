"""Rules that are watched: one that was armed, all of them, a check, the log."""

from collections.abc import Sequence
from datetime import datetime

from ...core.figures import written
from ...core.watch import Delivery, Fired, Outage
from ...core.watch.arming import Arming, Watch
from ...core.watch.checked import Check, Log, Logged
from ...core.watch.watched import Changed, Rules, Standing, Unread, Watched
from ..document import Block, Document, Grid, Masthead, Note, Notes, Prose, Verbatim
from .origin import foot

_STANDINGS: dict[Standing, str] = {
    "waiting": "○ waiting",
    "true": "● true",
    "unknown": "? unknown",
    "paused": "– paused",
    "snoozed": "– snoozed",
    "ended": "– ended",
}
_SENT = {"sent": "✓ sent", "pending": "! pending", "dead": "✗ dead", "discarded": "– discarded"}


def of_watch(watch: Watch) -> Document:
    """What was understood, its past, where alerts go and what will happen."""
    arming = watch.arming
    return Document(
        masthead=Masthead(
            name=f"Watching {arming.rule.ticker}",
            pills=("fictional",) if watch.fictional else (),
            lines=(str(arming.rule),),
        ),
        blocks=(
            Prose(paragraphs=arming.said),
            _now(arming),
            _about(watch.provider, watch.as_of),
            foot(watch.timing),
        ),
    )


def _now(arming: Arming) -> Notes:
    told = (
        ("Newest close", written(arming.price, arming.currency or "money")),
        ("To its level", _way(arming.distance.fraction, arming.distance.atr) if arming.distance else ""),
        ("Rule", f"{arming.rule.rule_id}; to end it: genie unwatch {arming.rule.rule_id}"),
    )  # fmt: skip
    return _notes("Now", told)


def _way(fraction: float | None, atr: float | None) -> str:
    """How far a price has to go."""
    if fraction is None:
        return "–"
    text = written(fraction, "fraction", signed=True)
    return text if atr is None else f"{text} ({abs(atr):.1f} ATR)"


def of_rules(rules: Rules) -> Document:
    """Every rule with its distance and state; then why, and lines that cannot be read."""
    count = len(rules.rules)
    watched = "1 rule is watched" if count == 1 else f"{count} rules are watched"
    blocks: list[Block] = [_table(rules.rules)] if count else [_nothing()]
    blocks += _reasons(rules.rules)
    blocks += _unread(rules.unread)
    failed = tuple(Note(lead=ticker, text=why, tone="warn") for ticker, why in rules.failed.items())
    blocks += [Notes(title="Could not be fetched", notes=failed)] if failed else []
    return Document(
        masthead=Masthead(
            name=watched[0].upper() + watched[1:],
            pills=("fictional",) if rules.fictional else (),
            lines=(rules.path,),
        ),
        blocks=(*blocks, _about(rules.provider, rules.as_of), foot(rules.timing)),
    )


def _nothing() -> Prose:
    return Prose(
        paragraphs=("Nothing is watched. For example: watch ACME breaks above $25 with volume",)
    )


def _table(rules: Sequence[Watched]) -> Grid:
    return Grid(
        title="Rules",
        columns=(
            "Rule",
            "State",
            "Price",
            "To its level",
            "Newest bar",
            "Fired",
            "Receipt",
            "Sinks",
            "Id",
        ),
        rows=tuple(_row(rule) for rule in rules),
        hints=tuple(_hint(rule) for rule in rules),
        caption="To its level: the way the price has to go, also in average true ranges of 14 bars. "
        "Newest bar: the last that was evaluated.",
        numeric=False,
    )


def _row(rule: Watched) -> tuple[str, ...]:
    distance = rule.distance
    return (
        str(rule.rule).partition("  #")[0],
        _STANDINGS[rule.standing],
        "–" if rule.price is None else written(rule.price, rule.currency or "money"),
        _way(distance.fraction, distance.atr) if distance else "–",
        _day(rule.last_bar),
        _day(rule.fired),
        _receipt(rule.receipt) if rule.receipt else "–",
        _sinks(rule),
        rule.rule.rule_id,
    )


def _reasons(rules: Sequence[Watched]) -> list[Block]:
    """Why a rule stands where it stands, and what a split made of its numbers."""
    notes = tuple(
        Note(
            lead=rule.rule.rule_id, text=said, tone="warn" if rule.standing == "unknown" else "calm"
        )
        for rule in rules
        if (said := "; ".join(filter(None, (_until(rule), rule.reason))))
    )
    return [Notes(title="Of these", notes=notes)] if notes else []


def _until(rule: Watched) -> str:
    return f"until {_time(rule.snoozed_until)}" if rule.snoozed_until else ""


def _hint(rule: Watched) -> str:
    parts = (rule.rule.rule_id, _until(rule), rule.reason, f"to {_sinks(rule)}", rule.rule.comment)
    return "; ".join(part for part in parts if part)


def _sinks(rule: Watched) -> str:
    return ", ".join(sink.address for sink in rule.sinks) or "the log alone"


def _receipt(delivery: Delivery) -> str:
    when = f" {_time(delivery.sent_at)}" if delivery.sent_at else ""
    return f"{_SENT[delivery.status]}{when}"


def of_changed(changed: Changed) -> Document:
    """What was done, to which rules."""
    verb = "No longer watched" if changed.verb == "unwatch" else "Snooze"
    rows = tuple((rule.rule_id, str(rule)) for rule in changed.rules)
    return Document(
        masthead=Masthead(name=verb),
        blocks=(
            Prose(paragraphs=(changed.text,)),
            Grid(title="", columns=("Id", "Rule"), rows=rows, numeric=False),
            _about(changed.provider, changed.as_of),
        ),
    )


def of_check(check: Check) -> Document:
    """What fired, what could not be known, and what is wrong with the watch itself."""
    count = len(check.alerts)
    found = "Nothing fired" if not count else "1 alert" if count == 1 else f"{count} alerts"
    blocks: list[Block] = [Prose(paragraphs=(check.line,))]
    blocks += [_fired(check.alerts)] if count else []
    blocks += _troubles("Trouble", check.outages)
    blocks += _troubles("Over", check.over)
    unknown = tuple(Note(lead=rule, text=why, tone="warn") for rule, why in check.unknown)
    blocks += [Notes(title="Not known", notes=unknown)] if unknown else []
    blocks += _unread(check.unread)
    blocks += _deliveries(check.deliveries)
    notes = tuple(Note(lead="Note", text=note) for note in check.notes)
    blocks += [Notes(title="Notes", notes=notes)] if notes else []
    return Document(
        masthead=Masthead(
            name="Check" if check.skipped else f"Check: {found[0].lower()}{found[1:]}",
            pills=(
                *(("dry run",) if check.dry_run else ()),
                *(("fictional",) if check.fictional else ()),
            ),
            warning=check.skipped,
        ),
        blocks=(*blocks, _about(check.provider, check.as_of), foot(check.timing)),
    )


def _fired(alerts: Sequence[Fired]) -> Grid:
    return Grid(
        title="Alerts",
        columns=("Ticker", "Bar closed", "What", "Late", "Story"),
        rows=tuple(
            (
                one.alert.ticker,
                _time(one.alert.bar_close),
                one.alert.text,
                "yes" if one.alert.late else "no",
                one.story[:8],
            )
            for one in alerts
        ),
        hints=tuple(_evidence(one) for one in alerts),
        numeric=False,
        caption="Late: a newer bar had closed when it was found. Alerts of one story belong together.",
    )


def _evidence(fired: Fired) -> str:
    values = (
        f"{name} = {'unknown' if value is None else f'{value:g}'}"
        for name, value in fired.alert.evidence
    )
    return f"{'; '.join(values)}; alert {fired.id}, rule {fired.alert.rule_id}"


def _troubles(title: str, outages: Sequence[Outage]) -> list[Block]:
    if not outages:
        return []
    notes = tuple(
        Note(lead=one.kind.replace("_", " "), text=one.text, tone="warn") for one in outages
    )
    return [Notes(title=title, notes=notes)]


def _deliveries(deliveries: Sequence[Delivery]) -> list[Block]:
    if not deliveries:
        return []
    rows = tuple(
        (one.alert_id[:8], one.sink.address, _receipt(one), str(one.attempts), one.error or "–")
        for one in deliveries
    )
    columns = ("Alert", "Sink", "Receipt", "Tries", "Why not")
    return [Grid(title="Deliveries", columns=columns, rows=rows, numeric=False)]


def of_log(log: Log) -> Document:
    """The alerts, newest first, each with its receipts."""
    count = len(log.alerts)
    name = "No alerts yet" if not count else "1 alert" if count == 1 else f"{count} alerts"
    some = "1 delivery is" if log.open == 1 else f"{log.open:,} deliveries are"
    waiting = f"{some} pending or dead." if log.open else ""
    return Document(
        masthead=Masthead(
            name=name, pills=("fictional",) if log.fictional else (), warning=waiting
        ),
        blocks=(
            *((Prose(paragraphs=(log.text,)),) if log.text else ()),
            *((_logged(log.alerts),) if count else ()),
            _about(log.provider, log.as_of),
            foot(log.timing),
        ),
    )


def _logged(alerts: Sequence[Logged]) -> Grid:
    return Grid(
        title="Newest first",
        columns=("Id", "Bar closed", "What", "Receipts"),
        rows=tuple(
            (
                one.fired.id[:8],
                _time(one.fired.alert.bar_close),
                one.fired.alert.text,
                "; ".join(f"{sent.sink.address} {_receipt(sent)}" for sent in one.deliveries)
                or "–",
            )
            for one in alerts
        ),
        hints=tuple(_evidence(one.fired) for one in alerts),
        numeric=False,
    )


def _unread(lines: Sequence[Unread]) -> list[Block]:
    if not lines:
        return []
    told = "\n\n".join(f"line {line.number}: {line.reason}" for line in lines)
    return [Verbatim(title="Lines that cannot be read", text=told)]


def _about(provider: str, as_of: datetime) -> Notes:
    return _notes("About this answer", (("Provider", provider), ("As of", _time(as_of))))


def _notes(title: str, told: Sequence[tuple[str, str]]) -> Notes:
    return Notes(title=title, notes=tuple(Note(lead=k, text=v) for k, v in told if v))


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _day(moment: datetime | None) -> str:
    if moment is None:
        return "–"
    whole = moment.hour == 0 and moment.minute == 0
    return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"
