"""Schedules for other schedulers: text that is ready to be saved, and what to do with it.

pace, home -> cron line | systemd unit and timer | GitHub Actions | Kubernetes CronJob | Airflow DAG

Without a notebook they run `genie serve --once`: one `genie check` that says when the next is due, so that
a missed one is noticed. Airflow runs notebooks alone.
"""

import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

from ..core.errors import AskError
from ..core.pace import DAY, MINUTE, written
from ..core.scheduled import Recipe
from ..desk.clock import SCHEDULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done again and again.

    Attributes:
        cron: When, in UTC.
        every: The usual seconds between two runs; None for a cron line of the user's own.
        gap: The most seconds between two runs, after which one was missed.
        home: The home of watchlist and ledger.
        notebook: What is run; empty for a check without a notebook.
        parameters: Values for its parameters cell.
        provider: The provider that was named; empty for the configured one.
    """

    cron: str
    every: float | None
    gap: float
    home: Path
    notebook: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    provider: str = ""

    @property
    def pace(self) -> str:
        """How often, for readers."""
        return f"at {self.cron} (UTC)" if self.every is None else f"every {written(self.every)}"

    def command(self, program: str, *, home: str = "") -> str:
        """The command line of one check, or of one run of the notebook."""
        place = home or str(self.home)
        words = [*shlex.split(program), *(self._run(place) if self.notebook else self._check())]
        line = shlex.join([*words, "--home", place])
        return f"env {SCHEDULE}={self.gap:g} {line}" if self.notebook else line

    def _check(self) -> list[str]:
        words = ["serve", "--once", "--every", written(self.gap), "--log", "json"]
        return words + (["--provider", self.provider] if self.provider else [])

    def _run(self, place: str) -> list[str]:
        given = [
            word for name, value in self.parameters.items() for word in ("-p", f"{name}={value}")
        ]
        return ["run", self.notebook, "--output", f"{place}/runs/", *given]


def recipe(kind: str, plan: Plan) -> Recipe:
    """The recipe for a scheduler: cron, systemd, github, kubernetes or airflow."""
    return _RECIPES[kind](plan)


def program() -> str:
    """How this genie is called from anywhere on this machine."""
    beside = Path(sys.executable).with_name("genie")
    found = str(beside) if beside.exists() else which("genie")
    return shlex.quote(found) if found else shlex.join([sys.executable, "-m", "genie_nb"])


def _cron(plan: Plan) -> Recipe:
    command = plan.command(program()).replace("%", r"\%")
    log = shlex.quote(str(plan.home / "checks.log")).replace("%", r"\%")
    text = f"""\
# genie: a check {plan.pace}. The line is in UTC; write it in the zone of this machine.
{plan.cron} {command} >> {log} 2>&1
"""
    steps = (
        "Append the line to your table: crontab -e",
        "Secrets that sinks name must be in cron's environment: add NAME=value lines above it.",
    )
    return Recipe(kind="cron", files=(("crontab", text),), steps=steps)


def _systemd(plan: Plan) -> Recipe:
    service = f"""\
[Unit]
Description=genie: check the watched rules once
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={plan.command(program()).replace("%", "%%")}
# Secrets that sinks name, as NAME=value lines:
EnvironmentFile=-%h/.config/genie/secrets.env
# 3: a provider failed, 4: a delivery is pending. Both are told in the ledger and tried again.
SuccessExitStatus=3 4
TimeoutStartSec=10min
"""
    timer = f"""\
[Unit]
Description=genie: check the watched rules {plan.pace}

[Timer]
{_timer(plan)}
RandomizedDelaySec=10s
Persistent=true

[Install]
WantedBy=timers.target
"""
    steps = (
        "Save both files in ~/.config/systemd/user/",
        "systemctl --user daemon-reload && systemctl --user enable --now genie-check.timer",
        "To run while you are logged out: loginctl enable-linger",
        "Logs: journalctl --user --unit genie-check.service",
    )
    files = (("genie-check.service", service), ("genie-check.timer", timer))
    return Recipe(kind="systemd", files=files, steps=steps)


def _timer(plan: Plan) -> str:
    if plan.every is None:
        raise AskError(
            "systemd has no cron lines.",
            seen=plan.cron,
            needed="--every TIME",
            cure="Write for example: genie schedule --every 15m --recipe systemd",
        )
    if plan.every >= DAY:
        return "OnCalendar=Mon..Fri *-*-* 22:00:00 UTC"
    return f"OnBootSec=1min\nOnUnitActiveSec={plan.every:.0f}s"


def _github(plan: Plan) -> Recipe:
    command = plan.command("genie", home="desk")
    text = f"""\
name: genie
on:
  schedule:
    - cron: "{plan.cron}"
  workflow_dispatch:
concurrency:
  group: genie
  cancel-in-progress: false
permissions:
  contents: write
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "genie-nb[alerts,notebook]"
      - run: {command}
        env:
          # one line for each secret that a sink names
          MY_WEBHOOK: ${{{{ secrets.MY_WEBHOOK }}}}
      - if: always()
        run: |
          git config user.name genie
          git config user.email genie@users.noreply.github.com
          git add desk/watchlist.txt desk/ledger.sqlite
          git diff --cached --quiet || git commit -m "Keep the ledger"
          git push
"""
    steps = (
        "Save it as .github/workflows/genie.yml in a private repository.",
        "Keep the home in the folder desk/ of that repository: genie watch … --home desk",
        "GitHub starts such runs late, or leaves them out, when it is busy; the next run tells.",
    )
    return Recipe(kind="github", files=((".github/workflows/genie.yml", text),), steps=steps)


def _kubernetes(plan: Plan) -> Recipe:
    words = shlex.split(plan.command("genie", home="/desk"))
    arguments = "\n".join(f"                - {_quoted(word)}" for word in words)
    text = f"""\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: genie-check
spec:
  schedule: "{plan.cron}"
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: {max(60, int(plan.gap / 2))}
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: 900
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: genie
              image: genie-nb:latest
              command:
{arguments}
              envFrom:
                - secretRef:
                    name: genie-secrets
                    optional: true
              volumeMounts:
                - name: desk
                  mountPath: /desk
          volumes:
            - name: desk
              persistentVolumeClaim:
                claimName: genie-desk
"""
    steps = (
        'Build an image with: pip install "genie-nb[alerts]"',
        "Make a claim `genie-desk` for the home, and a secret `genie-secrets` for what sinks name.",
        "kubectl apply -f genie-check.yaml",
        "With several clusters or nodes, keep the ledger in PostgreSQL.",
    )
    return Recipe(kind="kubernetes", files=(("genie-check.yaml", text),), steps=steps)


def _airflow(plan: Plan) -> Recipe:
    text = f'''\
"""genie: the alerts notebook {plan.pace}."""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.providers.papermill.operators.papermill import PapermillOperator

with DAG(
    dag_id="genie_alerts",
    schedule="{plan.cron}",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
):
    PapermillOperator(
        task_id="alerts",
        input_nb={plan.notebook!r},
        output_nb="/tmp/genie/alerts-{{{{ ts_nodash }}}}.ipynb",
        parameters={dict(plan.parameters)!r},
        retries=1,
        retry_delay=timedelta(seconds={min(plan.gap / 2, 5 * MINUTE):.0f}),
    )
'''
    steps = (
        'Install on the workers: pip install "genie-nb[alerts,notebook]" apache-airflow-providers-papermill',
        "Save it in the folder of your DAGs.",
        "Secrets that sinks name must be in the environment of the workers.",
    )
    return Recipe(kind="airflow", files=(("genie_alerts.py", text),), steps=steps)


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


_RECIPES: Mapping[str, Callable[[Plan], Recipe]] = {
    "cron": _cron,
    "systemd": _systemd,
    "github": _github,
    "kubernetes": _kubernetes,
    "airflow": _airflow,
}
