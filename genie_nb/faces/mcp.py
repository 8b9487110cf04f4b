"""The verbs as tools for agents, through the Model Context Protocol.

    agent -> genie_analyze(ticker=…) -> Ask -> answer.run -> compact JSON

Inside JupyterLab they are found by the entry point `jupyter_server_mcp.tools`; outside, `genie mcp`
serves them over standard input and output. Tools only read, unless the settings say otherwise
(`genie config agents.arm true`), and only the user's own default source, demo and yahoo, unless
the settings name more (`agents.providers`).
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, Optional

from ..answer import run
from ..config import read_config
from ..core.ask.command import make_ask
from ..core.ask.conversation import Conversation
from ..core.errors import AskError, MissingExtra
from ..core.verbs import VERBS, Ask, Option, Verb
from ..core.verbs.panels import PANELS
from .compact import compact
from .remembered import Talks

_LEFT_TO_THE_USER = frozenset({"format", "home", "sink", "secret", "template", "dask", "workers"})
_BY_THEIR_WORDS = frozenset({"alerts", "ask"})
"""Verbs that change or send something only where their words say so."""
_TYPES: Mapping[str, Any] = {
    "text": str, "time": str, "number": float, "amount": float, "count": int, "flag": bool,
    "settings": dict[str, float], "pairs": dict[str, str], "several": list[str],
}  # fmt: skip
_SAID = {
    "provider": "Where data comes from: demo (fictional), yahoo, or another that the user's settings "
    "allow to agents; the user's default unless given",
    "as_of": "Answer as if it were then: 2025-12-01 (the end of that session) or a time with its zone",
    "set": 'Parameters of the strategy by name, such as {"lookback": 55}',
    "universe": "Tickers to look through; all the provider has unless given",
    "deadline": "Seconds after which what is ready is returned, the rest named under `missing`",
    "conversation": "A name of your choice: words under the same name follow up on each other, such as: and "
    "its debt? Without a name each call stands alone",
}
"""What agents need to hear in other words than people."""

TALKS = Talks()
"""What agents said to `genie_ask`, as long as this process lives."""

type Consent = Callable[[], bool]
"""Whether agents may arm rules and call sinks, asked anew at each call."""


def settled() -> bool:
    """What the user's settings say: `agents.arm`."""
    return read_config().agents.arm


def tool_of(verb: Verb, consent: Consent = settled) -> Callable[..., dict[str, Any]]:
    """A typed and documented function that does what a verb does.

    Its parameters are the verb's: `ticker` or `tickers`, the word before them (`fact`, `strategy`),
    `text` for the rest, then its options.

    Args:
        verb: The verb.
        consent: Whether it may change or send something.
    """
    options = {one.name: one for one in verb.all_options if one.name not in _LEFT_TO_THE_USER}

    def tool(**given: Any) -> dict[str, Any]:
        name = str(given.pop("conversation", None) or "")
        ask = _asked(verb, given)
        talk = TALKS.named(name)
        ask = allowed(ask, consent, talk)
        answer = run(ask)
        TALKS.keep(name, talk.after(ask, answer.value))
        return compact(answer.to_dict())

    parameters = [*_subject(verb), *(_parameter(option) for option in options.values())]
    if verb.name == "ask":
        parameters.append(_named("conversation", str | None, None))
    parameters.sort(key=lambda one: one.default is not Parameter.empty)
    tool.__name__ = tool.__qualname__ = f"genie_{verb.name}"
    tool.__module__ = __name__
    tool.__doc__ = _documented(verb, parameters)
    tool.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": dict[str, Any]}  # fmt: skip
    tool.__signature__ = Signature(parameters, return_annotation=dict[str, Any])  # pyright: ignore[reportFunctionMemberAccess]
    return tool


def allowed(ask: Ask, consent: Consent = settled, talk: Conversation | None = None) -> Ask:
    """The request as an agent may make it: what arms or sends needs the user's consent.

    Plain words are read first, so that no wording leads around it.

    Args:
        ask: As the agent made it.
        consent: Whether it may change or send something.
        talk: What was said before.

    Raises:
        AskError: The settings do not let agents arm rules, or no agent may do this.
    """
    ask = (talk or Conversation()).meaning(ask)
    _refuse_files(ask)
    if not suited(VERBS[ask.verb]):
        raise AskError(
            f"{ask.verb} is not for agents. {ask.said_back}".strip(),
            seen=ask.verb,
            needed=f"one of: {', '.join(TOOLS)}",
            cure="The user can do it in a notebook or terminal.",
        )
    if consent():
        return ask
    verb = VERBS[ask.verb]
    if verb.changes and _can_be_dry(verb):
        return replace(ask, options={**ask.options, "dry_run": True})
    if verb.changes or (ask.verb == "alerts" and ask.words):
        raise AskError(
            f"Agents may only read, and {ask.verb} changes something. {ask.said_back}".strip(),
            seen=ask.verb,
            needed="the user's consent",
            cure="The user can do it, or allow it once and for all: genie config agents.arm true",
        )
    return ask


def _refuse_files(ask: Ask) -> None:
    """Let no request name a file or folder of the user that the settings do not open to agents."""
    provider = ask.options.get("provider")
    if provider is not None:
        config = read_config()
        known = dict.fromkeys((config.provider, "demo", "yahoo", *config.agents.providers))
        if provider not in known:
            raise AskError(
                f"Agents may not read from {provider}.",
                seen=provider,
                needed=f"one of: {', '.join(known)}",
                cure=f"The user can allow it: genie config agents.providers '{provider}'",
            )
    reserved = sorted((_LEFT_TO_THE_USER - {"format"}) & ask.options.keys())
    if "universe" in ask.options and "," not in str(ask.options["universe"]):
        reserved.append("universe")
    if reserved:
        raise AskError(
            f"Agents may not give {reserved[0]}, which can name a file, an address or a secret.",
            seen=reserved[0],
            needed="a request without it",
            cure="The user can do it in a notebook or terminal.",
        )


def suited(verb: Verb) -> bool:
    """Whether agents are offered it: it opens no panel, keeps nothing going, leaves the settings alone."""
    return not verb.terminal and verb not in PANELS and verb.name != "config"


def _can_be_dry(verb: Verb) -> bool:
    return any(option.name == "dry_run" for option in verb.options)


def _asked(verb: Verb, given: Mapping[str, Any]) -> Ask:
    """The Ask of a call; arguments left at their default are absent."""
    said = {name: value for name, value in given.items() if value not in (None, "", [], {})}
    tickers = said.pop("tickers", None) or ([said.pop("ticker")] if "ticker" in said else [])
    words = str(said.pop("text", ""))
    word = str(said.pop(verb.word, "")) if verb.word else ""
    if isinstance(universe := said.get("universe"), list):
        said["universe"] = "".join(f"{ticker}," for ticker in universe)
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
    if option.name == "universe":
        return _named(option.name, list[str] | None, None)
    if option.reads == "choice":
        return _named(option.name, Optional[Literal[option.choices]], None)  # noqa: UP045 - a Literal made at run time
    if option.reads == "flag":
        return _named(option.name, bool, False)  # noqa: FBT003 - the default of a flag
    return _named(option.name, _TYPES[option.reads] | None, None)


def _named(name: str, kind: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _documented(verb: Verb, parameters: Iterable[Parameter]) -> str:
    told = described(verb)
    lines = [f"    {one.name}: {told[one.name]}" for one in parameters]
    schema = "that of the verb it means" if verb.name == "ask" else f"genie-{verb.name}/1"
    return "\n".join((
        _sentence(_summary(verb)), "",
        "Args:", *lines, "", "Returns:", f"    JSON under 60 kB, its schema {schema}.",
    ))  # fmt: skip


def _summary(verb: Verb) -> str:
    """What the verb does for an agent, which may not do all that a user may."""
    limit = {
        "ask": ", such as: Is ACME profitable? Calls follow up on each other under one conversation's name",
        "setup": "; without the user's consent (agents.arm) the rules are only prepared",
        "diff": "; analyses, by genie_analyze too, are kept in a small cache for it",
        "check": "; without the user's consent (agents.arm) nothing is written or sent",
        "alerts": "; only the log itself without the user's consent (agents.arm)",
    }.get(verb.name, "; needs the user's consent (agents.arm)" if verb.changes else "")
    return f"{verb.summary}{limit}"


def described(verb: Verb) -> dict[str, str]:
    """What each parameter of a verb's tool is, as a sentence."""
    options = {one.name: _SAID.get(one.name, one.help) for one in verb.all_options}
    named = {
        "fact": "debt_to_equity or pe_trailing",
        "strategy": "breakout, trend or mean_reversion",
    }
    told = options | {
        "conversation": _SAID["conversation"],
        "ticker": "A ticker or a company's name, such as ACME",
        "tickers": f"{verb.tickers[0]} to {verb.tickers[1]} tickers or names",
        "text": verb.rest,
        verb.word: f"The name of a {verb.word}, such as {named.get(verb.word, '')}",
    }
    return {name: _sentence(text) for name, text in told.items() if name}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


TOOLS = {f"genie_{verb.name}": tool_of(verb) for verb in VERBS.values() if suited(verb)}
"""Every tool by its name."""

globals().update(TOOLS)

SPECS = [f"{__name__}:{name}" for name in TOOLS]
"""As the entry point `jupyter_server_mcp.tools` wants them."""


INSTRUCTIONS = (
    "Stock research, not financial advice. Every number has its unit, source and time; an unknown one is "
    "null, and `missing` says why. Never fill such a gap by yourself. genie_why tells where a number comes "
    "from; genie_ask takes plain words; genie_read says how words are understood without doing anything."
)


def serve() -> int:
    """Serve the tools over standard input and output until the client leaves.

    What changes something is hinted at as such, by the settings as they are now; consent that is
    given later counts from the next start, consent that is taken back counts at once.

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
    server = FastMCP("genie_nb", instructions=INSTRUCTIONS)
    granted = settled()
    for name in TOOLS:
        verb = VERBS[name.removeprefix("genie_")]
        changing = granted and (verb.changes or verb.name in _BY_THEIR_WORDS)
        server.add_tool(
            _aside(tool_of(verb, lambda: granted and settled()), verb),
            name=name,
            annotations=ToolAnnotations(
                readOnlyHint=not changing,
                destructiveHint=changing and verb.name in ("unwatch", "ask", "alerts"),
                openWorldHint=verb.data,
            ),
        )
    server.run("stdio")
    return 0


def _aside(tool: Callable[..., dict[str, Any]], verb: Verb) -> Callable[..., Any]:
    """The tool in a thread of its own, so that the server still answers, its parameters described."""
    from anyio.to_thread import run_sync
    from pydantic import Field

    async def threaded(**given: Any) -> dict[str, Any]:
        return await run_sync(partial(tool, **given))

    told = described(verb)
    signature = inspect.signature(tool)
    parameters = [
        one.replace(annotation=Annotated[one.annotation, Field(description=told[one.name])])
        for one in signature.parameters.values()
    ]
    threaded.__name__, threaded.__doc__ = tool.__name__, (tool.__doc__ or "").partition("\n\n")[0]
    threaded.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": dict[str, Any]}  # fmt: skip
    threaded.__signature__ = signature.replace(parameters=parameters)  # pyright: ignore[reportFunctionMemberAccess]
    return threaded
