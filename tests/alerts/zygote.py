"""Runs `genie check` in children of a process that is warm already, and kills them.

The first line of standard input is JSON: commands that warm it. Each further line is
`{"args": [...], "kill_after": seconds or null, "carry": whether every rule is carried on from bar to bar}`. The
answer is a line of JSON:
`{"killed": bool, "status": exit status, "seconds": how long it ran}`.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta


def child(args: list[str], carry: bool) -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    from genie_nb.faces.cli import main

    if carry:
        carry_from_the_first_rule()
    status = 1
    try:
        status = main(args) or 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    finally:
        os._exit(status)


def carry_from_the_first_rule() -> None:
    """Let this process take every rule into a stream, which usually pays for thousands alone."""
    from genie_nb.desk.check import check
    from genie_nb.desk.sieve import Worth

    assert check.__kwdefaults__ is not None
    check.__kwdefaults__["worth"] = Worth(rules=0, rest=timedelta(0))


def run(args: list[str], kill_after: float | None, *, carry: bool = False) -> dict[str, object]:
    began = time.monotonic()
    pid = os.fork()
    if not pid:
        child(args, carry)
    if kill_after is not None:
        while time.monotonic() - began < kill_after:
            time.sleep(0.001)
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return ended(status, began)
        os.kill(pid, signal.SIGKILL)
    return ended(os.waitpid(pid, 0)[1], began)


def ended(status: int, began: float) -> dict[str, object]:
    killed = os.WIFSIGNALED(status)
    return {
        "killed": killed,
        "status": None if killed else os.WEXITSTATUS(status),
        "seconds": time.monotonic() - began,
    }


def warm(checks: list[list[str]]) -> None:
    """Load what a check needs, by checks of another home."""
    import contextlib
    import io

    from genie_nb.faces.cli import main

    for args in checks:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            main(args)


if __name__ == "__main__":
    warm(json.loads(sys.stdin.readline()))
    print(json.dumps("warm"), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
