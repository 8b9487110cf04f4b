"""Work over processes and clusters: nothing is lost, and one fault costs one piece."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from genie_nb.compute import run
from genie_nb.core.work import in_turn


def squared(number: int) -> int:
    return number * number


def refuses_three(number: int) -> int:
    if number == 3:
        raise ValueError("not three")
    return number


def dies_once(mark: str) -> str:
    """Ends its own process the first time, as a crash in compiled code or the memory killer would."""
    path = Path(mark)
    if path.name.startswith("mortal") and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def dies_always(name: str) -> str:
    if name == "doomed":
        os.kill(os.getpid(), signal.SIGKILL)
    return name


def own_process(_: int) -> int:
    return os.getpid()


def test_one_worker_is_this_process() -> None:
    assert {outcome.value for outcome in run(own_process, range(3), workers=1)} == {os.getpid()}


def test_processes_give_what_one_gives() -> None:
    spread = {o.piece: o.value for o in run(squared, range(20), workers=2)}
    assert spread == {o.piece: o.value for o in in_turn(squared, range(20))}


def test_what_a_piece_raises_is_its_own_outcome() -> None:
    outcomes = {o.piece: o for o in run(refuses_three, range(6), workers=2)}
    assert [str(o.error) for o in outcomes.values() if o.error] == ["not three"]
    assert sorted(o.value for o in outcomes.values() if o.error is None) == [0, 1, 2, 4, 5]


def test_a_killed_worker_costs_its_piece_one_retry(tmp_path: Path) -> None:
    names = ["a", "mortal", "b", "c", "d", "e"]
    outcomes = list(run(dies_once, [str(tmp_path / name) for name in names], workers=2))
    assert sorted(o.value for o in outcomes) == sorted(names)
    assert all(o.error is None for o in outcomes)


def test_a_piece_that_kills_its_worker_twice_is_given_up_and_blames_no_other() -> None:
    outcomes = {o.piece: o for o in run(dies_always, ["a", "doomed", "b", "c", "d"], workers=2)}
    assert {piece for piece, o in outcomes.items() if o.error} == {"doomed"}
    assert "ended twice" in str(outcomes["doomed"].error)
    assert [outcomes[name].value for name in "abcd"] == ["a", "b", "c", "d"]


def test_pieces_are_taken_as_there_is_somebody_to_do_them() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    outcomes = run(squared, pieces(), workers=2)
    next(outcomes)
    assert len(taken) <= 6
    outcomes.close()  # pyright: ignore[reportAttributeAccessIssue]


def test_a_script_is_not_run_again_by_the_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('begun')\n"
        "from genie_nb.compute import run\n"
        "print(sorted(o.value for o in run(abs, [-1, -2, 3], workers=2)))\n"
    )
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert ran.stdout == "begun\n[1, 2, 3]\n"
    assert ran.stderr == ""


def test_leaving_the_iteration_ends_the_workers() -> None:
    outcomes = run(own_process, range(100), workers=2)
    worker = next(outcomes).value
    outcomes.close()  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
