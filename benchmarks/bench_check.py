"""A check of 20 tickers against a source that takes 300 ms for each answer. Target: under 3 s.

The real yfinance client talks to the replay server of the recordings (GENIE_RECORDED). The first check
of a new home arms the rules and fetches ten years; the second, in a new process with the cache emptied,
is what a schedule on a fresh machine does; the third has its cache.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

DELAY = 0.3
TICKERS = 20
ROUNDS = 3
TARGET = 3.0

CHECK = """
import json, time
import yfinance, pandas
import genie_nb as genie
genie.analyze("ACME", provider="demo")
begin, cpu = time.perf_counter(), time.process_time()
found = genie.check()
print(json.dumps({"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu,
                  "checked": found.checked, "line": found.line}))
"""


def main() -> int:
    """Measure, print, and end with 0."""
    if not os.environ.get("GENIE_RECORDED"):
        print("GENIE_RECORDED names no recordings; nothing was measured")
        return 0
    recorded = Path(os.environ["GENIE_RECORDED"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = subprocess.Popen(
            [
                *(sys.executable, str(recorded.parent / "tools" / "replay_yahoo.py")),
                *("--rec", str(recorded / "yahoo_http" / "nyf2_[a-t]*_20*.jsonl.gz")),
                *("--prices", str(recorded / "prices" / "daily_yahoo_2014_2024")),
                *("--port", str(port), "--tls", name, "--shift-to-now"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout
            server.stdout.readline()
            fault = {"match": ".", "delay": DELAY, "times": 100_000}
            control(port, "clear")
            control(port, "fault", fault)
            rounds = [
                one_round(port, folder / f"round{n}", folder, tickers(recorded))
                for n in range(ROUNDS)
            ]
        finally:
            server.terminate()
    for place, what in enumerate(("arming, nothing cached", "a new machine", "with its cache")):
        seconds = [found[place]["seconds"] for found in rounds]
        cpu = statistics.median(found[place]["cpu"] for found in rounds)
        slowest, median = max(seconds), statistics.median(seconds)
        verdict = "met" if median < TARGET else "MISSED"
        print(f"{what:<24} {median:.2f} s (slowest {slowest:.2f} s, {cpu:.2f} s of the processor), "
              f"target < {TARGET:g} s: {verdict}")  # fmt: skip
    print(rounds[-1][-1]["line"])
    return 0


def tickers(recorded: Path) -> list[str]:
    """The first recorded tickers whose prices reach the end of the recordings."""
    folder = recorded / "prices" / "daily_yahoo_2014_2024"
    names = sorted(path.name.removesuffix(".csv.gz") for path in folder.glob("*.csv.gz"))
    return names[:TICKERS]


def one_round(port: int, home: Path, folder: Path, names: list[str]) -> list[dict]:
    """What three checks of one home took, each in a process of its own."""
    home.mkdir()
    (home / "config.toml").write_text('provider = "yahoo"\n')
    rules = (
        "close crosses above sma(50)",
        "rsi(14) < 30",
        "close > highest(20) and rvol(20) > 1.5",
    )
    lines = (f"{name} 1d: {rules[n % len(rules)]}\n" for n, name in enumerate(names))
    (home / "watchlist.txt").write_text("".join(lines))
    first = checked(port, home, folder)
    shutil.rmtree(home / "cache")
    return [first, checked(port, home, folder), checked(port, home, folder)]


def checked(port: int, home: Path, folder: Path) -> dict:
    """What one check took."""
    pem = str(folder / "ca.pem")
    environment = {
        **os.environ,
        "HTTPS_PROXY": f"http://127.0.0.1:{port}",
        "CURL_CA_BUNDLE": pem,
        "REQUESTS_CA_BUNDLE": pem,
        "GENIE_HOME": str(home),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHECK], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def control(port: int, verb: str, body: dict | None = None) -> bytes:
    """Tell the replay server something."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/__ctl/{verb}", data=json.dumps(body or {}).encode(), method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


if __name__ == "__main__":
    sys.exit(main())
