"""Verbs about companies."""

from .option import LEAD, ON, SINCE, SIZE
from .verb import Verb

RESEARCH = (
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
        options=(ON, SIZE),
        examples=("compare ACME WNCH", "compare ACME WNCH --on valuation"),
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
        name="rotation",
        summary="small companies against large ones: streak, returns, breadth",
        options=(LEAD,),
        examples=("rotation", "rotation --on streak"),
        phrases=("Is the small-cap rally broadening?", "How long is the small-cap win streak?"),
    ),
    Verb(
        name="diff",
        summary="what changed with one ticker since it was last analyzed here, or since a day",
        tickers=(1, 1),
        options=(SINCE,),
        examples=("diff ACME", "diff ACME --since 2025-12-01"),
        phrases=("What changed with ACME since 2025-12-01?", "Anything new on ACME?"),
    ),
)
