"""The tools for agents as jupyter-server-mcp serves them: on a port of their own, over HTTP."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

pytest.importorskip("jupyter_server_mcp", reason="the extra `ai` is not installed")
from fastmcp import Client
from fastmcp.exceptions import ToolError

from genie_nb.faces import mcp

pytestmark = pytest.mark.xdist_group("jupyter-server")


@pytest.fixture(scope="module")
def server(
    chatting: Callable[..., AbstractContextManager[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    with chatting(tmp_path_factory.mktemp("tools-home")) as started:
        yield started


def test_an_agent_lists_and_calls_the_tools_over_http_without_a_token(server: Any) -> None:
    async def talk() -> tuple[dict[str, Any], Any, str, str]:
        async with Client(server.tools) as client:
            tools = {tool.name: tool for tool in await client.list_tools()}
            good = await client.call_tool("genie_analyze", {"ticker": "ACME", "provider": "demo"})
            refused = []
            for name, given in (
                ("genie_analyze", {"ticker": "NOSUCH"}),
                ("genie_ask", {"text": "Alert me if ACME breaks above $25"}),
            ):
                with pytest.raises(ToolError) as told:
                    await client.call_tool(name, given)
                refused.append(str(told.value))
            return tools, good, *refused

    tools, good, unknown, arming = _alone(talk)
    assert set(mcp.TOOLS) <= set(tools)
    for name in mcp.TOOLS:
        schema = tools[name].inputSchema
        Draft202012Validator.check_schema(schema)
        assert all(part["description"] for part in schema["properties"].values()), name
    assert good.structured_content["schema"] == "genie-analyze/1"
    assert good.structured_content["facts"]["market_cap"]["verdict"] == "small"
    assert len(json.dumps(good.structured_content).encode()) < 60_000
    assert "NOSUCH is not in the fictional demo market" in unknown
    assert "genie config agents.arm true" in arming
    assert not Path(server.environment["GENIE_HOME"], "watchlist.txt").exists()


def _alone(talk: Any) -> Any:
    """Run a talk in a thread of its own: a browser test before may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(talk())).result()
