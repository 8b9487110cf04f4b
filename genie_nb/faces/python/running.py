"""Python calls that run notebooks and keep checks going."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...answer import Answer
from .call import Moment, do


def run(
    notebook: str | Path,
    parameters: Mapping[str, object] | None = None,
    *,
    output: str | Path | None = None,
    html: bool = False,
    timeout: float | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Run a notebook by papermill; its `exit` and `failure` say what became of it.

    Args:
        notebook: A path, or an address that papermill reads.
        parameters: Values for its parameters cell.
        output: File or folder of the executed notebook, also `s3://`, `gs://`, `abs://`; `out/`
            unless given.
        html: Write it as a page without network too.
        timeout: Seconds after which the run is ended.
        provider: For its parameter of that name.
        as_of: For its parameter of that name.
        home: Directory of settings, watchlist and ledger for the notebook.

    Raises:
        AskError: There is no such notebook, or a parameter that it does not take.
        SetupError: The output cannot be written to.
    """
    return do("run", words=str(notebook), parameters=parameters or None,
                output=None if output is None else os.fspath(output), html=html or None,
                timeout=timeout, provider=provider, as_of=as_of, home=home)  # fmt: skip


def serve(
    every: str | None = None,
    *,
    once: bool = False,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    log: str | None = None,
    provider: str | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Check the rules whenever a bar they wait for has closed, until interrupted.

    Args:
        every: The shortest time between two checks, such as "5m".
        once: One check, then the end.
        sink: Where alerts go too.
        secret: Name of the secret that signs a webhook: `env:NAME`.
        log: `text` or `json` on standard error.
        provider: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Another service runs in this home.
    """
    return do("serve", every=every, once=once or None, sink=sink, secret=secret, log=log,
                provider=provider, deadline=deadline, home=home)  # fmt: skip


def schedule(
    every: str | None = None,
    *,
    cron: str | None = None,
    notebook: str | Path | None = None,
    parameters: Mapping[str, object] | None = None,
    recipe: str | None = None,
    provider: str | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Have the alerts notebook run again and again, by JupyterLab or by another scheduler.

    Args:
        every: Such as "15m"; or give *cron*.
        cron: A cron line, in UTC.
        notebook: The notebook; the alerts notebook unless given.
        parameters: Values for its parameters cell.
        recipe: `cron`, `systemd`, `github`, `kubernetes` or `airflow`: tells how, and does nothing.
        provider: For its parameter of that name.
        home: For its parameter of that name.

    Raises:
        AskError: The time, the notebook or a parameter cannot be read.
        SetupError: A running Jupyter server refused.
    """
    return do("schedule", every=every, cron=cron,
                notebook=None if notebook is None else os.fspath(notebook),
                parameters=parameters or None, recipe=recipe, provider=provider, home=home)  # fmt: skip


def ledger(action: str = "", *, older: str | None = None, home: str | Path | None = None) -> Answer:
    """What the ledger of alerts holds; prune, export or back it up.

    Args:
        action: `prune`, `export FILE` or `backup FILE`; empty to look at it.
        older: For `prune`: what ended longer ago, such as "90d".
        home: As for `analyze`.

    Raises:
        AskError: It is no such action, or there is no ledger.
        SetupError: The ledger cannot be opened, or the file cannot be written.
    """
    return do("ledger", words=action, older=older, home=home)
