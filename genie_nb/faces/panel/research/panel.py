"""The research panel itself: the ticker box above, the tabs below, the newest ticker wins."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ....answer import Answer
from ....core.ask.command import make_ask
from ....core.errors import AskError, GenieError
from ....render.html import to_html
from ....render.html.tag import Markup, joined, tag
from ....render.outline.extract import of_head
from ..frame import Frame, reproduced
from ..latest import Latest
from ..style import style
from ..waiting import drawn
from .company import ChartTab, FundamentalsTab, PeersTab, ReportTab
from .questions import QuestionsTab
from .rules import PreviewTab
from .strategies import StrategiesTab
from .tab import Scope, Tab
from .ticker_box import BETWEEN, OPEN, TickerBox

TABS = (ReportTab, ChartTab, FundamentalsTab, PeersTab, StrategiesTab, PreviewTab, QuestionsTab)
TAB = "tab"


class ResearchPanel(Frame):
    """One ticker to click through.

    Args:
        answer: Of `panel`: where it begins.
    """

    _css = style()

    def __init__(self, answer: Answer) -> None:
        ticker = answer.value.profile.ticker
        super().__init__(f"Research on {ticker}")
        self._work = Latest(self)
        tickers = answer.ask.tickers or (ticker,)
        ask = replace(answer.ask, tickers=tickers, words="", said_back="")
        self._scope = Scope(
            frame=self, ask=ask, report=answer.value, shown=ReportTab.name, changed=self._reproduce
        )
        self._tabs: dict[str, Tab] = {made.name: made(self._scope) for made in TABS}
        self._box = TickerBox(self, self._choose)
        self._box.settle(self._scope.ticker)
        self._fill()

    def page(self) -> Markup:
        """The ticker box, the head, the tabs, what reproduces it."""
        return joined(
            [
                tag("div", [self._box.html(self._scope.ticker), _region("under")], class_="row"),
                _region("head"),
                _region("tabs"),
                tag("div", data_region="body", class_="body", role="tabpanel", id="genie-body", tabindex="-1"),
                tag("div", [_region("lines"), tag("p", data_notice="", class_="notice", role="status")], class_="foot"),
            ]
        )  # fmt: skip

    def turned(self, values: Mapping[str, Any]) -> None:
        """Words in the ticker box, or controls of the open tab."""
        self._box.turned(values, self._scope.ask)
        self._tab.turned(values)

    def pressed(self, name: str, value: Any) -> None:
        """A ticker, a tab, or a button of the open tab."""
        if name == OPEN:
            self._choose(str(value or ""))
        elif name == TAB:
            self._show(str(value))
        else:
            self._tab.pressed(name, value)

    @property
    def _tab(self) -> Tab:
        return self._tabs[self._scope.shown]

    def _choose(self, name: str) -> None:
        """Turn to another ticker; the panel stays as it is when that fails."""
        wanted = name.partition(BETWEEN)[0].strip()
        if not wanted:
            self._refused(
                AskError(
                    "Nothing was typed.",
                    needed="a ticker or a company",
                    cure="Type one first, such as ACME.",
                )
            )
            return
        try:
            ask = make_ask("panel", tickers=(wanted,), options=self._scope.ask.options)
        except GenieError as error:
            self._refused(error)
            return
        self.say("ticker")
        self.put(
            "under", tag("p", f"Reading {ask.tickers[0]} …", class_="note busy", role="status")
        )
        self._work.begin(lambda: drawn(ask), self._opened, self._refused)

    def _opened(self, answer: Answer) -> None:
        ticker = answer.value.profile.ticker
        self._scope.report = answer.value
        self._scope.ask = replace(answer.ask, tickers=(ticker,), said_back="")
        self.title = f"Research on {ticker}"
        self._box.settle(ticker)
        self.put("under", Markup(""))
        for tab in self._tabs.values():
            tab.take()
        self._fill()
        self.retell(answer.view())

    def _refused(self, error: GenieError) -> None:
        self.put("under", Markup(""))
        self._box.refuse(error)

    def _show(self, name: str) -> None:
        if name in self._tabs and name != self._scope.shown:
            self._scope.shown = name
            self._fill()

    def _fill(self) -> None:
        """Put the head and the open tab on the page."""
        with self.together():
            self.put("head", Markup(to_html(of_head(self._scope.report))))
            self.put("tabs", _tabs(self._tabs, self._scope.shown))
            self.put("body", self._tab.html())
            self._tab.opened()
            self._reproduce()

    def _reproduce(self) -> None:
        self.put("lines", reproduced(self._tab.asked()))


def _tabs(tabs: Mapping[str, Tab], shown: str) -> Markup:
    buttons = [
        tag(
            "button",
            tab.label,
            type="button",
            role="tab",
            data_do=TAB,
            data_value=name,
            data_key=f"tab-{name}",
            aria_selected="true" if name == shown else "false",
            aria_controls="genie-body",
            tabindex="0" if name == shown else "-1",
        )
        for name, tab in tabs.items()
    ]
    return tag("div", buttons, class_="tabs", role="tablist", aria_label="Views of the ticker")


def _region(name: str) -> Markup:
    return tag("div", data_region=name)
