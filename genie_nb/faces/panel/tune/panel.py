"""The tune panel itself: what happens when its reader does something."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from ....answer import Answer
from ....core.ask.command import make_ask
from ....core.backtest import deflated_sharpe
from ....core.backtest.deflated import Deflated
from ....core.errors import AskError, GenieError
from ....core.tuning import Tuned, Workbench
from ....core.verbs import Ask
from ....desk import open_desk
from ....desk.strategy import Material, examine, material
from ....desk.tries import TRIES
from ....plugins import strategies
from ....render.chart.heat import heat_figure
from ....render.html.tag import Markup, tag
from ....render.view import view_of
from ..frame import Frame, Job, reproduced
from . import page as layout
from .arming import arm
from .figures import doubts, figures, lamp
from .proof import proven
from .scene import scene_of
from .terrain import Grid, Told, best_unseen, map_grid, mapped, search_grid

if TYPE_CHECKING:
    from ....core.study import Study

RELOADS = ("ticker", "strategy", "interval", "fee_bps", "spread_bps")
"""Controls that need other bars, another strategy or other costs."""


class TunePanel(Frame):
    """A strategy under sliders.

    Args:
        answer: Of `tune`: where the panel begins.
    """

    def __init__(self, answer: Answer) -> None:
        study: Study = answer.value
        super().__init__(f"Tune {study.strategy.name} on {study.bars.ticker}")
        self._job: Job | None = None
        self._axes: dict[str, str] = {}
        self._take(replace(answer.ask, word=study.strategy.name, said_back=""))
        self._step()
        self._prove()

    def page(self) -> Markup:
        """As `tune.page` lays it out."""
        bench = self._bench
        costs = bench.costs
        return layout.page(
            self._ask, strategies(), bench.bars.interval, costs.fee_bps, costs.spread_bps
        )

    def turned(self, values: Mapping[str, Any]) -> None:
        """Another position of the sliders, or another ticker, strategy, interval or cost."""
        sets = {
            name.removeprefix(layout.SET): value
            for name, value in values.items()
            if name.startswith(layout.SET)
        }
        other = {name: value for name, value in values.items() if name in RELOADS}
        if other:
            self._reload(other)
        if sets:
            self._set(sets)
        self._axes |= {name: str(values[name]) for name in ("map_x", "map_y") if name in values}

    def pressed(self, name: str, value: Any) -> None:
        """A button."""
        del value
        {
            "reset": self._reset,
            "best": self._best,
            "arm": self._arm,
            "map": self._map,
            "cancel": self._cancel,
        }[name]()

    def beside(self, button: str) -> str:
        """Below the buttons of the sliders, or of the map."""
        return button if button == "map" else "buttons"

    def rested(self) -> None:
        """Nothing was turned for a while: the static twin is told."""
        ask, given, desk = self._ask, self._material, self._desk

        def tell(_job: Job) -> None:
            self.retell(view_of(examine(desk, ask, replace(given, params=dict(self._params)))))

        Job(tell, failed=lambda words: self.say("buttons", words), ended=lambda: None).start()

    def close(self) -> None:
        """Stop what is running and take the panel away."""
        if self._job is not None:
            self._job.cancel()
        super().close()

    def _take(self, ask: Ask) -> None:
        """Fetch what the request is about; the panel stays as it is when that fails."""
        desk = open_desk(ask)
        given: Material = material(desk, ask)
        bench = Workbench(
            strategy=given.strategy, bars=given.bars, costs=given.costs, world=given.world
        )
        tuned = bench.at(given.params)
        self._ask, self._desk, self._material, self._bench = ask, desk, given, bench
        self._params = dict(given.params)
        self._tuned = tuned
        self._drawn = False

    def _reload(self, values: Mapping[str, Any]) -> None:
        changed, before = next(iter(values)), self._bench
        try:
            self._take(self._asked(values))
        except GenieError as error:
            self.say(changed, str(error))
            return
        for name in RELOADS:
            self.say(name)
        if self._bench.strategy is not before.strategy:
            self.put("map_words", tag("p"))
            self.figure("map", {"data": [], "layout": {"height": 1}})
        self._show_asked()
        self._step()
        if (before.strategy, before.bars.interval) != (
            self._bench.strategy,
            self._bench.bars.interval,
        ):
            self._prove()

    def _show_asked(self) -> None:
        """The upper controls as the panel stands: what could not be is taken back."""
        bars, costs = self._bench.bars, self._bench.costs
        self.turn("ticker", self._ask.tickers[0])
        self.turn("strategy", self._ask.word)
        self.turn("interval", bars.interval.value)
        self.turn("fee_bps", f"{costs.fee_bps:g}")
        self.turn("spread_bps", f"{costs.spread_bps:.1f}")

    def _asked(self, values: Mapping[str, Any]) -> Ask:
        """The present request with other values."""
        ask = self._request()
        options: dict[str, object] = dict(ask.options)
        word = str(values.get("strategy", ask.word))
        if word != ask.word:
            options.pop("set", None)
            options.pop("interval", None)
        if "ticker" in values:
            options.pop("spread_bps", None)
        for name in ("interval", "fee_bps", "spread_bps"):
            if name in values:
                options[name] = values[name]
        ticker = values.get("ticker", ask.tickers[0])
        flat = {name: value for name, value in options.items() if value != ""}
        return make_ask("tune", tickers=(str(ticker),), word=word, options=flat)

    def _request(self) -> Ask:
        """The request that gives the panel as it stands."""
        usual = self._bench.strategy.checked({})
        sets = {name: value for name, value in self._params.items() if value != usual[name]}
        options = {name: value for name, value in self._ask.options.items() if name != "set"}
        return replace(self._ask, options={**({"set": sets} if sets else {}), **options})

    def _set(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            try:
                checked = self._bench.strategy.checked({**self._params, name: value})
            except AskError as error:
                self.say(layout.SET + name, str(error))
                continue
            self._params = checked
            self.say(layout.SET + name)
        try:
            self._tuned = self._bench.at(self._params)
        except GenieError as error:
            self.say(layout.SET + next(iter(values)), str(error))
            return
        self._step()

    def _step(self) -> None:
        """Show where the sliders stand."""
        bench, tuned = self._bench, self._tuned
        with self.together():
            if not self._drawn:
                self.put("sliders", layout.sliders(bench.strategy, self._params))
                self.put("pair", layout.pair(bench.strategy))
            bars = None if self._drawn else bench.bars
            self.draw("chart", scene_of(bench, tuned), bars)
            self._drawn = True
            self.put("figures", figures(bench, tuned))
            self.put("doubts", doubts(self._deflated(tuned)))
            self.put("lines", reproduced(self._request()))

    def _deflated(self, tuned: Tuned) -> Deflated:
        bars = self._bench.bars
        place = self._bench.strategy.name, bars.ticker, bars.interval
        TRIES.add(*place, {name: (value,) for name, value in tuned.params.items()})
        equity = tuned.account.equity
        return deflated_sharpe(equity[1:] / equity[:-1] - 1, tries=TRIES.count(*place))

    def _move(self, params: Mapping[str, float]) -> None:
        """Put the sliders somewhere."""
        with self.together():
            for name, value in params.items():
                self.turn(layout.SET + name, f"{value:g}")
            self._set(params)

    def _reset(self) -> None:
        self.say("buttons")
        self._move(self._bench.strategy.checked({}))

    def _arm(self) -> None:
        """Watch the strategy's rules as they stand."""
        self.say("buttons", arm(self._bench, self._params, self._request()))

    def _prove(self) -> None:
        bench = self._bench
        self.put("lamp", lamp("busy"))

        def prove(_job: Job) -> None:
            broken = proven(bench.strategy, bench.bars.interval)
            if bench.strategy is self._bench.strategy:
                self.put("lamp", lamp("bad", broken) if broken else lamp("good"))

        Job(
            prove, failed=lambda words: self.put("lamp", lamp("bad", words)), ended=lambda: None
        ).start()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _work(self, control: str, words: str, steps: Any) -> None:
        """Do something long in the background, with its progress and a button that stops it."""
        if self._job is not None and self._job.running:
            self.say(control, "Something is being computed; cancel it, or wait until it is done.")
            return
        self.say(control)

        def told(done: int, of: int) -> bool:
            self.put("work", layout.progress(done, of, words))
            return not job.cancelled

        job = Job(
            lambda _job: steps(told),
            failed=lambda said: self.say(control, said),
            ended=lambda: self.put("work", Markup("")),
        )
        self._job = job
        job.start()

    def _map(self) -> None:
        """Draw the map of the two chosen parameters over their whole ranges."""
        bench, params, names = self._bench, dict(self._params), self._pair()
        if names is None:
            return
        x, y = names

        def steps(told: Told) -> None:
            found = mapped(bench, params, x, y, told)
            if found is None:
                self.say("map", "The map was cancelled.")
                return
            self._tried(map_grid(bench, params, x, y))
            self.figure("map", heat_figure(found))
            self.put(
                "map_words", tag("p", f"The chosen point is {found.around.text}.", class_="note")
            )

        self._work("map", "Rows of the map:", steps)

    def _pair(self) -> tuple[str, str] | None:
        """The two parameters of the map; None, with a word about it, when they are one."""
        known = [one.name for one in self._bench.strategy.params]
        x, y = (self._axes.get(name) for name in ("map_x", "map_y"))
        first = x if x in known else known[0]
        second = y if y in known else known[1]
        if first == second:
            self.say("map", "Choose two different parameters.")
            return None
        return first, second

    def _best(self) -> None:
        """Put the sliders where the test went best out of sample."""
        bench, grid = self._bench, search_grid(self._bench, self._params)

        def steps(told: Told) -> None:
            found = best_unseen(bench, grid, told)
            if bench is not self._bench:
                return
            if found is None:
                self.say("buttons", "Nothing was chosen: stopped, or no set traded out of sample.")
                return
            self._tried(grid)
            self._move(found)
            sets = f"{prod(map(len, grid.values())):,}"
            self.say(
                "buttons",
                f"Chosen among {sets} sets by the part that was out of sample: it is unseen no more.",
            )

        self._work("buttons", "Looking for the best:", steps)

    def _tried(self, grid: Grid) -> None:
        """Count what was looked at, and doubt accordingly."""
        bars = self._bench.bars
        TRIES.add(self._bench.strategy.name, bars.ticker, bars.interval, grid)
        self.put("doubts", doubts(self._deflated(self._tuned)))
