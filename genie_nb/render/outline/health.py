"""The visit to the doctor: each thing looked at, and its cure."""

from ...core.doctor import Health, Probe
from ..document import Document, Findings, Item, Mark, Masthead, Note, Notes

_MARKS: dict[str, Mark] = {"ok": "pass", "warn": "warn", "fail": "fail"}
_WORST = ("fail", "warn", "ok")
_VERDICTS = {
    "fail": "Something stands in the way.",
    "warn": "It works, with a limit.",
    "ok": "All is well.",
}


def of_health(health: Health) -> Document:
    """A sentence for the whole, then every probe in the order looked at."""
    states = {probe.status for probe in health.checks}
    worst = next((state for state in _WORST if state in states), "ok")
    return Document(
        masthead=Masthead(name="Doctor", lines=(_VERDICTS[worst],)),
        blocks=(
            Findings(title="Looked at", items=tuple(_item(probe) for probe in health.checks)),
            Notes(
                title="",
                notes=(
                    Note(lead="Provider", text=health.provider),
                    Note(lead="As of", text=f"{health.as_of:%Y-%m-%d %H:%M} UTC"),
                ),
            ),
        ),
    )


def _item(probe: Probe) -> Item:
    text = f"{probe.text.rstrip('.')}. {probe.cure}" if probe.cure else probe.text
    return Item(label=probe.name, text=text, mark=_MARKS[probe.status])
