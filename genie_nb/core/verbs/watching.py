"""Verbs about rules that are watched."""

from .option import INTERVAL, Option
from .verb import Verb

SINK = Option(
    name="sink",
    help="where alerts go too: file:PATH, https://…, slack://…; as often as you like",
    reads="several",
    metavar="ADDRESS",
)
SECRET = Option(
    name="secret", help="name of the secret that signs a webhook: env:NAME", metavar="NAME"
)
TEMPLATE = Option(name="template", help="your own body for a webhook", metavar="FILE")
INSTEAD = Option(
    name="instead",
    help="id of the rule whose place this one takes, in its line and with its sinks",
    metavar="ID",
)
DRY_RUN = Option(name="dry_run", help="write nothing and send nothing", reads="flag")

SINKS = (SINK, SECRET, TEMPLATE)
"""Options of the verbs that arm rules."""

WATCHING = (
    Verb(
        name="watch",
        summary="arms a rule: you are alerted when it becomes true",
        changes=True,
        tickers=(1, 1),
        rest="a rule",
        takes="rule",
        must=True,
        options=(INTERVAL, *SINKS, INSTEAD),
        examples=(
            "watch ACME breaks above $25 with volume",
            'watch ACME "close crosses below sma(50) once" --sink file:alerts.jsonl',
        ),
        phrases=(
            "Watch ACME. Alert me if it breaks above $25 with volume.",
            "Let me know if ACME drops below its 50-day moving average.",
        ),
    ),
    Verb(
        name="rules",
        summary="what is watched, how far each rule is from firing, and its last receipt",
        rest="a ticker, for its rules alone",
        takes="ticker",
        examples=("rules", "rules ACME"),
        phrases=("What am I watching?",),
    ),
    Verb(
        name="unwatch",
        summary="disarms a rule, or all rules of a ticker",
        changes=True,
        rest="the id of a rule, or a ticker",
        takes="id or ticker",
        must=True,
        examples=("unwatch ACME",),
        phrases=("Stop watching ACME",),
    ),
    Verb(
        name="snooze",
        summary="lets a rule rest for minutes, hours or days, or wakes it",
        changes=True,
        rest="the id of a rule, or a ticker, and a time such as 2d, 3h, 30m or off",
        takes="id time",
        must=True,
        examples=("snooze ACME 2d", "snooze ACME off"),
        phrases=("Snooze ACME for 2 days",),
    ),
    Verb(
        name="check",
        summary="looks once at every bar that has closed since the last check, and sends what fired",
        changes=True,
        options=(SINK, SECRET, DRY_RUN),
        examples=("check", "check --dry-run", "check --sink file:alerts.jsonl"),
        phrases=("Check my alerts",),
    ),
    Verb(
        name="alerts",
        summary="what fired and whether it was sent; resend, discard, test, export",
        rest="resend ID, discard ID, test ADDRESS or export FILE",
        takes="action",
        options=(SECRET, TEMPLATE),
        examples=("alerts", "alerts test file:alerts.jsonl", "alerts export alerts.csv"),
        phrases=("Show my alerts",),
    ),
)
