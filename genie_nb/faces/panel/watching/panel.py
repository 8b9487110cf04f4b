"""The watch panel itself: what happens when its reader does something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ....answer import Answer, run
from ....core.errors import GenieError
from ....core.verbs import Ask
from ....core.watch.checked import Log
from ....core.watch.watched import Rules, Watched
from ....desk import open_desk
from ....desk.home import watchlist_of
from ....render.html.style import stylesheet
from ....render.html.tag import Markup, joined, tag
from ....render.view import View
from ..frame import Frame, button, choice, reproduced
from ..latest import Latest
from ..rule_box import RuleBox
from ..style import style
from ..waiting import waiting
from .log import log
from .rules import REST, RESTS, USUAL_REST, table, unread

CARRIED = ("provider", "as_of", "deadline", "home")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Rules and alerts as they stand, with what was done just before."""

    rules: Rules
    log: Log
    twin: View
    told: str = ""


class WatchPanel(Frame):
    """All rules, and everything that can be done with them.

    Args:
        answer: Of `watching`: the rules as they stand.
    """

    _css = style()

    def __init__(self, answer: Answer) -> None:
        super().__init__("Rules that are watched")
        self._request = replace(answer.ask, said_back="")
        self._options = {
            name: answer.ask.options[name] for name in CARRIED if name in answer.ask.options
        }
        self._work = Latest(self)
        self._rules: Rules = answer.value
        self._rest = USUAL_REST
        self._editing: Watched | None = None
        self._box = RuleBox(self, self._options, read=self._reproduce, armed=self._armed)
        self._put(answer.value)
        self._reproduce()
        self._begin("", lambda: "")

    def page(self) -> Markup:
        """The rules, the box, the log."""
        bar = [
            tag(
                "div",
                [button("check", "Check now", main=True), button("refresh", "Refresh")],
                class_="buttons",
            ),
            tag("div", data_region="under", class_="under"),
            tag("p", class_="said", data_said="rules", role="status"),
        ]
        rest = choice(REST, "Length of a snooze", RESTS, self._rest)
        return joined(
            [
                Markup(f"<style>{stylesheet()}</style>"),
                tag("div", bar, class_="row"),
                tag("div", [tag("div", data_region="unread"), tag("div", data_region="rules"), rest], class_="part"),
                tag("div", [tag("div", data_region="box-head"), self._box.html()], class_="part"),
                tag("div", [tag("h3", "Alerts"), tag("div", data_region="log")], class_="part"),
                tag("div", [tag("div", data_region="lines"), tag("p", data_notice="", class_="notice", role="status")], class_="foot"),
            ]
        )  # fmt: skip

    def turned(self, values: Mapping[str, Any]) -> None:
        """Words in the rule box, or how long a snooze lasts."""
        self._box.turned(values)
        if values.get(REST) in RESTS:
            self._rest = str(values[REST])
            self.put("rules", table(self._rules, RESTS[self._rest]))

    def pressed(self, name: str, value: Any) -> None:
        """A button of the bar, of a rule, of an alert, or of the box."""
        if self._box.pressed(name, value):
            return
        self.say("rules")
        known: dict[str, Callable[[str], None]] = {
            "check": lambda _: self._do("check", "", "Checking every rule …"),
            "refresh": lambda _: self._begin("Looking …", lambda: ""),
            "pause": lambda rule_id: self._pause(rule_id, paused=True),
            "resume": lambda rule_id: self._pause(rule_id, paused=False),
            "snooze": lambda rule_id: self._do("snooze", f"{rule_id} {self._rest}"),
            "wake": lambda rule_id: self._do("snooze", f"{rule_id} off"),
            "remove": lambda rule_id: self._do("unwatch", rule_id),
            "edit": self._edit,
            "keep": lambda _: self._stop_editing(),
            "resend": lambda alert_id: self._do("alerts", f"resend {alert_id}"),
            "discard": lambda alert_id: self._do("alerts", f"discard {alert_id}"),
        }
        if name in known:
            known[name](str(value or ""))

    def _do(self, verb: str, words: str, waits: str = "Writing it down …") -> None:
        """Answer a request, then show rules and log as they stand after it."""
        ask = Ask(verb=verb, words=words, options=self._options)
        self._begin(waits, lambda: _told(run(ask)))

    def _begin(self, waits: str, first: Callable[[], str]) -> None:
        options = self._options
        self.put("under", waiting(waits) if waits else Markup(""))

        def look() -> Seen:
            told = first()
            rules = run(Ask(verb="rules", options=options))
            found = run(Ask(verb="alerts", options=options))
            return Seen(rules=rules.value, log=found.value, twin=rules.view(), told=told)

        self._work.begin(look, self._seen, self._refused)

    def _seen(self, seen: Seen) -> None:
        self.put("under", tag("p", seen.told, class_="note") if seen.told else Markup(""))
        self._put(seen.rules)
        self.put("log", log(seen.log))
        self.retell(seen.twin)

    def _refused(self, error: GenieError) -> None:
        self.put("under", Markup(""))
        self.say("rules", str(error))

    def _put(self, rules: Rules) -> None:
        self._rules = rules
        self.put("unread", unread(rules))
        self.put("rules", table(rules, RESTS[self._rest]))
        self._head()

    def _pause(self, rule_id: str, *, paused: bool) -> None:
        options = self._options

        def change() -> str:
            desk = open_desk(Ask(verb="rules", options=options))
            watchlist_of(desk).pause({rule_id}, paused=paused)
            return "Paused: it is kept, and does not fire." if paused else "It may fire again."

        self._begin("Writing it down …", change)

    def _edit(self, rule_id: str) -> None:
        """Put a rule's line into the box; arming it takes the place of the old one."""
        found = next((one for one in self._rules.rules if one.rule.rule_id == rule_id), None)
        if found is None:
            self.say("rules", "That rule is no longer watched. Press “Refresh”.")
            return
        self._editing = found
        self._box.write(str(replace(found.rule, paused=False)), instead=rule_id)
        self._head()

    def _stop_editing(self) -> None:
        self._editing = None
        self._box.write("")
        self._head()

    def _armed(self, _answer: Answer) -> None:
        """A rule was armed, in the place of the one that was changed if there was one."""
        self._editing = None
        self._head()
        self._begin("", lambda: "")

    def _head(self) -> None:
        if self._editing is None:
            self.put("box-head", tag("h3", "Add a rule"))
            return
        stop = button("keep", "Keep it as it was")
        words = (
            f"Changing {self._editing.rule}: once the new rule is armed, it takes this one's place, "
            "and its alerts go where those of this one went."
        )
        self.put(
            "box-head", joined([tag("h3", "Change a rule"), tag("p", words, class_="note"), stop])
        )

    def _reproduce(self) -> None:
        """The line of the panel, or of the preview that is shown."""
        preview = self._box.preview
        ask = self._request
        if preview is not None:
            words = str(preview.rule).partition(": ")[2]
            place = {"instead": self._box.instead} if self._box.instead else {}
            ask = Ask(
                verb="watch",
                tickers=(preview.rule.ticker,),
                words=words,
                options={**self._options, **place},
            )
        self.put("lines", reproduced(ask))


def _told(answer: Answer) -> str:
    """What was done, in a sentence."""
    return str(getattr(answer.value, "line", "") or getattr(answer.value, "text", ""))
