"""The verbs as tools for agents, through the Model Context Protocol.

    agent -> genie_analyze(ticker=…) -> Ask -> answer.run -> compact JSON

Inside JupyterLab they are found by the entry point `jupyter_server_mcp.tools`; outside, `genie mcp`
serves them over standard input and output. Tools only read, unless the settings say otherwise
(`genie config agents.arm true`).
"""

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from typing import Any, Literal, Optional

from ..answer import run
from ..config import read_config
from ..core.ask.command import make_ask
from ..core.ask.conversation import Conversation
from ..core.errors import AskError, MissingExtra
from ..core.verbs import VERBS, Ask, Option, Verb
from .compact import compact

_UNSUITED = frozenset({"config", "tune", "panel", "watching", "run", "schedule", "serve", "ledger", "mcp", "record", "replay"})  # fmt: skip
"""Verbs that open something, run for ever, or change the installation."""
_LEFT_TO_THE_USER = frozenset({"format", "home", "sink", "secret", "template", "dask", "workers"})
_CHANGING = frozenset({"watch", "unwatch", "snooze"})
_TYPES: Mapping[str, Any] = {
    "text": str, "time": str, "number": float, "amount": float, "count": int, "flag": bool,
    "settings": dict[str, float], "pairs": dict[str, str], "several": list[str],
}  # fmt: skip


def tool_of(verb: Verb) -> Callable[..., dict[str, Any]]:
    """A typed and documented function that does what a verb does.

    Its parameters are the verb's: `ticker` or `tickers`, the word before them (`fact`, `strategy`),
    `text` for the rest, then its options.
    """
    options = {one.name: one for one in verb.all_options if one.name not in _LEFT_TO_THE_USER}

    def tool(**given: Any) -> dict[str, Any]:
        ask = _asked(verb, given)
        return compact(run(allowed(ask)).to_dict())

    parameters = [*_subject(verb), *(_parameter(option) for option in options.values())]
    parameters.sort(key=lambda one: one.default is not Parameter.empty)
    tool.__name__ = tool.__qualname__ = f"genie_{verb.name}"
    tool.__module__ = __name__
    tool.__doc__ = _documented(verb, parameters, options)
    tool.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": dict[str, Any]}  # fmt: skip
    tool.__signature__ = Signature(parameters, return_annotation=dict[str, Any])  # pyright: ignore[reportFunctionMemberAccess]
    return tool


def allowed(ask: Ask) -> Ask:
    """The request as an agent may make it: what arms or sends needs the user's consent.

    Raises:
        AskError: The settings do not let agents arm rules.
    """
    ask = Conversation().meaning(ask)
    if read_config().may_arm:
        return ask
    if ask.verb in ("setup", "check"):
        return make_ask(
            ask.verb,
            tickers=ask.tickers,
            words=ask.words,
            options={**ask.options, "dry_run": True},
        )
    if ask.verb in _CHANGING or ask.verb in _UNSUITED or (ask.verb == "alerts" and ask.words):
        raise AskError(
            f"Agents may only read, and {ask.verb} changes something. {ask.said_back}".strip(),
            seen=ask.verb,
            needed="the user's consent",
            cure="The user can do it, or allow it once and for all: genie config agents.arm true",
        )
    return ask


def _asked(verb: Verb, given: Mapping[str, Any]) -> Ask:
    """The Ask of a call; arguments left at their default are absent."""
    said = {name: value for name, value in given.items() if value not in (None, "", [], {})}
    tickers = said.pop("tickers", None) or ([said.pop("ticker")] if "ticker" in said else [])
    words = str(said.pop("text", ""))
    word = str(said.pop(verb.word, "")) if verb.word else ""
    options = {name: value for name, value in said.items() if value is not False}
    return make_ask(verb.name, tickers=tickers, word=word, words=words, options=options)


def _subject(verb: Verb) -> list[Parameter]:
    """The parameters that say whom and what a verb is about."""
    found = []
    fewest, most = verb.tickers
    if most:
        name, kind = ("tickers", list[str]) if most > 1 else ("ticker", str)
        found.append(_named(name, kind, Parameter.empty if fewest else None))
    if verb.word:
        found.append(_named(verb.word, str, Parameter.empty))
    if verb.rest:
        found.append(_named("text", str, Parameter.empty if verb.must else ""))
    return found


def _parameter(option: Option) -> Parameter:
    if option.reads == "choice":
        return _named(option.name, Optional[Literal[option.choices]], None)  # noqa: UP045 - a Literal made at run time
    if option.reads == "flag":
        return _named(option.name, bool, False)  # noqa: FBT003 - the default of a flag
    return _named(option.name, _TYPES[option.reads] | None, None)


def _named(name: str, kind: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _documented(verb: Verb, parameters: list[Parameter], options: Mapping[str, Option]) -> str:
    said = {
        "ticker": "a ticker or a company's name, such as ACME",
        "tickers": f"{verb.tickers[0]} to {verb.tickers[1]} tickers",
        "text": verb.rest,
        verb.word: f"the name of a {verb.word}",
    }
    lines = [
        f"    {one.name}: {_sentence(said.get(one.name) or options[one.name].help)}"
        for one in parameters
    ]
    return "\n".join((
        f"{_sentence(verb.summary)}", "",
        "Research, not financial advice. Every number has its unit, source and time; unknown ones are null.",
        "", "Args:", *lines, "", "Returns:", f"    The JSON of genie-{verb.name}/1, under 60 kB.",
    ))  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


TOOLS = {
    f"genie_{verb.name}": tool_of(verb) for verb in VERBS.values() if verb.name not in _UNSUITED
}
"""Every tool by its name."""

globals().update(TOOLS)

SPECS = [f"{__name__}:{name}" for name in TOOLS]
"""As the entry point `jupyter_server_mcp.tools` wants them."""


def serve() -> int:
    """Serve the tools over standard input and output until the client leaves.

    Returns:
        The exit status, 0.

    Raises:
        MissingExtra: The MCP library is not installed.
    """
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.types import ToolAnnotations
    except ImportError:
        raise MissingExtra("ai", wanted="The MCP server") from None
    server = FastMCP("genie_nb", instructions=__doc__.partition("\n")[0] if __doc__ else None)
    may_arm = read_config().may_arm
    for name, tool in TOOLS.items():
        changing = may_arm and name.removeprefix("genie_") in (*_CHANGING, "setup", "check", "alerts")  # fmt: skip
        server.add_tool(tool, name=name, annotations=ToolAnnotations(readOnlyHint=not changing))
    server.run("stdio")
    return 0
