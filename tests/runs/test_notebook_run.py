"""`genie run`: any notebook, its exit status, and nothing private in what it leaves behind."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import nbformat
import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, SetupError, UnknownName
from genie_nb.core.schema import schema_of
from genie_nb.faces.cli import main

type Write = Callable[..., Path]

FINISH = "from genie_nb.runs import finish\nfinish(line='checked 3 of 3')"


def text_of(path: str | Path) -> str:
    return Path(path).read_text(encoding="utf-8")


def printed(path: str | Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "".join(out.get("text", "") for cell in cells for out in cell.get("outputs", ()))


def test_any_notebook_runs_on_this_python_with_typed_values(
    notebook: Write, tmp_path: Path
) -> None:
    path = notebook("import sys; print([ticker, threshold, flag], sys.executable)")
    before = path.read_bytes()
    found = genie.run(
        path,
        {"ticker": "007", "threshold": "1", "flag": "yes"},
        output=tmp_path / "made" / "here.ipynb",
        html=True,
    )
    jsonschema.validate(found.to_dict(), schema_of("run"))
    assert (found.status, found.exit) == ("completed", 0)
    assert found.output == str(tmp_path / "made" / "here.ipynb")
    assert "['007', 1.0, True]" in printed(found.output)
    assert Path(sys.executable).name in printed(found.output)
    assert "<html" in text_of(found.html)
    assert path.read_bytes() == before
    assert sorted(p.name for p in Path(found.output).parent.iterdir()) == [
        "here.html",
        "here.ipynb",
    ]


def test_an_error_of_genie_gives_the_run_its_exit_status(notebook: Write, tmp_path: Path) -> None:
    path = notebook(
        "print('before')",
        "import genie_nb as g\ng.analyze('NOSUCH', provider='demo')",
        "print('after')",
    )
    found = genie.run(path, output=tmp_path / "o.ipynb")
    assert (found.status, found.exit) == ("failed", 2)
    assert (found.failure.name, found.failure.cell) == ("UnknownTicker", 3)
    left = text_of(found.output)
    assert "An Exception was encountered at" in left
    assert printed(found.output) == "before\n"


@pytest.mark.parametrize(
    ("cell", "status"),
    [("1/0", 1), ("raise SystemExit(3)", 3), ("import os; os._exit(1)", 1)],
)
def test_other_ends_have_their_status(
    notebook: Write, tmp_path: Path, cell: str, status: int
) -> None:
    found = genie.run(notebook(cell), output=tmp_path / "o.ipynb")
    assert (found.status, found.exit) == ("failed", status)
    assert Path(found.output).exists()


def test_a_run_is_ended_after_its_time(notebook: Write, tmp_path: Path) -> None:
    path = notebook("print('begun')", "import time; time.sleep(600)")
    found = genie.run(path, output=tmp_path / "o.ipynb", timeout=4)
    assert (found.status, found.failure.name, found.exit) == ("failed", "TimedOut", 1)
    assert printed(found.output) == "begun\n"


def test_what_the_notebook_says_at_its_end_is_the_answer(
    notebook: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pending = "from genie_nb.core.notebook_run import Ending\nfrom genie_nb.runs import finish\n"
    path = notebook(pending + "finish(Ending(exit=4, line='1 delivery is pending'))", promises=True)
    status = main(["run", str(path), "--output", str(tmp_path / "o.ipynb"), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert (status, found["exit"], found["status"]) == (4, 4, "completed")
    assert found["line"] == "1 delivery is pending"
    assert found["ending"] == {"exit": 4, "line": "1 delivery is pending"}


def test_a_notebook_that_promised_an_ending_and_gave_none_has_failed(
    notebook: Write, tmp_path: Path
) -> None:
    path = notebook("raise SystemExit(0)", FINISH, promises=True)
    found = genie.run(path, output=tmp_path / "o.ipynb")
    assert (found.status, found.exit, found.failure.name) == ("failed", 1, "NoSentinel")


def test_a_last_cell_that_calls_finish_is_a_promise(notebook: Write, tmp_path: Path) -> None:
    path = notebook("from genie_nb.runs import finish\nraise SystemExit(0)", "finish()")
    found = genie.run(path, output=tmp_path / "o.ipynb")
    assert (found.status, found.failure.name) == ("failed", "NoSentinel")


SECRET = 'hush/"hush" & 9f8e7d'


def test_no_secret_and_no_place_of_this_machine_is_left(
    notebook: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """The secret is printed, shown, put in an error, a figure, a variable and the metadata."""
    monkeypatch.setenv("MY_HOOK", SECRET)
    monkeypatch.setenv("OTHER_API_TOKEN", "tok-0123456789")
    home = tmp_path / "desk" / "home"
    path = notebook(
        "# sinks = 'env:MY_HOOK'\nimport os, sys, html, urllib.parse, pathlib\ns = os.environ['MY_HOOK']",
        "print(s, urllib.parse.quote(s, safe=''), os.environ['OTHER_API_TOKEN'])",
        "print(s, file=sys.stderr)",
        "{'repr': s, 'home': str(pathlib.Path.home()), 'cwd': os.getcwd(), 'given': home}",
        "from IPython.display import display\n"
        "display({'text/html': html.escape(s), 'application/json': {s: [s]}}, raw=True)",
        "print(os.environ['GENIE_HOME'], 'https://me:pass1@host.test/x')",
        "raise RuntimeError(f'{s} at {os.getcwd()}/x {home}')",
    )
    status = main([
        "run", str(path), "--html", "-o", str(tmp_path / "left/"), "-p", f"home={home}",
        "--home", str(home), "--format", "json",
    ])  # fmt: skip
    said = capsys.readouterr()
    assert status == 1
    found = json.loads(said.out)
    left = [text_of(found["output"]), text_of(found["html"]), said.out, said.err]
    assert found["error"]["name"] == "RuntimeError"
    assert "***" in left[0]
    for private in ("9f8e7d", "tok-0123456789", "pass1"):
        assert not [text for text in left if private in text], private
    for place in (str(tmp_path), str(Path.home()) + "/", str(Path.cwd())):
        assert place not in left[0]


def test_a_parameter_it_does_not_have_is_refused_with_the_nearest(notebook: Write) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'threshold'"):
        genie.run(notebook(), {"treshold": 1})
    with pytest.raises(AskError, match="declares it as float"):
        genie.run(notebook(), {"threshold": "much"})
    with pytest.raises(UnknownName, match="provider"):
        genie.run(notebook(), provider="demo")


def test_what_cannot_be_run_is_refused_before_it_runs(notebook: Write, tmp_path: Path) -> None:
    path = notebook(name="right.ipynb")
    with pytest.raises(AskError, match=r"There are: .*right\.ipynb"):
        genie.run(path.with_name("wrong.ipynb"))
    with pytest.raises(AskError, match="is the notebook itself"):
        genie.run(path, output=path.parent)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be written"):
        genie.run(path, output=blocked / "o.ipynb")
    no_notebook = tmp_path / "no.ipynb"
    no_notebook.write_text("{}", encoding="utf-8")
    with pytest.raises(AskError, match="it is no notebook"):
        genie.run(no_notebook)


@pytest.mark.parametrize(
    ("address", "module", "extra"),
    [
        ("s3://bucket/out/", "boto3", "s3"),
        ("gs://bucket/o.ipynb", "gcsfs", "gcs"),
        ("abs://account/o.ipynb", "azure.storage.blob", "azure"),
        ("adl://store/o.ipynb", "azure.datalake.store", "azure"),
    ],
)
def test_a_store_whose_client_is_not_installed_is_refused_before_anything_runs(
    notebook: Write, tmp_path: Path, monkeypatch, address: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    ran = tmp_path / "ran"
    path = notebook(f"open({str(ran)!r}, 'w').close()")
    with pytest.raises(
        SetupError, match=rf"{module}, which writes to .* is not installed"
    ) as caught:
        genie.run(path, output=address)
    assert caught.value.cure == f'Run: pip install "papermill[{extra}]"'
    assert caught.value.exit == 5
    assert not ran.exists()


def test_an_address_that_papermill_cannot_write_to_is_refused(notebook: Write) -> None:
    with pytest.raises(AskError, match="is no place that a notebook can be written to"):
        genie.run(notebook(), output="https://example.org/o.ipynb")
