"""Verbs that open a panel; where none can live, they show what it would show at first."""

from .option import SIZE, STRATEGY
from .verb import Verb

PANELS = (
    Verb(
        name="tune",
        summary="a strategy under sliders; without a strategy, the one that fits the ticker best",
        tickers=(1, 1),
        word="strategy",
        word_last=True,
        options=tuple(option for option in STRATEGY if option.name != "map"),
        examples=("tune ACME", "tune ACME breakout", "tune ACME breakout --set lookback=55"),
        phrases=("Tune the breakout strategy on ACME",),
    ),
    Verb(
        name="panel",
        summary="a ticker's card, chart, peers, strategies and questions, to click through",
        tickers=(0, 1),
        options=(SIZE,),
        examples=("panel ACME", "panel"),
    ),
    Verb(
        name="watching",
        summary="every rule with where it stands, to add to, change, pause, check and look back on",
        examples=("watching",),
    ),
)
