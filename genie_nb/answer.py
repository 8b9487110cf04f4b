"""The one way from an Ask to something that shows itself.

    face -> Ask -> run -> Answer -> JSON | View | DataFrame

A face makes an Ask and shows an Answer; it does nothing else.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import warn

from .core.errors import AskError, SetupError
from .core.verbs import Ask
from .core.verbs.panels import PANELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .desk import Desk
    from .render.view import View


class Answer:
    """What a verb gives back: a value that shows itself in any place.

    Its value's attributes are its own, so `genie.analyze("ACME").facts["price"]` works.

    Attributes:
        value: The value: a Report, a Comparison, an Explanation, …
        ask: The request it answers.
        follow_up: Whether its subject was shown before, so that the answer to what was asked comes
            first and the rest is folded; set by whoever leads the talk, before it is shown.
    """

    def __init__(self, value: Any, ask: Ask) -> None:
        self.value = value
        self.ask = ask
        self.follow_up = False
        self._view: View | None = None

    @property
    def exit(self) -> int:
        """The exit status of the command line: 0, or what the value says of itself."""
        return getattr(self.value, "exit", 0)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the verb's schema."""
        return self.value.to_dict()

    def view(self) -> "View":
        """The answer in every form it is shown in; made once."""
        if self._view is None:
            from .render.view import view_of

            self._view = view_of(self.value, follow_up=self.follow_up)
        return self._view

    def to_frame(self) -> "pd.DataFrame":
        """The answer as a table; its `attrs` keep source and as_of.

        Raises:
            GenieError: The answer is not a table.
        """
        from .render.table import frame_of

        own = getattr(self.value, "to_frame", None)
        return own() if own else frame_of(self.value)

    def _ipython_display_(self) -> None:
        if not _in_panel(self):
            self.view().show()

    def _repr_mimebundle_(
        self, include: "Sequence[str] | None" = None, exclude: "Sequence[str] | None" = None
    ) -> dict[str, Any]:
        return self.view()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return self.view().text

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.value, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *dir(self.value)})


def run(ask: Ask, *, home: str | Path | None = None) -> Answer:
    """Do what was asked.

    Args:
        ask: The request.
        home: Directory of settings and cache, when the Ask names none.

    Raises:
        GenieError: It cannot be done; the message says why and what to do.
    """
    local = _LOCAL.get(ask.verb)
    if local is not None:
        return Answer(local(ask, home), ask)
    from .desk import open_desk

    desk = open_desk(ask, home)
    spread = _SPREAD.get(ask.verb)
    return Answer(spread(desk, ask) if spread else desk.answer(ask), ask)


def _in_panel(answer: Answer) -> bool:
    """Whether the answer was opened as a panel: its verb has one, and a front end is there to live in."""
    if all(answer.ask.verb != verb.name for verb in PANELS):
        return False
    from .desk.progress import in_notebook
    from .plugins import PANEL_OPENERS, load, names

    if not in_notebook() or answer.ask.verb not in names(PANEL_OPENERS):
        return False
    try:
        opener = load(PANEL_OPENERS, answer.ask.verb, kind="panel")
    except SetupError as missing:
        warn(f"{missing} The answer is shown without its panel.", stacklevel=2)
        return False
    opener(answer)
    return True


def _read(ask: Ask, home: str | Path | None) -> Any:
    from .asking import advised
    from .core.ask import read
    from .core.ask.conversation import Conversation

    return advised(read(ask.words), Conversation(), None if home is None else str(home))


def _scan(desk: "Desk", ask: Ask) -> Any:
    from .compute import run as spread
    from .desk.scan import scan

    return scan(desk, ask, spread=spread)


def _config(ask: Ask, home: str | Path | None) -> Any:
    from .desk.settings import settle

    return settle(ask, home)


def _run(ask: Ask, home: str | Path | None) -> Any:
    from .runs.notebook import run as run_notebook

    return run_notebook(ask, home)


def _mcp(_ask: Ask, _home: str | Path | None) -> Any:
    raise AskError(
        "The tools for agents are served by a process of their own.",
        seen="mcp",
        needed="a terminal, or the settings of an agent",
        cure="Run there: genie mcp",
    )


def _serve(ask: Ask, home: str | Path | None) -> Any:
    from .runs.serve import serve

    return serve(ask, home)


def _schedule(ask: Ask, home: str | Path | None) -> Any:
    from .runs.schedule import schedule

    return schedule(ask, home)


def _ledger(ask: Ask, home: str | Path | None) -> Any:
    from .desk import open_desk
    from .desk.upkeep import upkeep

    return upkeep(open_desk(ask, home), ask)


_LOCAL = {
    "read": _read,
    "config": _config,
    "mcp": _mcp,
    "run": _run,
    "serve": _serve,
    "schedule": _schedule,
    "ledger": _ledger,
}
"""Verbs that need no provider, or ask for one in their own way."""

_SPREAD = {"scan": _scan}
"""Verbs whose work is spread over workers: the desk and `compute` meet here."""
