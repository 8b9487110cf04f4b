"""CONTRIBUTING.md, followed to the letter: a strategy from another distribution, built, installed, used."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[1] / "CONTRIBUTING.md"
USE = """
import json
import genie_nb as genie
from genie_nb.core.backtest import run_backtest
from genie_nb.core.market import Interval
from genie_nb.plugins import find_strategy, open_provider

found = genie.strategies()
bars = open_provider("demo").bars(["STDW"], Interval.D1, None, None)["STDW"]
result = run_backtest(found["two_steps"], bars, steps=3)
print(json.dumps({
    "names": sorted(found),
    "same": find_strategy("two_steps") is found["two_steps"],
    "entry": str(result.entry),
    "params": result.params,
    "trades": result.metrics["trades"],
}))
"""


def files() -> dict[str, str]:
    """The files that the guide shows, by name."""
    blocks = re.findall(r"```\w+\n# (\S+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return dict(blocks)


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The guide's package, installed in a directory of its own."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    for name, text in files().items():
        source.joinpath(name).write_text(text, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-index", "--no-build-isolation", "--no-deps", "--no-cache-dir"]
    done = subprocess.run(
        [*pip, *alone, "--target", str(target), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    target.joinpath("test_two_steps.py").write_text(files()["test_two_steps.py"])
    return target


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(installed), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=installed,
    )


def test_the_strategy_of_the_guide_is_about_thirty_lines():
    assert 20 <= len(files()["two_steps.py"].splitlines()) <= 35


def test_it_is_found_and_backtested_like_the_built_in_ones(installed):
    done = run(installed, "-c", USE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {"two_steps", "trend", "vwap_day"} <= set(found["names"])
    assert found["same"]
    assert found["entry"] == "close > sma(150) and close < close[1] for 3 bars"
    assert found["params"] == {"steps": 3, "length": 150}
    assert found["trades"] > 5


def test_its_own_test_passes(installed):
    arguments = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_two_steps.py")
    done = run(installed, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
