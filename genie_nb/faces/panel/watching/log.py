"""The log of alerts: what fired, and its receipts."""

from ....core.figures import written
from ....core.watch import Delivery
from ....core.watch.checked import Log, Logged
from ....render.html.tag import Markup, joined, tag
from .rules import receipt

COLUMNS = ("Bar", "Ticker", "What fired", "Close", "Late", "Receipts")
OPEN = ("pending", "dead")


def log(found: Log) -> Markup:
    """Every alert, the newest first, with buttons for deliveries that are still open."""
    if not found.alerts:
        return tag("p", "No alert has fired yet.", class_="note")
    head = tag("thead", tag("tr", [tag("th", name, scope="col") for name in COLUMNS]))
    body = tag("tbody", [_row(one) for one in found.alerts])
    grid = tag("table", [head, body], class_="grid", aria_label="Alerts that fired")
    return tag("div", tag("div", grid, class_="scroll"), class_="genie plain")


def _row(one: Logged) -> Markup:
    alert = one.fired.alert
    day = (
        f"{alert.bar_time:%Y-%m-%d %H:%M} UTC"
        if alert.interval.intraday
        else f"{alert.bar_time:%Y-%m-%d}"
    )
    price = tag("td", written(alert.price, "money"), data_value=f"{alert.price:.10g}")
    cells = [
        tag("td", alert.ticker),
        tag("td", alert.text, class_="wordy", title=f"{alert.rule_id}: {alert.rule}"),
        price,
        tag("td", "late" if alert.late else "–"),
        tag("td", _receipts(one)),
    ]
    return tag("tr", [tag("th", day, scope="row", class_="whole"), *cells])


def _receipts(one: Logged) -> Markup:
    if not one.deliveries:
        return tag("span", "kept in the log, no sink", class_="calm")
    lines = [tag("div", receipt(delivery)) for delivery in one.deliveries]
    return joined([*lines, *_open(one.deliveries, one.fired.id)])


def _open(deliveries: tuple[Delivery, ...], alert_id: str) -> list[Markup]:
    if all(delivery.status not in OPEN for delivery in deliveries):
        return []
    buttons = [
        tag(
            "button",
            label,
            type="button",
            data_do=name,
            data_value=alert_id,
            data_key=f"{name}-{alert_id}",
            aria_label=f"{label} the alert {alert_id[:8]}",
        )
        for name, label in (("resend", "Send again"), ("discard", "Discard"))
    ]
    return [tag("div", buttons, class_="actions")]
