"""Settings: read, refused in words, set without losing the rest."""

import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from genie_nb.config import ModelSettings, describe, home, read_config, set_value
from genie_nb.core.errors import BadConfig


def written(folder: Path, text: str) -> Path:
    folder.joinpath("config.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path):
    config = read_config(tmp_path / "nowhere")
    assert (config.provider, config.deadline, config.shares) == ("demo", 30.0, 10_000)
    assert dict(config.bands) == {
        "nano": 50e6, "micro": 300e6, "small": 2e9, "mid": 10e9, "large": 200e9,
    }  # fmt: skip
    assert config.model == ModelSettings()


def test_home_is_the_option_then_the_variable_then_the_platforms_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GENIE_HOME", str(tmp_path / "variable"))
    assert home(tmp_path / "option") == tmp_path / "option"
    assert home() == tmp_path / "variable"
    monkeypatch.delenv("GENIE_HOME")
    assert home().name == "genie_nb"


def test_a_tilde_in_home_is_the_users_directory(monkeypatch):
    monkeypatch.setenv("GENIE_HOME", "~/desk")
    assert home() == Path.home() / "desk"


def test_what_the_file_says_is_used_and_the_rest_stays_default(tmp_path):
    config = read_config(
        written(tmp_path, 'provider = "files:prices"\ndeadline = 5\n[bands]\nsmall = 3e9\n')
    )
    assert config.provider == "files:prices"
    assert config.deadline == 5.0
    assert config.bands["small"] == 3e9
    assert config.bands["micro"] == 300e6


def test_the_model_is_settled_with_its_budget(tmp_path):
    text = '[model]\nname = "openai/x"\nkey = "env:KEY"\nbudget = 0\nkeep = true\n'
    config = read_config(written(tmp_path, text))
    assert config.model == ModelSettings(name="openai/x", key="env:KEY", budget=0.0, keep=True)


def test_equal_settings_are_equal_and_hash_alike(tmp_path):
    written(tmp_path, "shares = 500\n[bands]\nnano = 1e6\n")
    one, other = read_config(tmp_path), read_config(tmp_path)
    assert one == other
    assert hash(one) == hash(other)
    assert set_value(tmp_path, "bands.nano", "2e6") != one


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('provder = "yahoo"', "Did you mean 'provider'?"),
        ("[bands]\nsmal = 1e9", "Did you mean 'bands.small'?"),
        ("deadline = 'soon'", "a number above 0"),
        ("deadline = true", "a number above 0"),
        ("deadline = 0", "a number above 0"),
        ("deadline = nan", "a number above 0"),
        ("shares = 10.5", "a whole number of 1 or more"),
        ("shares = -1", "a whole number of 1 or more"),
        ("provider = 3", "demo, yahoo or files:DIR"),
        ('provider = ""', "demo, yahoo or files:DIR"),
        ("bands = 5", "a table headed [bands]"),
        ("model = 'x'", "a table headed [model]"),
        ("[model]\nnmae = 'openai/x'", "Did you mean 'model.name'?"),
        ("[model]\nbudget = -1", "a number of 0 or more"),
        ("[model]\nkeep = 'yes'", "true or false"),
        ("[bands]\nsmall = 20e9", "not below bands.mid"),
        ("[bands]\nnano = -5", "Write: bands.nano = 50000000"),
        ("provider = yahoo", "is not TOML"),
    ],
)
def test_a_wrong_file_is_refused_naming_file_and_cure(tmp_path, text, says):
    with pytest.raises(BadConfig) as refused:
        read_config(written(tmp_path, text))
    assert says in str(refused.value)
    assert str(tmp_path / "config.toml") in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    tmp_path.joinpath("config.toml").write_bytes(b"provider = '\xff\xfe'")
    with pytest.raises(BadConfig, match="is not TOML"):
        read_config(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path):
    tmp_path.joinpath("config.toml").write_bytes(b'\xef\xbb\xbfprovider = "yahoo"\n')
    assert read_config(tmp_path).provider == "yahoo"


def test_setting_a_value_makes_the_home_and_keeps_other_keys(tmp_path):
    place = tmp_path / "new" / "home"
    set_value(place, "provider", "yahoo")
    set_value(place, "bands.small", "2500000000")
    config = set_value(place, "deadline", "12.5")
    assert config == read_config(place)
    assert (config.provider, config.bands["small"], config.deadline) == ("yahoo", 2.5e9, 12.5)


def test_setting_one_key_of_a_table_keeps_the_others(tmp_path):
    written(tmp_path, '[model]\nname = "a/b"\n')
    set_value(tmp_path, "model.budget", "0.5")
    set_value(tmp_path, "model.base_url", "http://127.0.0.1:1")
    kept = tomllib.loads(tmp_path.joinpath("config.toml").read_text(encoding="utf-8"))
    assert kept["model"] == {"name": "a/b", "budget": 0.5, "base_url": "http://127.0.0.1:1"}


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("provdier", "yahoo", "Did you mean 'provider'?"),
        ("provider", "yaho", "Did you mean 'yahoo'?"),
        ("deadline", "soon", "a number above 0"),
        ("shares", "many", "shares cannot be 'many'"),
        ("bands.small", "20e9", "not below bands.mid"),
        ("bands.huge", "1", "no setting called 'bands.huge'"),
        ("bands", "1", "no setting called 'bands'"),
        ("model.", "x", "no setting called 'model.'"),
        ("model.nmae", "x", "Did you mean 'model.name'?"),
        ("model.budget", "little", "a number of 0 or more"),
    ],
)
def test_a_refused_value_leaves_the_file_as_it_was(tmp_path, key, text, says):
    written(tmp_path, "shares = 7\n")
    with pytest.raises(BadConfig) as refused:
        set_value(tmp_path, key, text)
    assert says in str(refused.value)
    assert tmp_path.joinpath("config.toml").read_text(encoding="utf-8") == "shares = 7\n"
    assert not list(tmp_path.glob("*.tmp"))


def test_writers_at_once_lose_nothing(tmp_path):
    said = {
        "deadline": "9", "shares": "8", "bands.nano": "7", "bands.micro": "6e7", "bands.small": "5e8",
        "agents.arm": "on", "model.name": "a/b", "model.base_url": "http://127.0.0.1:1",
        "model.key": "env:KEY", "alerts.dead_man": "env:PING", "alerts.digest_over": "4",
    }  # fmt: skip
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda key: set_value(tmp_path, key, said[key]), said))
    assert read_config(tmp_path).given == set(said)


def test_a_home_that_cannot_be_made_is_refused_in_words(tmp_path):
    tmp_path.joinpath("file").write_text("in the way")
    with pytest.raises(BadConfig, match="cannot be made"):
        set_value(tmp_path / "file" / "home", "deadline", "3")


def test_a_file_that_cannot_be_replaced_is_refused_in_words(tmp_path):
    tmp_path.joinpath("config.lock").mkdir()
    with pytest.raises(BadConfig, match=r"config\.toml cannot be written"):
        set_value(tmp_path, "provider", "yahoo")
    assert not tmp_path.joinpath("config.toml").exists()


def test_the_description_tells_each_key_value_and_where_from(tmp_path):
    rows = {
        key: (value, origin) for key, value, origin, _ in describe(written(tmp_path, "shares = 9"))
    }
    assert rows["shares"] == ("9", str(tmp_path / "config.toml"))
    assert rows["provider"] == ("demo", "default")
    assert rows["bands.large"] == ("200000000000", "default")
    assert rows["model.budget"] == ("", "default")
    assert rows["agents.arm"] == ("false", "default")


def test_the_table_of_the_readme_is_what_the_settings_say_of_themselves(tmp_path):
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = [
        line.strip()[1:-1].split("|") for line in section.splitlines() if line.startswith("| `")
    ]
    table = [tuple(cell.strip(" `") for cell in row) for row in rows]
    assert table == [(key, meaning, value) for key, value, _, meaning in describe(tmp_path)]


def test_reading_settings_imports_nothing_heavy():
    code = (
        "import sys; from genie_nb.config import read_config; read_config('/nonexistent');"
        "print([m for m in ('pandas', 'numpy', 'filelock', 'tomli_w') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_agents_arm_nothing_unless_the_settings_say_so(tmp_path: Path) -> None:
    assert not read_config(tmp_path).agents.arm
    assert set_value(tmp_path, "agents.arm", "true").agents.arm
    assert not set_value(tmp_path, "agents.arm", "off").agents.arm
    with pytest.raises(BadConfig, match="true or false"):
        set_value(tmp_path, "agents.arm", "perhaps")


def test_the_ledger_and_the_sinks_of_alerts_are_settled(tmp_path: Path) -> None:
    assert read_config(tmp_path).alerts.ledger == ""
    set_value(tmp_path, "alerts.ledger", "postgresql://genie:geheim@db.example/watch")
    set_value(tmp_path, "alerts.sinks", "file:alerts.jsonl, env:HOOK")
    config = set_value(tmp_path, "alerts.digest_over", "50")
    assert config.alerts.ledger == "postgresql://genie:geheim@db.example/watch"
    assert config.alerts.sinks == ("file:alerts.jsonl", "env:HOOK")
    assert config.alerts.digest_over == 50
    assert config == read_config(tmp_path)


def test_the_description_of_a_ledger_keeps_its_password_to_itself(tmp_path: Path) -> None:
    set_value(tmp_path, "alerts.ledger", "postgresql://genie:geheim@db.example/watch")
    shown = {key: value for key, value, *_ in describe(tmp_path)}
    assert shown["alerts.ledger"] == "postgresql://genie:***@db.example/watch"
    assert shown["alerts.sinks"] == ""


def test_the_description_names_the_key_of_a_model_and_never_shows_one(tmp_path: Path) -> None:
    set_value(tmp_path, "model.key", "env:KEY")
    assert ("model.key", "env:KEY") in {row[:2] for row in describe(tmp_path)}
    set_value(tmp_path, "model.key", "sk-planted")
    assert ("model.key", "***") in {row[:2] for row in describe(tmp_path)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[alerts]\nsinks = 'file:a.jsonl'", "a list of texts"),
        ("[alerts]\nledger = 5", "a text"),
        ("[alerts]\ndigest_over = 0", "a whole number of 1 or more"),
        ("[alerts]\nsink = []", "Did you mean 'alerts.sinks'"),
        ("alerts = 3", "a table headed"),
    ],
)
def test_a_wrong_setting_of_alerts_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadConfig, match=says):
        read_config(written(tmp_path, text))
