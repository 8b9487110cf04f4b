"""The verb table: each thing genie can be asked to do, declared once.

    words | magic line | command line | Python call -> Ask -> desk -> Answer

Every face derives from this table: its parsers, completion, help and documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reads = Literal["text", "number", "amount", "count", "time", "flag", "choice", "settings"]


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
    """

    name: str
    help: str
    reads: Reads = "text"
    choices: tuple[str, ...] = ()
    metavar: str = "VALUE"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing genie can be asked to do.

    Attributes:
        name: The word on a line and the Python function.
        summary: One line of help.
        tickers: Fewest and most tickers; (0, 0) when it takes none.
        word: What comes before the tickers, as the fact of `why` or the strategy of `strategy`; empty
            when nothing does.
        rest: What the remaining words are, as a phrase; empty when none are taken.
        takes: The same in one word, for usage lines.
        must: Whether there is nothing to do without those words.
        options: Its own options.
        data: Whether it asks a provider.
        examples: Lines as a user types them after `%genie`.
        phrases: Plain sentences that mean it.
        also: Other spellings of the name.
    """

    name: str
    summary: str
    tickers: tuple[int, int] = (0, 0)
    word: str = ""
    rest: str = ""
    takes: str = "words"
    must: bool = False
    options: tuple[Option, ...] = ()
    data: bool = True
    examples: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """How a line is written, such as `analyze TICKER [QUESTIONS]`."""
        fewest, most = self.tickers
        parts = [self.name, self.word.upper() if self.word else ""]
        parts += ["TICKER"] * fewest + (["[TICKER …]"] if most > fewest else [])
        if self.rest:
            parts.append(self.takes.upper() if self.must else f"[{self.takes.upper()}]")
        return " ".join(part for part in parts if part)

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Its own options, those of its data, those of every verb."""
        return self.options + (DATA if self.data else ()) + EVERYWHERE


SIZE = Option(
    name="shares", help="position the exit cost is reckoned for", reads="count", metavar="N"
)

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

VERBS: Mapping[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb(
            name="analyze",
            summary="fundamentals, signals, checks and risks of one ticker",
            tickers=(1, 1),
            rest="questions to answer, such as: Is it profitable?",
            takes="questions",
            also=("analyse",),
            options=(SIZE,),
            examples=("analyze ACME", "analyze ACME Is it profitable? What's the debt situation?"),
            phrases=("Analyze ACME", "Analyze ACME Corp for me", "What are the risks of ACME?"),
        ),
        Verb(
            name="compare",
            summary="two to eight tickers side by side, and where they differ most",
            tickers=(2, 8),
            options=(SIZE,),
            examples=("compare ACME WNCH",),
            phrases=("Compare ACME to WNCH",),
        ),
        Verb(
            name="why",
            summary="where one number comes from: formula, inputs, other sources",
            tickers=(1, 1),
            word="fact",
            examples=("why debt_to_equity ACME",),
            phrases=("Where does the P/E of ACME come from?",),
        ),
        Verb(
            name="strategy",
            summary="what a strategy would have done on a ticker, after costs, beside holding it",
            tickers=(1, 1),
            word="strategy",
            options=STRATEGY,
            examples=(
                "strategy breakout ACME",
                "strategy breakout ACME --set lookback=55 --set exit_length=20",
                "strategy vwap_day ACME --interval 5m",
            ),
            phrases=("Show the breakout strategy on ACME",),
        ),
        Verb(
            name="setup",
            summary="which strategy suits a ticker, if any, and the rules it would arm",
            tickers=(1, 1),
            options=SETUP,
            examples=("setup ACME", "setup ACME --all"),
            phrases=("Set up smart alerts for ACME", "Apply the best strategy for ACME"),
        ),
        Verb(
            name="preview",
            summary="how often a rule would have fired, and what followed, before it is armed",
            tickers=(1, 1),
            rest="a rule",
            takes="rule",
            must=True,
            options=PREVIEW,
            examples=(
                'preview ACME "close crosses above sma(50)"',
                "preview ACME rsi(14) < 30 cooldown 5 bars",
            ),
        ),
        Verb(
            name="scan",
            summary="where a strategy or rule holds now, over a universe of tickers, best first",
            rest="a strategy, or a condition in the rule language or plain words",
            takes="strategy or rule",
            must=True,
            options=SCAN,
            examples=(
                "scan breakout",
                "scan mean_reversion --set entry=25 --universe ACME,WNCH,GFBK",
                'scan "close crosses above sma(50) and rvol(20) > 1.5" --universe holdings.csv',
            ),
        ),
        Verb(
            name="ask",
            summary="a question or wish in plain words",
            rest="the question",
            takes="question",
            must=True,
            examples=('ask "Analyze ACME. Is it profitable?"',),
        ),
        Verb(
            name="read",
            summary="says how plain words are understood, without doing it",
            rest="the words",
            must=True,
            data=False,
            examples=('read "How does ACME compare to WNCH?"',),
        ),
        Verb(
            name="config",
            summary="shows the settings, or sets one",
            rest="a setting and its value",
            takes="setting value",
            data=False,
            examples=("config", "config provider yahoo"),
        ),
        Verb(
            name="doctor",
            summary="is everything installed, reachable and fresh?",
            examples=("doctor",),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, whichever face it came through. Equal wishes make equal Asks.

    Attributes:
        verb: A name of the verb table.
        tickers: In the spelling of `core.ticker`; a company name as the user wrote it.
        word: The value of `Verb.word`: a fact's or a strategy's name.
        words: The value of `Verb.rest`, as the user wrote it.
        options: Option name to value; options left at their default are absent.
        said_back: How plain words were read, as a sentence; empty for requests that needed no reading.
    """

    verb: str
    tickers: tuple[str, ...] = ()
    word: str = ""
    words: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    said_back: str = field(default="", compare=False)


def verb_called(name: str) -> Verb | None:
    """The verb of that name or spelling, in any case; None when there is none.

    Example:
        >>> verb_called("Analyse").name
        'analyze'
    """
    wanted = name.casefold()
    if wanted in VERBS:
        return VERBS[wanted]
    return next((verb for verb in VERBS.values() if wanted in verb.also), None)
