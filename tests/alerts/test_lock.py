"""One checker per ledger, by a lock that dies with its process."""

import subprocess
import sys
from pathlib import Path

from genie_nb.alerts.ledger import open_ledger
from genie_nb.alerts.lock import checking

HOLD = """
import sys, time
from genie_nb.alerts.ledger import open_ledger
from genie_nb.alerts.lock import checking
with checking(open_ledger(sys.argv[1])) as mine:
    print(mine, flush=True)
    time.sleep(60)
"""


def test_a_second_checker_waits_and_leaves(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as one, open_ledger(path) as two:
        with checking(one) as mine, checking(two, wait=0.1) as other:
            assert (mine, other) == (True, False)
        with checking(two, wait=0.1) as other:
            assert other


def test_the_lock_ends_with_a_process_that_is_killed(tmp_path: Path):
    path = str(tmp_path / "ledger.sqlite")
    other = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    with open_ledger(path) as ledger:
        with checking(ledger, wait=0.1) as mine:
            assert not mine
        other.kill()
        other.wait()
        with checking(ledger, wait=10) as mine:
            assert mine
    other.stdout.close()


def test_ledgers_do_not_wait_for_each_other(tmp_path: Path):
    with (
        open_ledger(tmp_path / "a.sqlite") as a,
        open_ledger(tmp_path / "b.sqlite") as b,
        checking(a) as mine,
        checking(b, wait=0.1) as other,
    ):
        assert (mine, other) == (True, True)
