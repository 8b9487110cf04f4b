"""What makes the tables of a card sort and filter in a live notebook.

    View.show() -> offer() -> one small widget, which enhances the static tables and takes its leave

The widget says when a page has run its script; its output is then emptied, so that a saved notebook
holds the card alone and asks for no widget when it is opened again.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anywidget import AnyWidget

WIDGET = "application/vnd.jupyter.widget-view+json"
PLACE = Path(__file__).parent / "html"
GONE = {WIDGET: {"version_major": 2, "version_minor": 0, "model_id": ""}, "text/plain": ""}
"""An output whose widget was removed: front ends give it no room."""


def script() -> str:
    """What a page needs for `Tables.sweep(root)`, which enhances every table of a card under *root*."""
    return (PLACE / "tables.js").read_text(encoding="utf-8")


def offer(html: str) -> None:
    """Send the script to the page that shows *html*, if there is a live one and a table in it."""
    if '<table class="grid' not in html or not _live():
        return
    from IPython.display import display

    widget, waiting = _sorter()
    bundle = {WIDGET: {**GONE[WIDGET], "model_id": widget.model_id}, "text/plain": ""}
    waiting.append(display(bundle, raw=True, display_id=True))


def _live() -> bool:
    """Whether a front end is there that can run a script; a notebook run unattended has none."""
    ipython = sys.modules.get("IPython")
    kernel = getattr(ipython.get_ipython(), "kernel", None) if ipython else None
    if not getattr(kernel, "_allow_stdin", False):
        return False
    from importlib.util import find_spec

    return find_spec("anywidget") is not None


@cache
def _sorter() -> "tuple[AnyWidget, list[Any]]":
    """The one widget of this kernel, and its outputs that no page has run yet."""
    from anywidget import AnyWidget

    waiting: list[Any] = []

    class Tables(AnyWidget):
        """Carries the script; holds nothing else."""

        _esm = script() + (PLACE / "sorter.js").read_text(encoding="utf-8")

    def leave(_widget: object, _message: object, _buffers: object) -> None:
        while waiting:
            waiting.pop().update(GONE, raw=True)

    widget = Tables()
    widget.on_msg(leave)
    return widget, waiting
