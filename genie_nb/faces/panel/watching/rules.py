"""The table of rules: where each stands, how far it is from firing, and what can be done with it."""

from datetime import datetime
from math import isfinite

from ....core.figures import written
from ....core.narrate.condition import told
from ....core.watch import Delivery
from ....core.watch.watched import Rules, Watched
from ....render.document import GLYPHS, Mark
from ....render.html.tag import Markup, joined, tag
from ....render.untrusted import shortened

COLUMNS = ("Rule", "State", "Price", "To go", "In ATRs", "Last bar", "Last fired", "Last delivery")
STATES: dict[str, tuple[Mark, str, str]] = {
    "waiting": ("not_applicable", "waiting", "calm"),
    "true": ("on", "true now", "good"),
    "unknown": ("unknown", "unknown", "warn"),
    "paused": ("not_applicable", "paused", "calm"),
    "snoozed": ("not_applicable", "snoozed", "calm"),
    "ended": ("not_applicable", "ended", "calm"),
}
NEVER = "–"
REST = "rest"
RESTS = {
    "1h": "1 hour",
    "4h": "4 hours",
    "1d": "1 day",
    "2d": "2 days",
    "7d": "1 week",
    "30d": "30 days",
}
"""How long a rule may rest, as `snooze` takes it, and in words."""
USUAL_REST = "2d"


def table(rules: Rules, rest: str) -> Markup:
    """Every rule, or how to add the first.

    Args:
        rules: As they stand.
        rest: How long a snooze lasts, in words.
    """
    if not rules.rules:
        return tag(
            "p", "Nothing is watched yet. Type a rule below, read it, and arm it.", class_="note"
        )
    heads = [tag("th", name, scope="col") for name in COLUMNS]
    head = tag("thead", tag("tr", [*heads, tag("th", tag("span", "", aria_label="Actions"))]))
    body = tag("tbody", [_row(one, rest) for one in rules.rules])
    grid = tag("table", [head, body], class_="grid", aria_label="Rules that are watched")
    return tag("div", tag("div", grid, class_="scroll"), class_="genie plain")


def unread(rules: Rules) -> Markup:
    """Lines of the watchlist that are no rule, and tickers whose bars did not come."""
    lines = [
        f"Line {one.number} of the watchlist is no rule: {one.text} – {one.reason}"
        for one in rules.unread
    ]
    failed = [f"{ticker}: {reason}" for ticker, reason in rules.failed.items()]
    return joined([tag("p", line, class_="warned", role="note") for line in (*lines, *failed)])


def _row(one: Watched, rest: str) -> Markup:
    rule = one.rule
    gap = Markup(" ")
    name = [tag("b", rule.ticker), gap, str(rule.interval), gap, tag("code", str(rule.condition))]
    way = one.distance
    atr = way.atr if way else None
    cells = [
        _cell(_price(one), one.price),
        _cell(
            written(way.fraction, "fraction", signed=True) if way else NEVER,
            way.fraction if way else None,
        ),
        _cell(NEVER if atr is None else f"{atr:+.1f}", atr),
        _cell(_moment(one.last_bar, exact=rule.interval.intraday)),
        _cell(_moment(one.fired, exact=rule.interval.intraday)),
        tag("td", receipt(one.receipt)),
    ]
    head = tag("th", name, scope="row", title=f"Fires when {told(rule.condition)}. {rule}")
    return tag(
        "tr", [head, _state(one), *cells, tag("td", _actions(one, rest), class_="actions-cell")]
    )


def _state(one: Watched) -> Markup:
    mark, word, tone = STATES[one.standing]
    sign = tag("span", GLYPHS[mark], class_=f"mark {tone}", aria_hidden="true")
    gap = Markup(" ")
    until = f" until {_moment(one.snoozed_until, exact=True)}" if one.standing == "snoozed" else ""
    reason = [tag("small", one.reason, class_="calm")] if one.reason else []
    return tag("td", [tag("span", [sign, gap, f"{word}{until}"], class_="whole"), gap, *reason])


def _price(one: Watched) -> str:
    return NEVER if one.price is None else written(one.price, one.currency or "money")


def _cell(text: str, value: float | None = None) -> Markup:
    known = value is not None and isfinite(value)
    return tag("td", text, class_="whole", data_value=f"{value:.10g}" if known else None)


def receipt(delivery: Delivery | None) -> Markup:
    """What became of a message in a few words; the rest for whoever points at it.

    Example:
        >>> receipt(None)
        '–'
    """
    if delivery is None:
        return joined(NEVER)
    address = delivery.sink.address
    place = address.rstrip("/").rpartition("/")[2] if address.startswith("file:") else address
    when = f"{_moment(delivery.sent_at, exact=True)}" if delivery.sent_at else ""
    tries = f"{delivery.attempts} tries" if delivery.attempts > 1 else ""
    why = delivery.error if delivery.status != "sent" else ""
    hint = "\n".join(part for part in (address, when, tries) if part)
    told = f"{delivery.status}: {shortened(place, 40)}"
    return tag(
        "span", [told, *([Markup(" "), tag("small", why, class_="bad")] if why else [])], title=hint
    )


def _moment(when: datetime | None, *, exact: bool) -> str:
    if when is None:
        return NEVER
    return f"{when:%Y-%m-%d %H:%M} UTC" if exact else f"{when:%Y-%m-%d}"


def _actions(one: Watched, rest: str) -> Markup:
    rule = one.rule
    rests = one.standing == "snoozed"
    offered = [
        ("resume", "Resume") if rule.paused else ("pause", "Pause"),
        ("wake", "Wake") if rests else ("snooze", f"Snooze {rest}"),
        ("edit", "Edit"),
        ("remove", "Remove"),
    ]
    buttons = [
        tag(
            "button",
            label,
            type="button",
            data_do=name,
            data_value=rule.rule_id,
            data_key=f"{name}-{rule.rule_id}",
            aria_label=f"{label}: {rule.ticker} {rule.condition}",
        )
        for name, label in offered
    ]
    return tag("div", buttons, class_="actions")
