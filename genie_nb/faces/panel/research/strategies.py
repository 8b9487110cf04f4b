"""The tab of strategies: how well each suits the ticker, and the way to its sliders."""

from dataclasses import replace
from typing import Any

from ....answer import Answer, run
from ....core.errors import GenieError
from ....core.smart import Setup
from ....core.verbs import Ask
from ....render.html.tag import Markup, joined, tag
from ....render.spoken import spoken
from ..frame import button
from ..latest import Latest
from ..tune import TunePanel
from ..waiting import drawn, waiting
from .tab import Scope, Tab


class StrategiesTab(Tab):
    """The scores of `setup`, asked for when the tab is first opened."""

    name, label = "strategies", "Strategies"

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._work = Latest(scope.frame)
        self._answer: Answer | None = None
        self._error = ""
        self._armed = False

    def take(self) -> None:
        """Other scores."""
        self._work.forget()
        self._answer, self._error, self._armed = None, "", False

    def html(self) -> Markup:
        """The scores with a button for each strategy; a word while they are computed."""
        if self._error:
            again = button("again", "Try again")
            return joined([tag("p", self._error, class_="said", role="alert"), again])
        if self._answer is None:
            return waiting(f"Testing every strategy on {self.scope.ticker} …")
        setup: Setup = self._answer.value
        buttons = [
            button(
                "tune",
                f"Tune {spoken(score.strategy)} ({score.score:.2f})",
                value=score.strategy,
            )
            for score in setup.scores
        ]
        if setup.rules and not self._armed:
            arm = f"Arm the {len(setup.rules)} rules of {spoken(setup.pick or '')}"
            buttons.append(button("arm_setup", arm, main=True))
        group = tag("div", buttons, class_="buttons", role="group", aria_label="Tune a strategy")
        words = tag("p", class_="said", data_said="tune", role="status")
        place = tag("div", data_embed="tune")
        return joined([group, words, place, Markup(self._answer.view().html)])

    def asked(self) -> Ask:
        """The set-up of the ticker, with nothing armed."""
        ask = self.scope.asking("setup")
        return replace(ask, options={"dry_run": True, **ask.options})

    def opened(self) -> None:
        """Score the strategies, once a ticker."""
        if self._answer is None and not self._error:
            ask = self.asked()
            self._work.begin(lambda: drawn(ask), self._scored, self._refused)

    def pressed(self, name: str, value: Any) -> bool:
        """Open the sliders of a strategy, or score again after a failure."""
        if name == "again":
            self._error = ""
            self.refresh()
            self.opened()
        elif name == "tune":
            self._tune(str(value))
        elif name == "arm_setup":
            self._arm()
        return name in ("again", "tune", "arm_setup")

    def _arm(self) -> None:
        """Do what the set-up proposes; its card then says what is armed."""
        ask = self.scope.asking("setup")
        self._answer, self._armed = None, True
        self.refresh()
        self._work.begin(lambda: drawn(ask), self._scored, self._refused)

    def _scored(self, answer: Answer) -> None:
        self._answer = answer
        self.refresh()

    def _refused(self, error: GenieError) -> None:
        self._error, self._armed = str(error), False
        self.refresh()

    def _tune(self, strategy: str) -> None:
        """Open the sliders below the buttons."""
        options = self.scope.options
        ask = Ask(verb="tune", word=strategy, tickers=(self.scope.ticker,), options=options)
        self.scope.frame.say("tune", "Opening the sliders …", calm=True)
        self._work.begin(lambda: run(ask), self._tuned, self._untuned)

    def _tuned(self, answer: Answer) -> None:
        self.scope.frame.say("tune")
        if self.scope.shown == self.name:
            self.scope.frame.embed("tune", TunePanel(answer))

    def _untuned(self, error: GenieError) -> None:
        self.scope.frame.say("tune", str(error))
