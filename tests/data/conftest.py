"""A local server that answers as Yahoo, from recordings, and fails on request."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from genie_nb.data.yahoo.provider import Yahoo

_RECORDINGS = "yahoo_http/nyf2_[a-t]*_20*.jsonl.gz"
_PRICES = "prices/daily_yahoo_2014_2024"


@dataclass(frozen=True)
class Replay:
    """The running server."""

    port: int
    environment: dict[str, str]

    def fail(self, match: str, **how: Any) -> None:
        """Answers to URLs that *match* fail from now on: `status=`, `body=`, `drop=`, `delay=` …"""
        self._control("fault", {"match": match, "times": 100_000, **how})

    def recover(self) -> None:
        """No more faults; forgets what was asked."""
        self._control("clear", {})

    def log(self) -> list[str]:
        """Every URL asked for since the last recovery."""
        return [f"{host}{path}?{query}" for _, _, host, path, query, *_ in self._control("log", {})]

    def _control(self, verb: str, body: dict[str, Any]) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        url = f"http://127.0.0.1:{self.port}/__ctl/{verb}"
        with opener.open(url, json.dumps(body).encode(), timeout=10) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def replay_server(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """The replay server of the recordings, one for the whole session."""
    script = recorded.parent / "tools" / "replay_yahoo.py"
    if not script.is_file():
        pytest.skip(f"there is no replay server at {script}")
    command = [sys.executable, str(script), "--port", "0", "--shift-to-now"]
    command += ["--rec", str(recorded / _RECORDINGS), "--prices", str(recorded / _PRICES)]
    command += ["--tls", str(tmp_path_factory.mktemp("tls"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        greeting = process.stdout.readline() + process.stdout.readline()
        if not greeting:
            pytest.skip("the replay server did not start; it needs the openssl command")
        environment = dict(re.findall(r"([A-Z_]+)=(\S+)", greeting))
        port = int(re.findall(r"127\.0\.0\.1:(\d+)", greeting)[0])
        yield Replay(port=port, environment=environment)
        process.terminate()


@pytest.fixture
def replay(replay_server: Replay, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """The server without faults, and yfinance as in a process that never used it."""
    for name, value in replay_server.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    replay_server.recover()
    _forget_yfinance()
    yield replay_server
    replay_server.recover()
    _forget_yfinance()


@pytest.fixture
def open_yahoo(replay: Replay, tmp_path: Path) -> Callable[..., Yahoo]:
    """Opens providers that talk to the server and never really wait between two tries."""

    def build(**options: Any) -> Yahoo:
        options = {"timeout": 5.0, "sleep": lambda _: None, **options}
        return Yahoo(cache_dir=tmp_path / "yfinance", **options)

    return build


@pytest.fixture
def yahoo(open_yahoo: Callable[..., Yahoo]) -> Yahoo:
    """A provider that talks to the server."""
    return open_yahoo()


def _forget_yfinance() -> None:
    """Undo what yfinance keeps for the life of a process: session, crumb, answers, open databases."""
    import yfinance.base
    from yfinance import cache, data

    data.SingletonMeta._instances.clear()
    yfinance.base._tz_info_fetch_ctr = 0
    cache._TzDBManager.close_db()
    cache._CookieDBManager.close_db()
    for manager, name in (
        (cache._TzCacheManager, "_tz_cache"),
        (cache._CookieCacheManager, "_Cookie_cache"),
        (cache._TzDBManager, "_db"),
        (cache._CookieDBManager, "_db"),
    ):
        setattr(manager, name, None)
