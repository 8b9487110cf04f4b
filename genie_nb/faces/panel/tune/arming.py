"""Arming from the panel: the strategy's rules, each by the Ask that its `watch` line would make."""

from collections.abc import Mapping

from ....answer import run
from ....core.ask.command import make_ask
from ....core.tuning import Workbench
from ....core.verbs import Ask


def arm(bench: Workbench, params: Mapping[str, float], ask: Ask) -> str:
    """Watch the rules of a strategy with these parameters, and say which were armed.

    Args:
        bench: The strategy on its bars.
        params: All its parameters.
        ask: The panel's request, for its provider and home.

    Raises:
        GenieError: A rule cannot be armed, and why.
    """
    interval, ticker = bench.bars.interval, bench.bars.ticker
    kept = {name: ask.options[name] for name in ("provider", "home") if name in ask.options}
    options = {"interval": interval.value, **kept}
    fresh: dict[str, bool] = {}
    for name, condition in bench.strategy.rules_at(interval, **params).items():
        wish = make_ask("watch", tickers=(ticker,), words=str(condition), options=options)
        fresh[name] = run(wish).arming.fresh
    new = [name for name, one in fresh.items() if one]
    old = [name for name, one in fresh.items() if not one]
    told = (
        f"Armed on {ticker}: {', '.join(new)}." if new else "",
        f"Armed before, and left as it was: {', '.join(old)}." if old else "",
        "%genie rules shows what is watched.",
    )
    return " ".join(part for part in told if part)
