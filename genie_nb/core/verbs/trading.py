"""Verbs about strategies and rules, before anything is watched."""

from .option import PREVIEW, SCAN, SETUP, STRATEGY
from .verb import Verb
from .watching import DRY_RUN, SINKS

TRADING = (
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
        summary="arms the rules of the strategy that suits a ticker, if one does",
        changes=True,
        tickers=(1, 1),
        options=(*SETUP, *SINKS, DRY_RUN),
        examples=("setup ACME", "setup ACME --all", "setup ACME --dry-run"),
        phrases=(
            "Set up smart alerts for ACME",
            "Apply the best strategy for ACME",
            "Full coverage for ACME",
        ),
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
)
