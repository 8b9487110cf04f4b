"""The `genie` command: one answer on standard output, one status at the end."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

import genie_nb as genie
from genie_nb import answer
from genie_nb.answer import Answer
from genie_nb.core.doctor import Health, Probe
from genie_nb.core.errors import DataError, DeliveryError, GenieError, SetupError
from genie_nb.faces.cli import main


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """Runs the command and gives its status, standard output and standard error."""

    def said(*words: str) -> tuple[int, str, str]:
        status = main(words)
        out, err = capsys.readouterr()
        return status, out, err

    return said


def test_an_analysis_is_text_unless_asked_otherwise(said) -> None:
    status, out, err = said("analyze", "acme", "Is it profitable?", "--provider", "demo")
    assert (status, err) == (0, "")
    assert out.startswith("ACME Corp (ACME)")
    assert "Yes, it is profitable" in out


@pytest.mark.parametrize(
    ("form", "begins"), [("json", "{"), ("html", "<"), ("md", "#"), ("text", "ACME Corp")]
)
def test_each_form_has_the_answer_alone_on_standard_output(said, form: str, begins: str) -> None:
    status, out, err = said("analyze", "ACME", "--provider", "demo", "--format", form)
    assert (status, err) == (0, "")
    assert out.lstrip().startswith(begins)


def test_json_is_that_of_the_answer(said) -> None:
    _, out, _ = said("why", "P/E", "ACME", "--provider=demo", "--format=json")
    expected = genie.why("pe_trailing", "ACME", provider="demo").to_dict()
    assert {**json.loads(out), "timing": None} == {**expected, "timing": None}


def test_plain_words_are_read(said) -> None:
    status, out, _ = said("read", "Should I buy ACME?", "--format", "json")
    assert (status, json.loads(out)["verb"]) == (0, "analyze")


@pytest.mark.parametrize(
    "words",
    [
        ("analyze",),
        ("anlyze", "ACME"),
        ("analyze", "NOSUCH", "--provider", "demo"),
        ("read", "joke?"),
    ],
)
def test_words_that_are_not_understood_end_with_2(said, words: tuple[str, ...]) -> None:
    assert said(*words)[0] == 2


def test_a_mistake_is_one_line_on_standard_error(said) -> None:
    status, out, err = said("analyze", "ACME", "BLTW")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("genie: 2 tickers were given")


@pytest.mark.parametrize("form", [("--format", "json"), ("--format=json",)])
def test_a_mistake_is_json_where_json_was_asked_for(said, form: tuple[str, ...]) -> None:
    status, out, err = said("analyze", *form)
    found = json.loads(out)
    assert (status, err) == (2, "")
    assert (found["schema"], found["error"], found["exit"]) == ("genie-error/1", "AskError", 2)


@pytest.mark.parametrize(
    ("error", "status"), [(DataError("x"), 3), (DeliveryError("x"), 4), (SetupError("x"), 5)]
)
def test_each_kind_of_error_has_its_status(
    said, monkeypatch: pytest.MonkeyPatch, error: GenieError, status: int
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(answer, "run", fail)
    assert said("doctor")[0] == status


def test_an_answer_may_end_with_a_status_of_its_own(said, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Probe(name="provider", status="fail", text="yahoo did not answer", cure="Wait.")
    moment = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
    health = Health(provider="yahoo", as_of=moment, checks=(silent,))
    monkeypatch.setattr(answer, "run", lambda ask: Answer(health, ask))
    status, out, _ = said("doctor")
    assert status == 3
    assert "yahoo did not answer" in out


def crash(_: object) -> None:
    raise RuntimeError("boom")


def test_a_crash_is_one_line_and_status_1(said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "run", crash)
    monkeypatch.delenv("GENIE_DEBUG", raising=False)
    status, out, err = said("doctor")
    assert (status, out) == (1, "")
    assert "RuntimeError: boom" in err
    assert "Traceback" not in err


def test_a_crash_shows_where_when_debugging(said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "run", crash)
    monkeypatch.setenv("GENIE_DEBUG", "1")
    assert "Traceback" in said("doctor")[2]


def test_help_is_for_a_terminal_and_the_version_is_told(said) -> None:
    for words in ((), ("help",), ("--help",)):
        status, out, _ = said(*words)
        assert status == 0
        assert "genie analyze TICKER" in out
        assert "%genie" not in out
    assert "--as-of" in said("analyze", "--help")[1]
    assert said("--version")[1] == f"genie_nb {genie.__version__}\n"


@pytest.mark.parametrize("words", [("--help",), ("watch", "--help"), ("analyze", "ACME")])
def test_lines_fit_the_terminal(
    said, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, said(*words)[1].splitlines())) <= 80


def test_a_setting_is_kept_and_shown(said) -> None:
    assert said("config", "deadline", "12")[0] == 0
    rows = json.loads(said("config", "--format", "json")[1])["settings"]
    assert next(row["value"] for row in rows if row["key"] == "deadline") == "12"


def test_a_configured_provider_that_is_not_installed_is_a_matter_of_set_up(
    said, tmp_path: Path
) -> None:
    tmp_path.joinpath("config.toml").write_text('provider = "yahooo"', encoding="utf-8")
    status, _, err = said("analyze", "ACME", "--home", str(tmp_path))
    assert status == 5
    assert str(tmp_path / "config.toml") in err
    assert "Did you mean 'yahoo'?" in err
    assert said("analyze", "ACME", "--home", str(tmp_path), "--provider", "yahooo")[0] == 2


def test_home_is_where_settings_are_kept(said, tmp_path: Path) -> None:
    assert said("config", "deadline", "7", "--home", str(tmp_path))[0] == 0
    assert "7" in (tmp_path / "config.toml").read_text(encoding="utf-8")


def process(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "genie_nb", *words],
        capture_output=True,
        check=False,
        env={**os.environ, **more},
    )


def test_python_m_is_the_command() -> None:
    done = process("read", "Should I buy ACME?")
    assert done.returncode == 0
    assert b"analyze ACME" in done.stdout


def test_a_terminal_of_another_encoding_is_no_reason_to_stop() -> None:
    done = process("analyze", "ACME", "--provider", "demo", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert b"ACME Corp" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = (
        f'"{sys.executable}" -m genie_nb analyze ACME --provider demo --format json | head -c 5'
    )
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b'{\n  "', b"")


def test_the_doctor_looks_at_every_extra_that_users_may_install(said) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    offered = set(project["project"]["optional-dependencies"]) - {"all", "test"}
    status, out, _ = said("doctor", "--provider", "demo", "--format", "json")
    looked_at = {one["name"] for one in json.loads(out)["checks"]}
    assert status == 0
    assert {f"extra {name}" for name in offered} <= looked_at
