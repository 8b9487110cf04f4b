"""Completion as the front end asks for it: through a real kernel's `complete_request`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from genie_nb.faces.completion import said_before, tickers_at_hand


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    """One kernel of this environment for the whole file, with the extension loaded."""
    home = tmp_path_factory.mktemp("kernel-home")
    (home / "watchlist.txt").write_text("# mine\nZZZQ 1d: close > 25\n", encoding="utf-8")
    manager = KernelManager(kernel_name="python3")
    assert manager.kernel_spec is not None
    manager.kernel_spec.argv = [
        sys.executable,
        "-m",
        "ipykernel_launcher",
        "-f",
        "{connection_file}",
    ]
    manager.kernel_spec.env = {"GENIE_HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        client.execute_interactive("%load_ext genie_nb", timeout=120)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def offered(kernel: BlockingKernelClient, code: str) -> list[str]:
    reply: Any = kernel.complete(code, len(code), reply=True, timeout=60)
    return list(reply["content"]["matches"])


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("%genie an", "analyze"),
        ("%%genie com", "compare"),
        ("answer = %genie wh", "why"),
        ("%genie analyze AC", "ACME"),
        ("%genie analyze ac", "ACME"),
        ("%genie analyze ZZ", "ZZZQ"),
        ("%genie why debt_to", "debt_to_equity"),
        ("%genie why debt_to_equity AC", "ACME"),
        ("%genie analyze ACME --as", "--as-of"),
        ("%genie analyze ACME --provider y", "yahoo"),
        ("%genie analyze ACME --format=js", "json"),
        ("%genie watch AC", "ACME"),
        ("%genie watch ACME close crosses above sm", "sma("),
        ("%genie preview ACME clo", "close"),
        ("%%genie\nanalyze AC", "ACME"),
    ],
)
def test_a_kernel_offers_what_fits(kernel: BlockingKernelClient, code: str, first: str) -> None:
    assert offered(kernel, code)[0] == first


def test_only_what_fits_is_offered(kernel: BlockingKernelClient) -> None:
    assert offered(kernel, "%genie an") == ["analyze"]


def test_the_word_being_written_is_replaced(kernel: BlockingKernelClient) -> None:
    code = "%genie analyze AC"
    reply: Any = kernel.complete(code, len(code), reply=True, timeout=60)
    content = reply["content"]
    assert code[: content["cursor_start"]] + content["matches"][0] == "%genie analyze ACME"


def test_other_lines_are_completed_as_ever(kernel: BlockingKernelClient) -> None:
    assert "print" in offered(kernel, "pri")


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        ("%genie analyze A", 0, 16, "analyze A"),
        ("%genie analyze ACME", 0, 9, "an"),
        ("1\n  %genie an", 1, 11, "an"),
        ("%%genie\nanalyze A\nwhy", 1, 9, " analyze A"),
        ("genie an", 0, 8, None),
        ("%genie", 0, 6, None),
        ("%%time\nanalyze A", 1, 9, None),
        ("", 0, 0, None),
    ],
)
def test_what_was_said_before_the_cursor(
    text: str, row: int, column: int, said: str | None
) -> None:
    assert said_before(text, row, column) == said


def test_tickers_at_hand_are_watched_cached_or_of_the_demo_market(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENIE_HOME", str(tmp_path))
    (tmp_path / "watchlist.txt").write_text("QQQQ 1d: close > 25  # mine\n", encoding="utf-8")
    assert {"ACME", "SCIX", "QQQQ"} <= set(tickers_at_hand())
