"""Where a tune panel stands: what it is about, what was fetched for it, and its parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from ....core.ask.command import make_ask
from ....core.backtest import deflated_sharpe
from ....core.backtest.deflated import Deflated
from ....core.study import Study
from ....core.tuning import Tuned, Workbench
from ....core.verbs import Ask
from ....desk import open_desk
from ....desk.strategy import Material, examine, material
from ....desk.tries import TRIES

if TYPE_CHECKING:
    from ....desk import Desk

OPTIONS = ("interval", "fee_bps", "spread_bps")
"""Options of the request that have a control."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Position:
    """One state of the panel; another state is another Position.

    Attributes:
        ask: The request, with its strategy; its parameters are where the panel began.
        desk: Who answers.
        material: What was fetched.
        bench: The strategy on its bars.
        tuned: The strategy with the present parameters.
    """

    ask: Ask
    desk: "Desk"
    material: Material
    bench: Workbench
    tuned: Tuned

    @classmethod
    def of(cls, ask: Ask) -> Self:
        """Fetch what a request is about. Errors as for `strategy`."""
        desk = open_desk(ask)
        given = material(desk, ask)
        bench = Workbench(
            strategy=given.strategy, bars=given.bars, costs=given.costs, world=given.world
        )
        return cls(ask=ask, desk=desk, material=given, bench=bench, tuned=bench.at(given.params))

    @property
    def params(self) -> dict[str, float]:
        """Where each slider stands."""
        return dict(self.tuned.params)

    @property
    def request(self) -> Ask:
        """The request that gives the panel as it stands."""
        usual = self.bench.strategy.checked({})
        sets = {name: value for name, value in self.params.items() if value != usual[name]}
        options = {name: value for name, value in self.ask.options.items() if name != "set"}
        return replace(self.ask, options={**({"set": sets} if sets else {}), **options})

    def at(self, params: Mapping[str, object]) -> Self:
        """The same with some parameters elsewhere.

        Raises:
            AskError: One is outside its range.
            TooFewBars: There are not enough bars for its conditions to be known even once.
        """
        return replace(self, tuned=self.bench.at({**self.params, **params}))

    def with_controls(self, values: Mapping[str, Any]) -> Self:
        """The same for another ticker, strategy, interval or costs; fetches what they need.

        A strategy begins with its usual parameters and bars, a ticker with its own spread.
        """
        ask = self.request
        options: dict[str, object] = dict(ask.options)
        word = str(values.get("strategy", ask.word))
        if word != ask.word:
            options.pop("set", None)
            options.pop("interval", None)
        if "ticker" in values:
            options.pop("spread_bps", None)
        options |= {name: values[name] for name in OPTIONS if name in values}
        given = {name: value for name, value in options.items() if value != ""}
        ticker = str(values.get("ticker", ask.tickers[0]))
        return self.of(make_ask("tune", tickers=(ticker,), word=word, options=given))

    def deflated(self) -> Deflated:
        """What is left of the Sharpe ratio after so many tries; this one counts among them."""
        self.tried({name: (value,) for name, value in self.params.items()})
        equity = self.tuned.account.equity
        return deflated_sharpe(equity[1:] / equity[:-1] - 1, tries=TRIES.count(*self._place))

    def tried(self, grid: Mapping[str, Sequence[float]]) -> None:
        """Count every combination of some values among the tries."""
        TRIES.add(*self._place, grid)

    def study(self) -> Study:
        """The answer that `tune` gives to the request."""
        return examine(self.desk, self.request, replace(self.material, params=self.params))

    @property
    def _place(self) -> tuple[str, str, str]:
        bars = self.bench.bars
        return self.bench.strategy.name, bars.ticker, bars.interval
