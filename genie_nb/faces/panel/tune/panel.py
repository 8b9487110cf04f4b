"""The tune panel itself: what happens when its reader does something."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from ....answer import Answer
from ....core.errors import GenieError
from ....plugins import strategies
from ....render.chart.heat import heat_figure
from ....render.html.tag import Markup
from ....render.view import view_of
from ..frame import Frame, Job, reproduced
from . import page as layout
from .arming import arm
from .figures import doubts, figures, lamp, map_words
from .position import Position
from .proof import proven
from .scene import scene_of
from .terrain import Told, best_unseen, map_grid, mapped, search_grid

RELOADS = ("ticker", "strategy", "interval", "fee_bps", "spread_bps")
"""Controls that need other bars, another strategy or other costs."""

type Steps = Callable[[Told], None]
"""Long work that tells how far it is."""


class TunePanel(Frame):
    """A strategy under sliders.

    Args:
        answer: Of `tune`: where the panel begins.
    """

    def __init__(self, answer: Answer) -> None:
        study = answer.value
        now = Position.of(replace(answer.ask, word=study.strategy.name, said_back=""))
        super().__init__(_title(now))
        self._job: Job | None = None
        self._axes: dict[str, str] = {}
        self._mapped: tuple[Mapping[str, float], str] | None = None
        self._now = now
        self._begin()

    def page(self) -> Markup:
        """As `tune.page` lays it out."""
        bench = self._now.bench
        costs = bench.costs
        return layout.page(
            self._now.ask, strategies(), bench.bars.interval, costs.fee_bps, costs.spread_bps
        )

    def turned(self, values: Mapping[str, Any]) -> None:
        """Another position of the sliders, or another ticker, strategy, interval or cost."""
        other = {name: value for name, value in values.items() if name in RELOADS}
        if other:
            self._reload(other)
        sets = {
            name.removeprefix(layout.SET): value
            for name, value in values.items()
            if name.startswith(layout.SET)
        }
        if sets:
            self._set(sets)
        self._axes |= {name: str(values[name]) for name in ("map_x", "map_y") if name in values}

    def pressed(self, name: str, value: Any) -> None:
        """A button."""
        del value
        self.say(self.beside(name))
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
        """Bring the static twin up to date."""
        now = self._now
        Job(
            lambda _: self.retell(view_of(now.study())),
            failed=lambda words: self.say("buttons", words),
            ended=_nothing,
        ).start()

    def close(self) -> None:
        """Stop what is running and take the panel away."""
        self._cancel()
        super().close()

    def _reload(self, values: Mapping[str, Any]) -> None:
        """Fetch what other controls need; the panel stays as it is when that fails."""
        try:
            self._now = self._now.with_controls(values)
        except GenieError as error:
            self.say(next(iter(values)), str(error))
            return
        for name in RELOADS:
            self.say(name)
        self.title = _title(self._now)
        self._cancel()
        self._unmap()
        self._show_controls()
        self._begin()

    def _begin(self) -> None:
        """Show other bars or another strategy from the start."""
        now = self._now
        with self.together():
            self.put("sliders", layout.sliders(now.bench.strategy, now.params))
            self.put("pair", layout.pair(now.bench.strategy))
            self.draw("chart", scene_of(now.bench, now.tuned), now.bench.bars)
            self._tell()
            self._prove()

    def _unmap(self) -> None:
        """Take the map away: it is of other bars, another strategy or other costs."""
        if self._mapped is not None:
            self._mapped = None
            self.put("map_words", Markup(""))
            self.figure("map", {"data": [], "layout": {"height": 1}})

    def _set(self, values: Mapping[str, Any]) -> None:
        """Move sliders; each that cannot stand there says so and leaves the others."""
        moved = self._now
        for name, value in values.items():
            try:
                moved = moved.at({name: value})
            except GenieError as error:
                self.say(layout.SET + name, str(error))
            else:
                self.say(layout.SET + name)
        if moved is not self._now:
            self._now = moved
            self.draw("chart", scene_of(moved.bench, moved.tuned))
            self._tell()

    def _tell(self) -> None:
        """The figures beside the chart, and the lines that give all this again."""
        now = self._now
        self.put("figures", figures(now.bench, now.tuned))
        self.put("doubts", doubts(now.deflated()))
        self.put("lines", reproduced(now.request))
        if self._mapped is not None:
            params, around = self._mapped
            self.put("map_words", map_words(around, moved=params != now.params))

    def _show_controls(self) -> None:
        """The upper controls as the panel stands: what could not be is taken back."""
        now, bars, costs = self._now, self._now.bench.bars, self._now.bench.costs
        self.turn("ticker", now.ask.tickers[0])
        self.turn("strategy", now.ask.word)
        self.turn("interval", bars.interval.value)
        self.turn("fee_bps", f"{costs.fee_bps:g}")
        self.turn("spread_bps", f"{costs.spread_bps:.1f}")

    def _move(self, params: Mapping[str, float]) -> None:
        """Put the sliders somewhere."""
        with self.together():
            for name, value in params.items():
                self.turn(layout.SET + name, f"{value:g}")
                self.say(layout.SET + name)
            self._now = self._now.at(params)
            self.draw("chart", scene_of(self._now.bench, self._now.tuned))
            self._tell()

    def _reset(self) -> None:
        self._move(self._now.bench.strategy.checked({}))

    def _arm(self) -> None:
        now = self._now
        self.say("buttons", arm(now.bench, now.params, now.request), calm=True)

    def _prove(self) -> None:
        """Find out in the background whether a line sees the future."""
        bench = self._now.bench
        self.put("lamp", lamp("busy"))

        def prove(_job: Job) -> None:
            broken = proven(bench.strategy, bench.bars.interval)
            if bench is self._now.bench:
                self.put("lamp", lamp("bad", broken) if broken else lamp("good"))

        Job(
            prove, failed=lambda words: self.put("lamp", lamp("bad", words)), ended=_nothing
        ).start()

    def _map(self) -> None:
        """Draw the map of the two chosen parameters over their whole ranges."""
        now, (x, y) = self._now, self._pair()
        if x == y:
            self.say("map", "Choose two different parameters.")
            return

        def steps(told: Told) -> None:
            found = mapped(now.bench, now.params, x, y, told)
            if found is None:
                self.say("map", "The map was cancelled.", calm=True)
                return
            now.tried(map_grid(now.bench, now.params, x, y))
            if now.bench is self._now.bench:
                self.figure("map", heat_figure(found))
                self._mapped = now.params, found.around.text
                self._tell()

        self._work("map", "Rows of the map:", steps)

    def _pair(self) -> tuple[str, str]:
        """The two parameters of the map: those that were chosen, else the first two."""
        known = [one.name for one in self._now.bench.strategy.params]
        x, y = (self._axes.get(name, "") for name in ("map_x", "map_y"))
        return x if x in known else known[0], y if y in known else known[min(1, len(known) - 1)]

    def _best(self) -> None:
        """Put the sliders where the test went best out of sample."""
        now = self._now
        grid = search_grid(now.bench, now.params)

        def steps(told: Told) -> None:
            found = best_unseen(now.bench, grid, told)
            if now.bench is not self._now.bench:
                return
            if found is None:
                words = "Nothing was chosen: stopped, or no set traded out of sample."
                self.say("buttons", words, calm=True)
                return
            now.tried(grid)
            self._move(found)
            sets = f"{prod(map(len, grid.values())):,}"
            self.say(
                "buttons",
                f"Chosen among {sets} sets by the part that was out of sample: it is unseen no more.",
                calm=True,
            )

        self._work("buttons", "Looking for the best:", steps)

    def _work(self, control: str, words: str, steps: Steps) -> None:
        """Do something long in the background, with its progress and a button that stops it."""
        if self._job is not None and self._job.running:
            self.say(control, "Something is being computed; cancel it, or wait until it is done.")
            return

        place, bar = f"{control}_work", f"{control}_done"

        def told(done: int, of: int) -> bool:
            self.put(bar, layout.progress(done, of, words))
            return not job.cancelled

        def ended() -> None:
            with self.together():
                self.put(bar, Markup(""))
                self.put(place, Markup(""))

        self.put(place, layout.working(control))
        job = self._job = Job(
            lambda _: steps(told), failed=lambda said: self.say(control, said), ended=ended
        )
        job.start()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _title(now: Position) -> str:
    return f"Tune {now.bench.strategy.name} on {now.bench.bars.ticker}"


def _nothing() -> None:
    """What has to be done after the work is done already."""
