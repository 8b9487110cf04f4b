"""The tab of questions: a talk about the ticker, the newest answer first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....answer import Answer, run
from ....asking import meaning
from ....core.ask.command import make_ask
from ....core.ask.conversation import Conversation
from ....core.errors import AskError, GenieError
from ....core.report import Report
from ....core.verbs import Ask
from ....render.html.tag import Markup, joined, tag
from ..frame import field
from ..latest import Latest
from ..waiting import waiting
from .tab import Scope, Tab

QUESTION = "question"
ASK = "ask"
TALK = "talk"
MOST = 20
"""Answers that stay on the page, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A question and what came of it, as HTML.

    Attributes:
        question: As it was typed; empty where the answer repeats it.
        answer: The card.
    """

    question: str
    answer: Markup


class QuestionsTab(Tab):
    """One conversation, in which "it" and "here" mean what was spoken of before."""

    name, label = "questions", "Questions"

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._work = Latest(scope.frame)
        self._talk = Conversation().after(scope.asking("analyze"))
        self._said: list[Said] = []
        self._draft = ""
        self._last: Ask | None = None
        self._waiting = Markup("")

    def take(self) -> None:
        """The talk goes on, about another ticker."""
        self._work.forget()
        self._waiting = Markup("")
        self._talk = self._talk.after(self.scope.asking("analyze"))

    def html(self) -> Markup:
        """The field, and the answers below it."""
        box = tag(
            "input",
            type="text",
            value=self._draft,
            id=f"genie-{QUESTION}",
            data_name=QUESTION,
            data_enter=ASK,
            aria_describedby=f"genie-{QUESTION}-said",
            autocomplete="off",
            placeholder=f"such as: Is it profitable? · What is the biggest risk? · Compare it to {self._peer()}",
        )
        press = tag("button", "Ask", type="button", data_do=ASK, data_from=QUESTION)
        line = tag("div", [box, press], class_="ask")
        whole = field(QUESTION, f"Question about {self.scope.ticker}", line, kind="field wide")
        return joined([whole, tag("div", self._told(), data_region=TALK, class_="talk")])

    def asked(self) -> Ask:
        """What was asked last."""
        return self._last or self.scope.ask

    def turned(self, values: Mapping[str, Any]) -> None:
        """Keep what was typed, should the tab be left."""
        self._draft = str(values.get(QUESTION, self._draft))

    def pressed(self, name: str, value: Any) -> bool:
        """Ask."""
        if name == ASK:
            self._ask(" ".join(str(value or self._draft).split()))
        return name == ASK

    def _ask(self, words: str) -> None:
        frame = self.scope.frame
        frame.say(QUESTION)
        self._draft = words
        if not words:
            frame.say(QUESTION, "Type a question first, such as: Is it profitable?")
            return
        try:
            meant = self._meaning(make_ask("ask", words=words, options=self.scope.options))
        except GenieError as error:
            self._refused(error)
            return
        self._show(waiting(f"{words} …"))
        self._work.begin(lambda: (meant, *_shown(meant)), self._answered, self._refused)

    def _meaning(self, ask: Ask) -> Ask:
        """What the words ask for; "it" is the panel's ticker where the talk leaves that open.

        Raises:
            AskError: They were not understood.
        """
        try:
            return meaning(self._talk, ask)
        except AskError as error:
            try:
                return Conversation().after(self.scope.asking("analyze")).meaning(ask)
            except AskError:
                raise error from None

    def _answered(self, found: tuple[Ask, Answer, Markup]) -> None:
        meant, answer, html = found
        question = "" if _says_it(answer) else self._draft
        self._said = [Said(question=question, answer=html), *self._said][:MOST]
        self._talk, self._last, self._draft = self._talk.after(meant), meant, ""
        self.scope.frame.turn(QUESTION, "")
        self._show(Markup(""))
        self.scope.changed()

    def _refused(self, error: GenieError) -> None:
        self._show(Markup(""))
        self.scope.frame.say(QUESTION, str(error))

    def _show(self, wait: Markup) -> None:
        self._waiting = wait
        self.scope.frame.put(TALK, self._told())

    def _told(self) -> Markup:
        entries = [
            tag("article", [_heading(one), one.answer], class_="said-back") for one in self._said
        ]
        return joined([self._waiting, *entries])

    def _peer(self) -> str:
        return next(
            (one for place in self.scope.report.standings for one in place.members), "its peer"
        )


def _heading(said: Said) -> Markup:
    return tag("h3", said.question) if said.question else Markup("")


def _shown(ask: Ask) -> tuple[Answer, Markup]:
    """The answer, and the card that a further question in a cell has too."""
    answer = run(ask)
    answer.follow_up = True
    return answer, Markup(answer.view().html)


def _says_it(answer: Answer) -> bool:
    """Whether the card repeats what was asked."""
    return isinstance(answer.value, Report) and bool(answer.value.answers)
