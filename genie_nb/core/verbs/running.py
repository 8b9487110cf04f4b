"""Verbs that run notebooks and keep checks going."""

from .option import LEDGER, RUN, SCHEDULE, SERVE
from .verb import Verb

RUNNING: tuple[Verb, ...] = (
    Verb(
        name="run",
        summary="runs a notebook by papermill, with its exit status and nothing private in its output",
        rest="a notebook",
        takes="notebook",
        must=True,
        data=False,
        terminal=True,
        options=RUN,
        examples=(
            "run notebooks/01_analyze.ipynb -p ticker=WNCH",
            "run notebooks/02_strategies.ipynb --output out/ --html",
        ),
    ),
    Verb(
        name="serve",
        summary="checks the rules whenever a bar they wait for has closed, until it is stopped",
        data=False,
        terminal=True,
        options=SERVE,
        examples=("serve --every 5m", "serve --every 15m --once --log json"),
    ),
    Verb(
        name="schedule",
        summary="has the alerts notebook run again and again, by JupyterLab or by another scheduler",
        data=False,
        terminal=True,
        options=SCHEDULE,
        examples=("schedule --every 15m", "schedule --every 1h --recipe systemd"),
    ),
    Verb(
        name="ledger",
        summary="keeps the ledger of alerts small, readable elsewhere, and safe",
        rest="prune --older TIME, export FILE or backup FILE",
        takes="action",
        data=False,
        terminal=True,
        options=LEDGER,
        examples=("ledger", "ledger prune --older 90d", "ledger export alerts.jsonl"),
    ),
)
