"""jupyter-scheduler runs notebooks by papermill, and shows a failing one as failed."""

from pathlib import Path
from typing import Any

import jsonschema
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import genie_nb as genie
from genie_nb.core.errors import SetupError
from genie_nb.core.schema import schema_of

pytestmark = [pytest.mark.xdist_group("jupyter-server"), pytest.mark.timeout(900)]

ENDED = ("COMPLETED", "FAILED")


def write(folder: Path, name: str, *cells: str) -> None:
    parameters = 'ticker: str = "ACME"  # any\nlevel: float = 1.0  # any\nflag: bool = False  # any'
    made = new_notebook(
        cells=[
            new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            *(new_code_cell(cell) for cell in cells),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
    )
    nbformat.write(made, folder / name)


def wish(server: Any, name: str, **more: Any) -> dict[str, Any]:
    environment = server.ask("scheduler/runtime_environments")[0]["name"]
    return {
        "name": name,
        "input_uri": f"{name}.ipynb",
        "runtime_environment_name": environment,
        "output_formats": ["ipynb", "html"],
        **more,
    }


def outcome(server: Any, job_id: str) -> dict[str, Any]:
    return server.wait_for(f"scheduler/jobs/{job_id}", lambda job: job["status"] in ENDED, 240)


def outputs(server: Any, job_id: str) -> list[Path]:
    staged = Path(server.environment["JUPYTER_DATA_DIR"], "scheduler_staging_area", job_id)
    return sorted(staged.glob("*-*"))


@pytest.fixture
def on_schedule(server: Any) -> dict[str, Any]:
    """A definition that is due every minute; made first, so that its minute passes meanwhile."""
    write(server.root, "each_minute.ipynb", "import os\nprint(ticker, os.environ['GENIE_EVERY'])")
    body = wish(server, "each_minute", schedule="* * * * *", timezone="UTC")
    return server.ask("scheduler/job_definitions", body | {"parameters": {"ticker": "NVDA"}})


def test_jobs_are_run_by_papermill(server: Any, on_schedule: dict[str, Any]) -> None:
    write(server.root, "one.ipynb", "print([ticker, level, flag])")
    given = {"ticker": "MSFT", "level": "0.9", "flag": "True"}
    job_id = server.ask("scheduler/jobs", wish(server, "one", parameters=given))["job_id"]
    job = outcome(server, job_id)
    assert job["status"] == "COMPLETED", job
    page, notebook = outputs(server, job_id)
    made = nbformat.read(notebook, as_version=4)
    assert made.metadata.papermill.parameters == {"ticker": "MSFT", "level": 0.9, "flag": True}
    assert made.cells[-1].outputs[0].text == "['MSFT', 0.9, True]\n"
    assert str(server.root.parent) not in notebook.read_text("utf-8")
    assert "https://cdn" not in page.read_text("utf-8")

    write(server.root, "bad.ipynb", "import genie_nb as g\ng.analyze('NOSUCH', provider='demo')")
    job_id = server.ask("scheduler/jobs", wish(server, "bad"))["job_id"]
    job = outcome(server, job_id)
    assert job["status"] == "FAILED"
    assert "UnknownTicker" in job["status_message"]
    assert "An Exception was encountered" in outputs(server, job_id)[1].read_text("utf-8")

    job_id = server.ask("scheduler/jobs", wish(server, "one", parameters={"lvl": "1"}))["job_id"]
    assert "Did you mean 'level'" in outcome(server, job_id)["status_message"]

    query = f"scheduler/jobs?job_definition_id={on_schedule['job_definition_id']}"
    jobs = server.wait_for(query, lambda found: found["total_count"] >= 1, 240)["jobs"]
    job = outcome(server, jobs[0]["job_id"])
    assert job["status"] == "COMPLETED", job
    made = nbformat.read(outputs(server, job["job_id"])[1], as_version=4)
    assert made.cells[-1].outputs[0].text == "NVDA 60\n"
    assert "papermill" in made.metadata
    path = f"scheduler/job_definitions/{on_schedule['job_definition_id']}"
    server.ask(path, {"active": False}, "PATCH")


def test_genie_schedule_makes_the_job_in_the_running_server(
    server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, server.environment[name])
    write(tmp_path, "mine.ipynb", "print(ticker)")
    asked = {"notebook": tmp_path / "mine.ipynb", "parameters": {"level": "0.5"}}
    made = genie.schedule("1h", **asked)
    assert (made.status, made.exit, made.notebook) == ("created", 0, "mine.ipynb")
    known = server.ask(f"scheduler/job_definitions/{made.job}")
    assert (known["schedule"], known["timezone"], known["active"]) == ("0 * * * *", "UTC", True)
    assert known["parameters"] == {"level": "0.5"}
    assert genie.schedule("1h", **asked).job == made.job

    write(server.root, "theirs.ipynb", "print(1)")
    write(tmp_path, "theirs.ipynb", "print(2)")
    with pytest.raises(SetupError, match=r"has another theirs\.ipynb"):
        genie.schedule("1h", notebook=tmp_path / "theirs.ipynb")
    assert genie.schedule("1h", notebook=server.root / "theirs.ipynb").notebook == "theirs.ipynb"
    server.ask(f"scheduler/job_definitions/{made.job}", method="DELETE")


def test_without_a_server_it_is_said_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    write(tmp_path, "mine.ipynb", "print(ticker)")
    found = genie.schedule(notebook=tmp_path / "mine.ipynb")
    assert (found.status, found.exit) == ("needed", 5)
    assert "jupyter lab" in found.line
    jsonschema.validate(found.to_dict(), schema_of("schedule"))
