"""A field for a rule in plain words: read, said back with its past, and only then armed.

words -> preview -> how it was read, how often it would have fired -> Arm -> watch
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...answer import Answer, run
from ...core.ask import read_words
from ...core.ask.watching import watching
from ...core.errors import AskError, GenieError
from ...core.preview import Preview
from ...core.verbs import Ask
from ...render.html.tag import Markup, joined, tag
from .frame import Frame, button, field
from .latest import Latest
from .waiting import drawn, waiting

RULE = "rule"
READ = "read_rule"
ARM = "arm_rule"
READING = "rule-reading"
FIGURE = "rule"
EXAMPLES = "For example: {ticker}breaks above $25 with volume · {ticker}rsi(14) < 30 · {ticker}drops below its 50-day average"


class RuleBox:
    """The field, its reading and its Arm button, as a part of a panel.

    Args:
        frame: The panel.
        options: Provider, time and home that every request of the panel carries.
        read: Told when a reading came or went.
        armed: Told when a rule was armed, with the answer of `watch`.

    Attributes:
        ticker: Whom the rule is about; None when its words must say so.
        words: As typed last.
        instead: The id of the rule whose place the next one takes; None where it is one more.
    """

    def __init__(
        self,
        frame: Frame,
        options: Mapping[str, object],
        *,
        read: Callable[[], None],
        armed: Callable[[Answer], None],
    ) -> None:
        self.ticker: str | None = None
        self.words = ""
        self.instead: str | None = None
        self._frame = frame
        self._options = options
        self._changed = read
        self._armed = armed
        self._work = Latest(frame)
        self._read: Answer | None = None
        self._told: Markup = Markup("")

    @property
    def preview(self) -> Preview | None:
        """The rule that was read, with its past; None while there is none."""
        return None if self._read is None else self._read.value

    def take(self, ticker: str | None) -> None:
        """Be about another ticker from now on."""
        self.ticker, self.words, self.instead = ticker, "", None
        self.forget()

    def write(self, words: str, *, instead: str | None = None) -> None:
        """Put words into the field, as when the rule of the id *instead* is to be changed."""
        self.words, self.instead = words, instead
        self.forget()
        self._frame.turn(RULE, words)
        self._frame.say(RULE)

    def html(self) -> Markup:
        """The part as it stands."""
        example = EXAMPLES.format(ticker="" if self.ticker else "ACME ")
        whom = f"Rule for {self.ticker}" if self.ticker else "Rule, with its ticker"
        box = tag(
            "input",
            type="text",
            value=self.words,
            id=f"genie-{RULE}",
            data_name=RULE,
            data_enter=READ,
            aria_describedby=f"genie-{RULE}-said",
            autocomplete="off",
            spellcheck="false",
            placeholder="in plain words or in the rule language",
        )
        line = tag(
            "div",
            [box, tag("button", "Read it", type="button", data_do=READ, data_from=RULE)],
            class_="ask",
        )
        return tag(
            "div",
            [
                field(RULE, whom, line, kind="field wide"),
                tag("p", example, class_="note"),
                tag("div", self._reading(), data_region=READING, class_="reading"),
            ],
            class_="rulebox",
        )

    def shown(self) -> None:
        """Draw what a page that was just replaced has lost."""
        if self._read is not None and (figure := self._read.view().figure):
            self._frame.figure(FIGURE, figure)

    def turned(self, values: Mapping[str, Any]) -> None:
        """Other words make the reading void."""
        if RULE in values and values[RULE] != self.words:
            self.words = str(values[RULE])
            if self._read is not None:
                self.forget()

    def pressed(self, name: str, value: Any) -> bool:
        """Read or arm; whether the button was one of these. What goes wrong is said at the field."""
        try:
            if name == READ:
                self.read(self.words if value is None else str(value))
            elif name == ARM:
                self.arm()
        except GenieError as error:
            self._refused(error)
        return name in (READ, ARM)

    def read(self, words: str) -> None:
        """Say back how the words are read, with what the rule would have done."""
        self.words = " ".join(words.split())
        self.forget()
        self._frame.say(RULE)
        if not self.words:
            self._frame.say(RULE, "Type a rule first, such as: breaks above $25 with volume.")
            return
        ask = self._asked(self.words)
        self._show(waiting("Reading the rule and its past …"))
        self._work.begin(lambda: drawn(ask), self._understood, self._refused)

    def arm(self) -> None:
        """Watch the rule that was read.

        Raises:
            AskError: None was, or its words were changed since.
        """
        if self.preview is None:
            raise AskError("There is no reading of these words yet.", cure="Press “Read it” first.")
        ask = watching(self.preview.rule)
        place = {"instead": self.instead} if self.instead else {}
        ask = replace(ask, options={**self._options, **ask.options, **place})
        self._work.begin(lambda: run(ask), self._done, self._refused)

    def forget(self) -> None:
        """Void the reading, and the Arm button with it."""
        self._work.forget()
        self._read = None
        self._show(Markup(""))

    def _asked(self, words: str) -> Ask:
        """The preview that the words ask for.

        Raises:
            AskError: They are no rule, or name no ticker where none is given.
        """
        if self.ticker is not None:
            return Ask(verb="preview", tickers=(self.ticker,), words=words, options=self._options)
        ask = read_words(words)
        if ask.verb != "watch":
            raise AskError(
                f"{ask.said_back or f'I read this as: {ask.verb}.'} That is no rule.",
                seen=words,
                needed="what to watch for",
                cure="For example: ACME breaks above $25 with volume.",
            )
        return replace(ask, verb="preview", options={**self._options, **ask.options})

    def _understood(self, answer: Answer) -> None:
        self._read = answer
        self._show(Markup(""))
        self.shown()
        self._changed()

    def _refused(self, error: GenieError) -> None:
        self._show(Markup(""))
        self._frame.say(RULE, str(error))

    def _done(self, answer: Answer) -> None:
        self._read = self.instead = None
        self.words = ""
        self._frame.turn(RULE, "")
        said = [tag("p", sentence) for sentence in answer.to_dict()["said"]]
        self._show(tag("div", said, class_="told", role="status"))
        self._armed(answer)

    def _show(self, told: Markup) -> None:
        self._told = told
        self._frame.put(READING, self._reading())

    def _reading(self) -> Markup:
        if self._read is None:
            return self._told
        preview: Preview = self._read.value
        line = tag(
            "p", ["Read as: ", tag("code", str(preview.rule))], class_="readas", role="status"
        )
        arm = tag("div", [button(ARM, "Arm it", main=True), tag("span", "Nothing is watched before that.", class_="note")], class_="buttons level")  # fmt: skip
        chart = tag("div", data_figure=FIGURE) if self._read.view().figure else Markup("")
        return joined([line, arm, Markup(self._read.view().html), chart])
