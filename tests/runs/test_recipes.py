"""Recipes for other schedulers: each is what that scheduler reads, and names commands that exist."""

import ast
import re
import shlex
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml

import genie_nb as genie
from genie_nb.core.ask.command import read_argv
from genie_nb.core.errors import AskError
from genie_nb.core.pace import check_cron
from genie_nb.core.scheduled import Recipe
from genie_nb.core.verbs import Ask

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_analyze.ipynb"


def made(kind: str, every: str | None = "15m", **more: Any) -> Recipe:
    found = genie.schedule(every, recipe=kind, **more)
    assert (found.status, found.exit) == ("recipe", 0)
    return found.recipe


def assert_is_a_check(words: list[str], home: Path | str, every: str = "15m") -> None:
    program, *rest = words
    assert Path(program).name == "genie"
    asked = read_argv(rest)
    assert isinstance(asked, Ask)
    expected = {"once": True, "every": every, "log": "json", "home": str(home)}
    assert (asked.verb, asked.options) == ("serve", expected)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "a home % with signs"


def test_a_cron_line_checks_with_its_percent_signs_escaped(home: Path) -> None:
    ((_, text),) = made("cron", home=str(home)).files
    line = text.splitlines()[-1]
    assert check_cron(" ".join(line.split()[:5])) == "*/15 * * * *"
    command = line.split(maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace(r"\%", "%").partition(" >> ")[0])
    assert_is_a_check(words, home)
    assert Path(words[0]).exists()


def test_a_daily_check_expects_no_run_on_weekends() -> None:
    ((_, text),) = made("cron", "1d").files
    assert "--every 3d" in text
    assert "0 22 * * 1-5" in text


def test_a_systemd_timer_and_service_check(home: Path, tmp_path: Path) -> None:
    files = dict(made("systemd", home=str(home)).files)
    start = re.search(r"^ExecStart=(.*)$", files["genie-check.service"], re.MULTILINE)
    assert start
    assert_is_a_check(shlex.split(start[1].replace("%%", "%")), home)
    assert "OnUnitActiveSec=900s" in files["genie-check.timer"]
    if which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed; the rest was checked")
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in files]
    done = subprocess.run(
        ["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "genie-check" in line]
    assert ours == []


def test_systemd_takes_no_cron_line() -> None:
    with pytest.raises(AskError, match="--every 15m"):
        genie.schedule(cron="0 9 * * *", recipe="systemd")


def test_a_github_workflow_checks_with_its_secrets_by_name() -> None:
    ((name, text),) = made("github").files
    flow = yaml.safe_load(text)
    assert name == ".github/workflows/genie.yml"
    assert flow[True]["schedule"] == [{"cron": "*/15 * * * *"}]  # YAML reads `on` as a truth
    steps = flow["jobs"]["check"]["steps"]
    (check,) = [step for step in steps if "genie serve" in step.get("run", "")]
    assert_is_a_check(shlex.split(check["run"]), "desk")
    assert check["env"] == {"MY_WEBHOOK": "${{ secrets.MY_WEBHOOK }}"}


def test_a_kubernetes_job_checks_one_at_a_time_on_a_volume() -> None:
    ((_, text),) = made("kubernetes", None, cron="0 9-16 * * 1-5").files
    job = yaml.safe_load(text)
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "CronJob")
    assert job["spec"]["schedule"] == "0 9-16 * * 1-5"
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert_is_a_check(container["command"], "/desk", every="65h")
    assert {one["name"] for one in container["volumeMounts"]} == {
        one["name"] for one in pod["volumes"]
    }


def test_an_airflow_task_runs_the_notebook_with_its_parameters(home: Path) -> None:
    given = {"ticker": "WNCH"}
    ((_, text),) = made("airflow", home=str(home), notebook=NOTEBOOK, parameters=given).files
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    (operator,) = [call for call in calls if getattr(call.func, "id", "") == "PapermillOperator"]
    told = {one.arg: one.value for one in operator.keywords}
    assert ast.literal_eval(told["input_nb"]) == str(NOTEBOOK)
    assert ast.literal_eval(told["parameters"]) == {"ticker": "WNCH"}
    assert "{{ ts_nodash }}" in ast.literal_eval(told["output_nb"])


def test_the_text_can_be_copied_as_it_is() -> None:
    found = genie.schedule("5m", recipe="systemd")
    for _, text in found.recipe.files:
        assert text.rstrip() in found.view().text
        assert text.rstrip() in found.view().markdown


def test_a_notebook_that_is_named_is_run_instead(home: Path) -> None:
    given = {"ticker": "WNCH"}
    ((_, text),) = made("cron", home=str(home), notebook=NOTEBOOK, parameters=given).files
    command = text.splitlines()[-1].split(maxsplit=5)[5].replace(r"\%", "%")
    env, every, _, *words = shlex.split(command.partition(" >> ")[0])
    assert (env, every) == ("env", "GENIE_EVERY=900")
    asked = read_argv(words)
    assert isinstance(asked, Ask)
    assert (asked.verb, asked.words) == ("run", str(NOTEBOOK))
    assert asked.options["parameters"] == given
