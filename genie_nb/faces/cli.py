"""The `genie` command.

    argv -> Conversation -> Ask -> answer.run -> Answer -> standard output, exit status

The answer alone goes to standard output; everything said about it goes to standard error.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..asking import request
from ..core.ask.conversation import Conversation
from ..core.ask.guide import Guide
from ..core.errors import GenieError

if TYPE_CHECKING:
    from ..answer import Answer

_CRASH, _INTERRUPTED = 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: What stands after `genie`; None for the process's own arguments.

    Returns:
        The exit status: 0 fine, 1 crash, 2 not understood, 3 data missing, 4 a delivery is open,
        5 set-up.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        status = _do(words)
        sys.stdout.flush()
    except GenieError as error:
        return _report(error, words)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("genie: stopped.", file=sys.stderr)
        return _INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a crash ends in one line and status 1
        return _crash(fault, words)
    return status


def _do(words: list[str]) -> int:
    if "--version" in words:
        from .. import __version__

        print(f"genie_nb {__version__}")
        return 0
    ask = request(Conversation(), words)
    if isinstance(ask, Guide):
        print(replace(ask, program="genie", columns=_columns()))
        return 0
    if ask.verb == "mcp":
        from .mcp import serve

        return serve()
    from ..answer import run

    answer = run(ask)
    print(_WRITERS[str(ask.options.get("format", "text"))](answer))
    return answer.exit


def _json(answer: "Answer") -> str:
    return json.dumps(answer.to_dict(), indent=2, allow_nan=False)


def _text(answer: "Answer") -> str:
    from ..render.view import text_of

    return text_of(answer.value, _columns())


def _columns() -> int:
    """Of the terminal; a file or a pipe takes lines of any length."""
    return shutil.get_terminal_size(fallback=(sys.maxsize, 0)).columns


_WRITERS: Mapping[str, Callable[["Answer"], str]] = {
    "text": _text,
    "json": _json,
    "html": lambda answer: answer.view().page,
    "md": lambda answer: answer.view().markdown,
}


def _report(error: GenieError, words: Sequence[str]) -> int:
    """An error the user can act on: one line, or its JSON where JSON was asked for."""
    if _wants_json(words):
        print(json.dumps(error.to_dict(), indent=2))
    else:
        print(f"genie: {error}", file=sys.stderr)
    return error.exit


def _crash(fault: Exception, words: Sequence[str]) -> int:
    if os.environ.get("GENIE_DEBUG"):
        traceback.print_exception(fault)
    told = GenieError(
        f"genie stopped on a fault of its own: {type(fault).__name__}: {fault}.",
        seen=type(fault).__name__,
        cure="Set GENIE_DEBUG=1 to see where, and report it.",
    )
    _report(told, words)
    return _CRASH


def _wants_json(words: Sequence[str]) -> bool:
    """Whether JSON was asked for, even on a line that could not be read."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(
        word == "--format=json" or (word, after) == ("--format", "json") for word, after in pairs
    )


def _speak_utf8() -> None:
    """Let a terminal of another encoding show a stand-in rather than end the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
