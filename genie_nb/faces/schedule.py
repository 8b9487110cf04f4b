"""Scheduled notebooks in JupyterLab: jupyter-scheduler's jobs, run as `genie run` runs them.

job -> staged notebook -> typed parameters -> papermill, scrubbed -> outputs; raises when it failed

The scheduler keeps every parameter as text; here it gets the type that the notebook declares.
"""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from jupyter_scheduler.executors import DefaultExecutionManager
from jupyter_scheduler.orm import JobDefinition

from ..core.errors import AskError, GenieError
from ..core.pace import longest_gap
from ..runs.notebook import Executed, carry_out, opened, page_of
from ..runs.parameters import typed


class RunFailed(GenieError):
    """A scheduled notebook failed, or ended with a status other than 0."""


class PapermillExecutionManager(DefaultExecutionManager):
    """Runs a job by papermill; `Scheduler.execution_manager_class` of jupyter-scheduler."""

    def execute(self) -> None:
        """Run the staged notebook and write what the job asked for.

        Raises:
            RunFailed: It failed; its outputs are written all the same.
            GenieError: It could not be started, such as for an unknown parameter.
        """
        job, staged = self.model, str(self.staging_paths["input"])
        folder = Path(staged).parent
        notebook = opened(staged)
        parameters = typed(job.parameters or {}, notebook, Path(staged).name)
        done = carry_out(
            notebook,
            parameters,
            cwd=str(folder),
            files=(staged, self._output_path()),
            every=self._every(),
        )
        self.add_side_effects_files(str(folder))
        self._write(done)
        if done.failure is not None:
            raise RunFailed(f"{done.failure.name}: {done.failure.message}")
        if done.exit:
            line = done.ending.line if done.ending else ""
            raise RunFailed(f"The notebook ended with status {done.exit}: {line}")

    def _every(self) -> float | None:
        """Seconds within which the definition of this job runs it again; None for a single job."""
        definition = self.model.job_definition_id
        if not definition:
            return None
        with self.db_session() as session:
            found = session.get(JobDefinition, definition)
            line = str(found.schedule or "") if found else ""
        try:
            return longest_gap(line)
        except AskError:  # a line with names in it, which our own reader does not know
            return None

    def _output_path(self) -> str:
        paths: Mapping[str, str] = self.staging_paths
        return str(paths.get("ipynb", paths["input"]))

    def _write(self, done: Executed) -> None:
        """Notebook and page by our own exporter, any other format by nbconvert."""
        text = nbformat.writes(done.notebook)
        ours = {"ipynb": lambda: text, "html": lambda: page_of(text, self._output_path())}
        formats = list(self.model.output_formats or ())
        for name in [one for one in formats if one in ours]:
            Path(self.staging_paths[name]).write_text(ours[name](), encoding="utf-8")
        others = [one for one in formats if one not in ours]
        if others:
            self.create_output_files(
                self.model.copy(update={"output_formats": others}), done.notebook
            )
