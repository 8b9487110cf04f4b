"""Python calls about strategies and rules, before anything is watched."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...answer import Answer
from ...core.english import parse_rule
from ...core.verbs import Ask
from .. import arguments
from .call import Moment, do

if TYPE_CHECKING:
    from ...core.expr import Condition
    from ...core.market import Bars
    from ...core.rule import Rule


def strategy(
    name: str,
    ticker: str,
    *,
    interval: str | None = None,
    fee_bps: float | None = None,
    spread_bps: float | None = None,
    shares: int | None = None,
    map: Sequence[str] | str | None = None,  # noqa: A002 - as the option of the line is called
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """What a strategy would have done on a ticker, after costs, beside holding it.

    Args:
        name: Of an installed strategy; `genie.strategies()` has them.
        ticker: As for `analyze`.
        interval: Length of the bars; the strategy's usual one unless given.
        fee_bps: Fee of a fill; 10 unless given.
        spread_bps: The whole spread; estimated unless given.
        shares: Position whose mark on the price is paid too; none unless given.
        map: Two parameters to draw a map of, such as `("fast", "slow")`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.
        **params: The strategy's parameters, where they are not the usual ones.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A parameter outside its range.
        DataError: The bars could not be had, or are too few.
    """
    pair = map if map is None or isinstance(map, str) else arguments.pair(map)
    return do("strategy", tickers=(ticker,), word=name, set=params or None, interval=interval,
                fee_bps=fee_bps, spread_bps=spread_bps, shares=shares, map=pair, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def setup(
    ticker: str,
    *,
    all: bool = False,  # noqa: A002 - as the option of the line is called
    dry_run: bool = False,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    template: str | Path | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Arm the rules of the strategy that suits a ticker, if one does.

    Args:
        ticker: As for `analyze`.
        all: Arm the rules of every strategy, not of the one that fits.
        dry_run: Prepare the rules without arming them.
        sink: As for `watch`.
        secret: As for `watch`.
        template: As for `watch`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        DataError: The bars could not be had, and why.
    """
    return do("setup", tickers=(ticker,), all=all or None, dry_run=dry_run or None, sink=sink,
                secret=secret, template=template, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def preview(
    rule: "str | Rule | Condition",
    on: "Bars | str | Rule | Condition | None" = None,
    *,
    interval: str | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """How often a rule would have fired, and what followed, before it is armed.

    `preview(rule, bars)` looks at the caller's own bars, `preview("CRSR", "close > 25")` at the
    provider's, `preview(rule)` at those of the rule's own ticker.

    Args:
        rule: A rule or condition, also as text; or a ticker, with the rule after it.
        on: Closed bars; or the rule, after a ticker.
        interval: Length of the provider's bars; daily unless the rule says so.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The bars are of another ticker or interval than the rule's.
        DataError: The bars could not be had, or are too few.

    Example:
        >>> found = preview("ACME", "breaks above its 50-day average with volume", provider="demo")
        >>> str(found.rule.condition), len(found.fires) > 0
        ('close crosses above sma(50) and rvol(20) > 1.5', True)
    """
    from ...core.market import Bars
    from ...core.rule import Rule

    arguments.refuse_what_is_no_rule(rule)
    if isinstance(on, Bars):
        return _previewed(rule, on)
    arguments.refuse_what_is_no_rule(rule if on is None else on)
    if on is None:
        line = rule if isinstance(rule, Rule) else parse_rule(str(rule))
        rule, on = line.ticker, line
    if isinstance(on, Rule) and provider is None:
        provider = on.provider
    words = str(on).removeprefix(f"{rule} ")
    return do("preview", tickers=(str(rule),), words=words, interval=interval, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def _previewed(rule: "str | Rule | Condition", bars: "Bars") -> Answer:
    from ...core.preview import preview as look_back
    from ...core.rule import Rule
    from ...data.calendar import with_session_ends

    if not isinstance(rule, Rule):
        rule = parse_rule(str(rule), bars.ticker, interval=bars.interval)
    found = look_back(rule, with_session_ends(bars), said_back=rule.said_back)
    return Answer(found, Ask(verb="preview", tickers=(rule.ticker,), words=str(rule.condition)))


def scan(
    what: object,
    universe: object = None,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    interval: str | None = None,
    fee_bps: float | None = None,
    dask: str | None = None,
    workers: int | None = None,
    fresh: bool = False,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """Where a strategy or rule holds now, over a universe of tickers, best first.

    Args:
        what: A strategy or its name, a rule, or a condition in the rule language.
        universe: Tickers, a file of them or of a fund's holdings, or another answer with rows; None
            for all companies of a provider that can list them, as the demo market can.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        interval: Length of the bars; the strategy's usual one unless given, `1d` for a rule.
        fee_bps: Fee of a fill; 10 unless given.
        dask: Address of a Dask scheduler, or "local" for a cluster on this machine.
        workers: Processes on this machine; by the size of the universe unless given.
        fresh: Look at all tickers again after a scan that was stopped, instead of going on.
        deadline: Seconds after which what is found is shown; without it the scan takes its time.
        home: As for `analyze`.
        **params: Parameters of the strategy, where they are not the usual ones.

    Raises:
        AskError: It is no strategy and no condition, or the universe cannot be read.
        MissingExtra: Dask is asked for and not installed.
    """
    return do("scan", words=arguments.sought(what), universe=arguments.tickers_of(universe), set=params or None,
                provider=provider, as_of=as_of, interval=interval, fee_bps=fee_bps, dask=dask,
                workers=workers, fresh=fresh or None, deadline=deadline, home=home)  # fmt: skip
