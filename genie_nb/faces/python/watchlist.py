"""Python calls about rules that are watched."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...answer import Answer
from ...core.english import parse_rule
from .call import Moment, do

if TYPE_CHECKING:
    from ...core.expr import Condition
    from ...core.rule import Rule


def watch(
    ticker: "str | Rule",
    rule: "str | Rule | Condition | None" = None,
    *,
    interval: str | None = None,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    template: str | Path | None = None,
    instead: str | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Arm a rule: you are alerted when it becomes true.

    `watch("CRSR", "breaks above $25 with volume")`, or one whole rule: `watch("CRSR 1d: close > 25")`.

    Args:
        ticker: As for `analyze`; or a rule, alone.
        rule: A condition or rule, in the rule language or plain words.
        interval: Length of the bars; daily unless the rule says so.
        sink: Where its alerts go: `file:PATH`, `https://…`, an Apprise address, `env:NAME`.
        secret: Name of the secret that signs a webhook's messages, such as `env:NAME`.
        template: File with your own body for a webhook.
        instead: Id of the rule whose place this one takes, in its line and with its sinks.
        provider: As for `analyze`.
        as_of: As for `analyze`; what is true then does not fire.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The rule could never fire, or *instead* means no rule or several.
        DataError: The bars could not be had.
        SetupError: Watchlist or ledger cannot be written, or the sink cannot be one.
    """
    if rule is None:
        whole = parse_rule(str(ticker))
        ticker, rule = whole.ticker, whole
    from ...core.rule import Rule

    if isinstance(rule, Rule):
        interval, words = str(rule.interval), str(rule).partition(": ")[2]
        provider = provider or rule.provider
    else:
        words = str(rule)
    return do("watch", tickers=(str(ticker),), words=words, interval=interval, sink=sink,
                secret=secret, template=template, instead=instead, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def rules(
    ticker: str = "",
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """What is watched: each rule's distance to firing, state, newest bar and last receipt.

    Args:
        ticker: For its rules alone; all of them unless given.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Watchlist or ledger cannot be read.
    """
    return do("rules", words=ticker, provider=provider, as_of=as_of, deadline=deadline, home=home)


def unwatch(
    rule: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Disarm a rule by its id, or all rules of a ticker.

    Args:
        rule: Id of a rule, or a ticker.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: Nothing of that name is watched.
    """
    return do("unwatch", words=rule, provider=provider, as_of=as_of, home=home)


def snooze(
    rule: str,
    time: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Let a rule, or all rules of a ticker, rest: `snooze("CRSR", "2d")`; `"off"` wakes it.

    Args:
        rule: Id of a rule, or a ticker.
        time: Minutes, hours or days: `30m`, `3h`, `2d`; or `off`.
        provider: As for `analyze`.
        as_of: From when on; None for now.
        home: As for `analyze`.

    Raises:
        AskError: Nothing of that name is watched, or the time cannot be read.
    """
    return do("snooze", words=f"{rule} {time}", provider=provider, as_of=as_of, home=home)


def check(
    *,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    dry_run: bool = False,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Look once at every bar that has closed since the last check, and deliver what fired.

    Args:
        sink: Where all alerts go too, beside the sinks that each rule was armed with.
        secret: Name of the secret that signs a webhook's messages.
        dry_run: Write nothing and send nothing.
        provider: Only rules of this provider; all of them unless given.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Watchlist or ledger cannot be read or written.
    """
    return do("check", sink=sink, secret=secret, dry_run=dry_run or None, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def alerts(
    action: str = "",
    name: str | Path = "",
    *,
    secret: str | None = None,
    template: str | Path | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """The log of alerts and their receipts, newest first.

    Args:
        action: `resend`, `discard`, `test` or `export`; the log alone unless given.
        name: What it is done to: the id of an alert, the address of a sink, or a file.
        secret: Name of the secret that signs a webhook's test message.
        template: File with your own body for a webhook.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: No such action, or no alert of that id.
        SetupError: The ledger or a file cannot be read or written, or a sink not be opened.
        DeliveryError: The test message was not taken.
    """
    return do("alerts", words=f"{action} {name}".strip(), secret=secret, template=template,
                provider=provider, as_of=as_of, home=home)  # fmt: skip
