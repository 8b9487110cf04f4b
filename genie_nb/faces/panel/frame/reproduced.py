"""The lines that give a panel's state again, each with a button that copies it."""

from ....core.ask.spelling import call_of, line_of
from ....core.verbs import Ask
from ....render.html.tag import Markup, joined, tag


def reproduced(ask: Ask) -> Markup:
    """The `%genie` line and the Python call that make the Ask."""
    return joined([_row("line", "Line", line_of(ask)), _row("call", "Python", call_of(ask))])


def _row(key: str, label: str, text: str) -> Markup:
    code = tag("code", text, data_line=key, tabindex="0")
    copy = tag(
        "button",
        "Copy",
        type="button",
        data_copy=key,
        data_key=key,
        aria_label=f"Copy the {label.lower() if key == 'line' else label} that gives this again",
    )
    return tag("div", [tag("span", label), code, copy], class_="line")
