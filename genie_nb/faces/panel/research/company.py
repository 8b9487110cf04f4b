"""Tabs that show the report itself: the card, the chart, the quarters, the peers."""

from typing import Any

from ....answer import Answer
from ....core.errors import GenieError
from ....core.verbs import Ask
from ....render.html import to_html
from ....render.html.tag import Markup, joined, tag
from ....render.outline.extract import of_fundamentals, of_peers
from ....render.view import figure_of, view_of
from ..frame import button
from ..latest import Latest
from ..waiting import drawn, waiting
from .tab import Scope, Tab

COMPARED = 12
"""Peers that have a button."""


class ReportTab(Tab):
    """The whole card."""

    name, label = "report", "Report"

    def html(self) -> Markup:
        """The card as the cell below shows it where no panel lives."""
        return Markup(view_of(self.scope.report).html)

    def asked(self) -> Ask:
        """The panel, which opens here."""
        return self.scope.ask


class ChartTab(Tab):
    """Candles, averages, volume and momentum."""

    name, label = "chart", "Chart"

    def html(self) -> Markup:
        """A place for the chart, or why there is none."""
        if self.scope.report.bars is None:
            return tag("p", f"No prices of {self.scope.ticker} are known.", class_="note")
        name = f"Prices of {self.scope.ticker}"
        return tag("div", data_figure="prices", class_="figure", role="img", aria_label=name)

    def opened(self) -> None:
        """Draw it."""
        figure = figure_of(self.scope.report)
        if figure is not None:
            self.scope.frame.figure("prices", figure)


class FundamentalsTab(Tab):
    """The quarters as small charts."""

    name, label = "fundamentals", "Fundamentals"

    def html(self) -> Markup:
        """Small charts, the newest quarters as a table, the releases."""
        return Markup(to_html(of_fundamentals(self.scope.report)))


class PeersTab(Tab):
    """Where the company stands among its peers; a comparison with one of them."""

    name, label = "peers", "Peers"

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._work = Latest(scope.frame)
        self._other = ""
        self._shown = Markup("")
        self._answer: Answer | None = None

    def take(self) -> None:
        """Other peers."""
        self._work.forget()
        self._other, self._shown, self._answer = "", Markup(""), None

    def html(self) -> Markup:
        """The multiples beside the peers' medians, a button for each peer."""
        members = dict.fromkeys(
            one for place in self.scope.report.standings for one in place.members
        )
        card = Markup(to_html(of_peers(self.scope.report)))
        if not members:
            return card
        buttons = [button("compare", one, value=one) for one in list(members)[:COMPARED]]
        group = tag("div", buttons, class_="buttons small", role="group", aria_label="Compare with")
        words = tag("p", class_="said", data_said="compare", role="status")
        return joined([card, tag("h3", "Compare with"), group, words, self._region()])

    def asked(self) -> Ask:
        """The comparison, once there is one."""
        return self.scope.asking("compare", self._other) if self._answer else self.scope.ask

    def opened(self) -> None:
        """Draw the comparison again."""
        if self._answer is not None and (figure := self._answer.view().figure):
            self.scope.frame.figure("compared", figure)

    def pressed(self, name: str, value: Any) -> bool:
        """Compare with a peer."""
        if name != "compare":
            return False
        self._other, self._answer = str(value), None
        self.scope.frame.say("compare")
        self._put(waiting(f"Comparing {self.scope.ticker} with {value} …"))
        ask = self.scope.asking("compare", self._other)
        self._work.begin(lambda: drawn(ask), self._compared, self._refused)
        return True

    def _compared(self, answer: Answer) -> None:
        self._answer = answer
        chart = tag("div", data_figure="compared", class_="figure")
        self._put(joined([Markup(answer.view().html), chart]))
        self.scope.changed()
        if self.scope.shown == self.name:
            self.opened()

    def _refused(self, error: GenieError) -> None:
        self._put(Markup(""))
        self.scope.frame.say("compare", str(error))

    def _put(self, shown: Markup) -> None:
        self._shown = shown
        self.scope.frame.put("compared", shown)

    def _region(self) -> Markup:
        return tag("div", self._shown, data_region="compared")
