"""A side that runs in a Python of its own, is kept alive, and measures itself when asked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Self


class Peer:
    """A script in another Python: each line it is sent is a task, each line it answers is JSON.

    Args:
        python: The interpreter.
        script: Its name in this folder.
        folder: Where it finds its data and leaves its results.
    """

    def __init__(self, python: str, script: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, str(Path(__file__).parent / script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, task: str) -> dict[str, float]:
        """Have it do a task; seconds of wall and of CPU, and whatever else it counts."""
        assert self._process.stdin
        assert self._process.stdout
        print(task, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit(f"{self._process.args} ended with {self._process.wait()}")
        return json.loads(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
