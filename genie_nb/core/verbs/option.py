"""Options of verbs: `--name VALUE` on a line, `name=` in Python."""

from dataclasses import dataclass
from typing import Literal

Reads = Literal[
    "text", "number", "amount", "count", "time", "flag", "choice", "settings", "several", "pairs"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One named option of a verb, `--name VALUE` on a line and `name=` in Python.

    Attributes:
        name: With underscores; dashes on a line.
        help: One line.
        reads: What its value is: any text, a number above 0, an amount of 0 or more, a whole number
            above 0, a date or zoned time, one of *choices*, a name with its number (`lookback=20`),
            which may be given several times; a flag has none.
        choices: The closed list, for a choice.
        metavar: Stands for the value in help texts.
        short: A single letter that may stand for it after one dash; empty when none does.
    """

    name: str
    help: str
    reads: Reads = "text"
    choices: tuple[str, ...] = ()
    metavar: str = "VALUE"
    short: str = ""

    @property
    def flag(self) -> str:
        """As it is written on a line."""
        return "--" + self.name.replace("_", "-")


EVERYWHERE = (
    Option(name="format", help="how to show the answer", reads="choice", choices=("text", "json", "html", "md")),
    Option(name="home", help="directory of settings, watchlist, ledger and cache", metavar="DIR"),
)  # fmt: skip
"""Options of every verb."""

DATA = (
    Option(name="provider", help="demo, yahoo, files:DIR or cassette:FILE", metavar="NAME"),
    Option(name="as_of", help="answer as if it were this date or zoned time", reads="time", metavar="TIME"),
    Option(name="deadline", help="seconds after which what is ready is shown", reads="number", metavar="SECONDS"),
)  # fmt: skip
"""Options of every verb that asks for data."""

SIZE = Option(
    name="shares", help="position the exit cost is reckoned for", reads="count", metavar="N"
)

ON = Option(
    name="on",
    help="what to say first of how they differ",
    reads="choice",
    choices=(
        "valuation", "debt", "cash", "growth", "margins", "profitability", "size", "liquidity", "volatility",
        "risks", "trend", "overbought", "dividend", "dilution", "insiders", "coverage", "earnings",
        "short_interest",
    ),
)  # fmt: skip
"""What a comparison is asked about: topics that are answered from the same facts in every report."""

SINCE = Option(
    name="since",
    help="compare with how it stood at this date or zoned time; with the last analysis unless given",
    reads="time",
    metavar="TIME",
)

LEAD = Option(
    name="on",
    help="what to say first of small against large",
    reads="choice",
    choices=("breadth", "streak", "returns", "january", "valuation"),
)
"""What a rotation is asked about."""

INTERVALS = ("1m", "5m", "15m", "1h", "1d", "1wk")
"""As `core.market.Interval`, which is not imported for the sake of a quick help text."""

SET = Option(
    name="set",
    help="a parameter of the strategy, as often as you like",
    reads="settings",
    metavar="NAME=NUMBER",
)
INTERVAL = Option(name="interval", help="length of the bars", reads="choice", choices=INTERVALS)
FEE = Option(name="fee_bps", help="fee of a fill; 10 unless given", reads="amount", metavar="BPS")

SCAN = (
    SET,
    INTERVAL,
    FEE,
    Option(name="universe", help="a file of tickers, a fund's holdings, or tickers with commas", metavar="FILE"),
    Option(name="dask", help="address of a Dask scheduler, or local", metavar="ADDRESS"),
    Option(name="workers", help="processes on this machine", reads="count", metavar="N"),
    Option(name="fresh", help="look at all tickers again after a scan that was stopped", reads="flag"),
)  # fmt: skip
"""Options of `scan`."""

STRATEGY = (
    SET,
    INTERVAL,
    FEE,
    Option(name="spread_bps", help="the whole spread; estimated unless given", reads="amount", metavar="BPS"),
    Option(name="shares", help="position whose mark on the price is paid too", reads="count", metavar="N"),
    Option(name="map", help="two parameters to draw a map of, such as fast,slow", metavar="A,B"),
)  # fmt: skip
"""Options of `strategy`."""

SETUP = (
    Option(name="all", help="prepare the rules of every strategy, not of the one that fits", reads="flag"),
)  # fmt: skip
"""Options of `setup`."""

PREVIEW = (INTERVAL,)
"""Options of `preview`."""

RUN = (
    Option(
        name="parameters",
        help="a value for the notebook's parameters cell, as often as you like",
        reads="pairs",
        metavar="NAME=VALUE",
        short="p",
    ),
    Option(name="output", help="file or folder of the executed notebook; out/ unless given", metavar="PATH", short="o"),
    Option(name="html", help="write it as a page without network too", reads="flag"),
    Option(name="timeout", help="seconds after which the run is ended", reads="number", metavar="SECONDS"),
    *DATA[:2],
)  # fmt: skip
"""Options of `run`; those of data are handed to the notebook's parameters of the same name."""

EVERY = Option(name="every", help="time between two checks, such as 5m, 1h or 1d", metavar="TIME")

SERVE = (
    EVERY,
    Option(name="once", help="one check, then the end", reads="flag"),
    Option(name="log", help="how standard error is written", reads="choice", choices=("text", "json")),
    Option(name="sink", help="where alerts go too, as often as you like", reads="several", metavar="ADDRESS"),
    Option(name="secret", help="name of the secret that signs a webhook: env:NAME", metavar="NAME"),
    DATA[0],
    DATA[2],
)  # fmt: skip
"""Options of `serve`."""

SCHEDULE = (
    EVERY,
    Option(name="cron", help="a cron line instead, in UTC", metavar="LINE"),
    Option(name="notebook", help="the notebook to run; the alerts notebook unless given", metavar="PATH"),
    Option(name="recipe", help="print how to schedule it elsewhere", reads="choice",
           choices=("cron", "systemd", "github", "kubernetes", "airflow")),
    RUN[0],
    *DATA[:1],
)  # fmt: skip
"""Options of `schedule`."""

LEDGER = (
    Option(name="older", help="what ended longer ago than this, such as 90d", metavar="TIME"),
)  # fmt: skip
"""Options of `ledger`."""
