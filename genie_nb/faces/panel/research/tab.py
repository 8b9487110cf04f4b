"""What the tabs of the research panel have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ....core.report import Report
from ....core.verbs import Ask
from ....render.html.tag import Markup
from ..frame import Frame

CARRIED = ("provider", "as_of", "deadline", "home")
"""Options of the panel's request that every request of its tabs carries."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """What the tabs share.

    Attributes:
        frame: The panel.
        ask: The request that gives the panel as it stands.
        report: Of the ticker the panel is about.
        shown: Name of the tab that is open.
        changed: Called when a tab's request changed, for the lines that reproduce it.
    """

    frame: Frame
    ask: Ask
    report: Report
    shown: str
    changed: Callable[[], None]

    @property
    def ticker(self) -> str:
        """Whom the panel is about."""
        return self.report.profile.ticker

    @property
    def options(self) -> dict[str, object]:
        """Provider, time and home of the panel."""
        return {name: self.ask.options[name] for name in CARRIED if name in self.ask.options}

    def asking(self, verb: str, *more: str, words: str = "") -> Ask:
        """A request about the ticker, and others after it, with the panel's options."""
        return Ask(verb=verb, tickers=(self.ticker, *more), words=words, options=self.options)


class Tab:
    """One tab: made once for the panel, and told of every ticker it is about.

    Attributes:
        name: In messages.
        label: As it is read.
    """

    name: ClassVar[str]
    label: ClassVar[str]

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def take(self) -> None:
        """The panel is about another ticker."""

    def html(self) -> Markup:
        """Its content as it stands."""
        raise NotImplementedError

    def opened(self) -> None:
        """It was put on the page: fetch what it lacks, draw its charts."""

    def asked(self) -> Ask:
        """The request that gives what it shows."""
        return self.scope.ask

    def turned(self, values: Mapping[str, Any]) -> None:
        """The reader changed controls."""

    def pressed(self, name: str, value: Any) -> bool:
        """The reader pressed a button; whether it was one of this tab."""
        del name, value
        return False

    def refresh(self) -> None:
        """Put its content on the page anew, if it is open."""
        if self.scope.shown == self.name:
            self.scope.frame.put("body", self.html())
