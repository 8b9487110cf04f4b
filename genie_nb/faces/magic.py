"""`%genie` and `%%genie` in a notebook.

    line or cell -> Conversation -> Ask -> answer.run -> Answer, shown and handed back

Loading registers one function; everything else is imported when it is first used.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from IPython.core.magic import no_var_expand

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..answer import Answer
    from ..core.conversation import Conversation
    from ..core.verbs import Ask

NAME = "genie"
_KINDS = ("line", "cell")
_replaced: "WeakKeyDictionary[InteractiveShell, dict[str, Any]]" = WeakKeyDictionary()


def load(shell: "InteractiveShell") -> None:
    """Register the magic with a shell, keeping in mind what it replaces."""
    magics = shell.magics_manager.magics
    if shell not in _replaced:
        _replaced[shell] = {kind: magics[kind][NAME] for kind in _KINDS if NAME in magics[kind]}
    shell.register_magic_function(_magic_of(shell), "line_cell", NAME)


def unload(shell: "InteractiveShell") -> None:
    """Take the magic away and put back what was there before."""
    before = _replaced.pop(shell, {})
    for kind in _KINDS:
        shell.magics_manager.magics[kind].pop(NAME, None)
    for kind, function in before.items():
        shell.magics_manager.magics[kind][NAME] = function


def _magic_of(shell: "InteractiveShell") -> Any:
    talk = _Talk(shell)

    @no_var_expand
    def genie(line: str, cell: str | None = None) -> "Answer | None":
        """Ask about a stock, in a line or in plain words.

        %genie analyze ACME
        %genie What are the risks of ACME?
        %genie help

        In a cell, each line under %%genie is a request of its own; what stands after %%genie is
        put before each of them.
        """
        if cell is None:
            return talk.say(line)
        for request in cell.splitlines():
            if request.strip() and not request.lstrip().startswith("#"):
                talk.say(f"{line} {request}")
        return None

    return genie


class _Talk:
    """What one shell has asked so far."""

    def __init__(self, shell: "InteractiveShell") -> None:
        self._shell = shell
        self._conversation: Conversation | None = None

    def say(self, line: str) -> "Answer | None":
        """Do what the line asks, show the answer, and hand it back. A line that ends in `;` is quiet."""
        from ..core.conversation import Conversation
        from ..core.guide import Guide

        talk = self._conversation or Conversation()
        asked = line.strip()
        ask = talk.request(asked.rstrip(";"))
        if isinstance(ask, Guide):
            _publish({"text/plain": str(ask)})
            return None
        answer = self._answer(ask, talk)
        self._conversation = talk.after(ask)
        if not asked.endswith(";"):
            self._show(answer, str(ask.options.get("format", "")))
        return answer

    def _answer(self, ask: "Ask", talk: "Conversation") -> "Answer":
        from ..answer import Answer, run

        return Answer(talk.read(ask.words)[0], ask) if ask.verb == "read" else run(ask)

    def _show(self, answer: "Answer", form: str) -> None:
        """Show the answer now; the shell, which shows a cell's last value, then has no need to."""
        if form:
            _publish(_in_form(answer, form))
        else:
            answer._ipython_display_()
        shell, cell = self._shell, self._shell.execution_count

        def later() -> None:
            if shell.execution_count != cell:
                type(answer)._ipython_display_(answer)

        answer._ipython_display_ = later  # pyright: ignore[reportAttributeAccessIssue]


def _in_form(answer: "Answer", form: str) -> dict[str, Any]:
    """The answer as a MIME bundle of one form only."""
    from json import dumps

    if form == "json":
        return {"text/plain": dumps(answer.to_dict(), indent=2, ensure_ascii=False)}
    view = answer.view()
    return {
        "text": {"text/plain": view.text},
        "md": {"text/plain": view.markdown, "text/markdown": view.markdown},
        "html": {"text/plain": view.text, "text/html": view.html},
    }[form]


def _publish(bundle: dict[str, Any]) -> None:
    from IPython.display import display

    display(bundle, raw=True)
