"""The verbs as tools for agents."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

import genie_nb as genie
from genie_nb.config import set_value
from genie_nb.core.ask.command import make_ask
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import VERBS
from genie_nb.faces import mcp
from genie_nb.faces.compact import compact

pytest.importorskip("mcp", reason="the extra `ai` is not installed")


def test_every_tool_is_named_for_its_verb_and_documented() -> None:
    for name, tool in mcp.TOOLS.items():
        assert name.removeprefix("genie_") in VERBS
        assert f"genie-{name.removeprefix('genie_')}/1" in (tool.__doc__ or "")


def test_a_tool_returns_the_json_of_its_verb() -> None:
    told = mcp.TOOLS["genie_analyze"](ticker="acme", text="Is it profitable?", provider="demo")
    assert told["schema"] == "genie-analyze/1"
    whole = genie.analyze("ACME", "Is it profitable?", provider="demo").to_dict()
    assert told["facts"] == json.loads(json.dumps(whole["facts"]))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("compare", {"tickers": ["ACME", "WNCH", "GFBK", "CLDR", "NANO"]}),
        ("scan", {"text": "breakout"}),
        ("strategy", {"ticker": "ACME", "strategy": "trend"}),
        ("preview", {"ticker": "ACME", "text": "close > open"}),
    ],
)
def test_every_answer_stays_below_60_kb_and_says_what_it_left_out(
    name: str, given: dict[str, Any]
) -> None:
    try:
        told = mcp.TOOLS[f"genie_{name}"](**given)
    except AskError:
        given = {"tickers": ["ACME", "WNCH", "GFBK"]}
        told = mcp.TOOLS[f"genie_{name}"](**given)
    assert len(json.dumps(told, indent=2).encode()) < 60_000
    assert told["schema"] == f"genie-{name}/1"
    if name == "scan":
        assert any(part.startswith("rows: ") for part in told["shortened"])


def test_what_fits_is_not_shortened() -> None:
    assert compact({"schema": "x/1", "rows": [1, 2], "timing": {"seconds": 1}}) == {
        "schema": "x/1",
        "rows": [1, 2],
    }


def test_agents_may_only_read_unless_the_settings_say_otherwise() -> None:
    for words in ("watch ACME for a close above 25", "Alert me if ACME breaks above $25"):
        with pytest.raises(AskError, match=r"genie config agents\.arm true"):
            mcp.allowed(make_ask("ask", words=words))
    assert mcp.allowed(make_ask("setup", tickers=["ACME"])).options == {"dry_run": True}
    assert mcp.allowed(make_ask("check")).options == {"dry_run": True}
    set_value(None, "agents.arm", "true")
    assert mcp.allowed(make_ask("check")).options == {}
    assert mcp.allowed(make_ask("ask", words="watch ACME for a close above 25")).verb == "watch"


def test_a_client_lists_and_calls_the_tools_over_standard_input_and_output(tmp_path: Path) -> None:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def talk() -> tuple[list[str], Any, Any]:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "genie_nb", "mcp"],
            env={**os.environ, "GENIE_HOME": str(tmp_path)},
        )
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            tools = (await client.list_tools()).tools
            good = await client.call_tool("genie_analyze", {"ticker": "ACME"})
            bad = await client.call_tool("genie_analyze", {"ticker": "NOSUCH"})
            return [tool.name for tool in tools], good, bad

    names, good, bad = anyio.run(talk)
    assert "genie_analyze" in names
    assert "genie_config" not in names
    assert not good.isError
    assert json.loads(good.content[0].text)["facts"]["market_cap"]["verdict"] == "small"
    assert len(good.content[0].text.encode()) < 60_000
    assert bad.isError
    assert "not in the fictional demo market" in bad.content[0].text
