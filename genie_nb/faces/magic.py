"""`%genie` and `%%genie` in a notebook.

    line or cell -> Conversation -> Ask -> answer.run -> Answer, shown and handed back

Loading registers one function; everything else is imported when it is first used.
"""

import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from IPython.core.magic import no_var_expand

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..answer import Answer
    from ..core.ask.conversation import Conversation
    from ..core.verbs import Ask

NAME = "genie"
_VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")
_KINDS = ("line", "cell")
_QUESTION = re.compile(r"^\s*(?:[\w.\[\]'\", ]+=\s*)?%genie\s.*\?$")
_replaced: "WeakKeyDictionary[InteractiveShell, dict[str, Any]]" = WeakKeyDictionary()


def load(shell: "InteractiveShell") -> None:
    """Register the magic with a shell, keeping in mind what it replaces."""
    magics = shell.magics_manager.magics
    if shell not in _replaced:
        _replaced[shell] = {kind: magics[kind][NAME] for kind in _KINDS if NAME in magics[kind]}
    shell.register_magic_function(_magic_of(shell), "line_cell", NAME)
    if keep_questions not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(keep_questions)


def unload(shell: "InteractiveShell") -> None:
    """Take the magic away and put back what was there before."""
    if keep_questions in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.remove(keep_questions)
    before = _replaced.pop(shell, {})
    for kind in _KINDS:
        shell.magics_manager.magics[kind].pop(NAME, None)
    for kind, function in before.items():
        shell.magics_manager.magics[kind][NAME] = function


def keep_questions(lines: list[str]) -> list[str]:
    r"""Keep the question mark of `%genie Is ACME profitable?` from asking IPython for help.

    IPython reads a `?` at the very end of a line as a wish for help on the word before it; with a
    space after it, it is an ordinary character. `%genie?` still asks for help.

    Example:
        >>> keep_questions(["%genie Is ACME profitable?\n", "%genie?\n"])
        ['%genie Is ACME profitable? \n', '%genie?\n']
    """
    if lines and lines[0].lstrip().startswith("%%"):
        return lines
    return [f"{line.rstrip()} \n" if _QUESTION.match(line.rstrip()) else line for line in lines]


def _magic_of(shell: "InteractiveShell") -> Any:
    talk = _Talk(shell)

    @no_var_expand
    def genie(line: str, cell: str | None = None) -> "Answer | None":
        """Ask about a stock, in a line or in plain words.

        %genie analyze ACME
        %genie What are the risks of ACME?
        %genie panel ACME
        %genie strategy breakout ACME
        %genie watch ACME breaks above $25 with volume
        %genie help
        %genie help analyze

        In a cell, each line under %%genie is a request of its own; what stands after %%genie is
        put before each of them.
        """
        if cell is None:
            return talk.say(line)
        requests = [request for request in cell.splitlines() if _is_request(request)]
        if not requests:
            raise _no_request(line)
        for request in requests:
            talk.say(f"{line} {request}")
        return None

    return genie


def _is_request(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _no_request(line: str) -> Exception:
    from ..core.errors import AskError

    example = f"%genie {line.strip()}" if line.strip() else "Analyze ACME. Is it profitable?"
    where = "Write it as a line with one %" if line.strip() else "Write one under %%genie"
    return AskError(
        "There is no request in the cell.",
        seen=f"%%genie {line}".strip(),
        needed="a request on a line of its own under %%genie",
        cure=f"{where}: {example}",
    )


class _Talk:
    """What one shell has asked so far."""

    def __init__(self, shell: "InteractiveShell") -> None:
        self._shell = shell
        self._conversation: Conversation | None = None

    def say(self, line: str) -> "Answer | None":
        """Do what the line asks, show the answer, and hand it back. A line that ends in `;` is quiet."""
        from ..asking import request
        from ..core.ask.conversation import Conversation
        from ..core.ask.guide import Guide

        talk = self._conversation or Conversation()
        asked = line.strip()
        self._refuse_variables(asked)
        ask = request(talk, asked.rstrip(";"))
        if isinstance(ask, Guide):
            _publish({"text/plain": str(ask)})
            return None
        answer = self._answer(ask, talk)
        if not asked.endswith(";"):
            _show(answer, str(ask.options.get("format", "")))
        self._mute(answer)
        return answer

    def _refuse_variables(self, line: str) -> None:
        """`$name` of a variable is not its value here, and must not be read as a cashtag either."""
        from ..core.errors import AskError

        for name in _VARIABLE.findall(line):
            if name in self._shell.user_ns:
                raise AskError(
                    f"${name} is a variable of this notebook, and %genie takes every word as it stands.",
                    seen=f"${name}",
                    needed="the word itself, such as a ticker",
                    cure=f"Call it from Python: import genie_nb as genie; genie.analyze({name})",
                )

    def _answer(self, ask: "Ask", talk: "Conversation") -> "Answer":
        from ..answer import Answer, run
        from ..asking import advised

        if ask.verb == "read":
            reading, self._conversation = talk.read(ask.words)
            return Answer(advised(reading, talk, _home_of(ask)), ask)
        answer = run(ask)
        answer.follow_up = bool(ask.said_back) and talk.goes_on(ask)
        self._conversation = talk.after(ask, answer.value)
        return answer

    def _mute(self, answer: "Answer") -> None:
        """Keep the shell from showing the answer once more as the last value of this cell."""
        shell, cell = self._shell, self._shell.execution_count

        def later() -> None:
            if shell.execution_count != cell:
                type(answer)._ipython_display_(answer)

        answer._ipython_display_ = later  # pyright: ignore[reportAttributeAccessIssue]


def _home_of(ask: "Ask") -> str | None:
    place = ask.options.get("home")
    return None if place is None else str(place)


def _show(answer: "Answer", form: str) -> None:
    from IPython.display import display

    if form:
        _publish(_in_form(answer, form))
    else:
        display(answer)


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
