"""Runs two or more sides alternately, each in a process of its own, and prints medians and ratios."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping


def measured(script: str, environment: Mapping[str, str] | None = None) -> dict[str, float]:
    """What one run of a script printed as JSON on its last line: name to seconds."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def alternated(sides: Mapping[str, str], rounds: int) -> dict[str, float]:
    """Median seconds of every figure that the sides print, over alternating rounds.

    One round before the first is thrown away: it fills the file cache and writes bytecode.
    """
    figures: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for script in sides.values():
            for name, seconds in measured(script).items():
                if number:
                    figures.setdefault(name, []).append(seconds)
    return {name: statistics.median(values) for name, values in figures.items()}


def table(figures: Mapping[str, float], unit: str) -> None:
    """Medians, and each as a multiple of *unit*."""
    for name, seconds in figures.items():
        print(f"{name:<28}{seconds * 1000:>10.2f} ms{seconds / figures[unit]:>12.4f} x {unit}")
