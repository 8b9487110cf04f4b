"""The ticker box: completion over symbols and names while somebody types, near names after a slip."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ....core.errors import GenieError, UnknownTicker
from ....core.provider import Match
from ....core.verbs import Ask
from ....desk import open_desk
from ....desk.resolve import near
from ....render.html.tag import Markup, joined, tag
from ..frame import Frame, button, field
from ..latest import Latest

TICKER = "ticker"
OPEN = "open"
OFFERS = "offers"
NEAR = "near"
BETWEEN = " · "
"""Stands between the symbol and the name of an offer, and in nothing that people type."""

MOST = 12
"""Offers at a time."""


class TickerBox:
    """A field that offers tickers by symbol and by name.

    Args:
        frame: The panel.
        chosen: Told of a ticker or name that is to be opened.
    """

    def __init__(self, frame: Frame, chosen: Callable[[str], None]) -> None:
        self._frame = frame
        self._chosen = chosen
        self._work = Latest(frame)
        self._words = ""
        self._asked = ""

    def html(self, ticker: str) -> Markup:
        """The field, its offers, and a place for near names."""
        box = tag(
            "input",
            type="text",
            value=ticker,
            id=f"genie-{TICKER}",
            data_name=TICKER,
            data_enter=OPEN,
            data_live="",
            list="genie-offers",
            aria_describedby=f"genie-{TICKER}-said",
            autocomplete="off",
            spellcheck="false",
        )
        press = tag("button", "Open", type="button", data_do=OPEN, data_from=TICKER)
        line = tag("div", [box, press], class_="ask")
        offers = tag("datalist", id="genie-offers", data_region=OFFERS)
        names = tag("div", data_region=NEAR)
        return joined(
            [field(TICKER, "Ticker or company", line, kind="field ticker"), offers, names]
        )

    def turned(self, values: Mapping[str, Any], ask: Ask) -> None:
        """Offer what begins like the words; open an offer that was taken."""
        words = str(values.get(TICKER, self._words)).strip()
        if words == self._words:
            return
        self._words = words
        symbol, between, _ = words.partition(BETWEEN)
        if between:
            self._frame.turn(TICKER, symbol)
            self._chosen(symbol)
        elif words:
            self._work.begin(lambda: near(words, open_desk(ask).data), self._offer, _ignored)

    def ask(self, words: str) -> None:
        """Keep in mind what is being opened."""
        self._asked = words

    def settle(self, ticker: str) -> None:
        """Hold the ticker that was opened, unless something else is being typed meanwhile."""
        self._work.forget()
        if self._words in (self._asked, ""):
            self._words = ticker
            self._frame.turn(TICKER, ticker)
        self._frame.say(TICKER)
        self._frame.put(NEAR, Markup(""))

    def refuse(self, error: GenieError) -> None:
        """Say why nothing was opened, and offer near names as buttons."""
        self._frame.say(TICKER, str(error))
        offered = error.near if isinstance(error, UnknownTicker) else ()
        buttons = [button(OPEN, one, value=one.partition(" ")[0]) for one in offered]
        label = tag("span", "Near names:", class_="note")
        group = tag(
            "div", [label, *buttons], class_="buttons small", role="group", aria_label="Near names"
        )
        self._frame.put(NEAR, group if buttons else Markup(""))

    def _offer(self, matches: Sequence[Match]) -> None:
        offers = [tag("option", value=f"{one.ticker}{BETWEEN}{one.name}") for one in matches[:MOST]]
        self._frame.put(OFFERS, joined(offers))


def _ignored(_error: GenieError) -> None:
    """That nothing can be offered is said when the ticker is opened."""
