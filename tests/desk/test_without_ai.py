"""Without the extra `ai`: everything else works, nothing of it is imported, and it is said how to get it."""

import subprocess
import sys
from pathlib import Path

EXTRA = ("litellm", "openai", "mcp", "fastmcp", "jupyter_ai_persona_manager", "jupyterlab_chat")

BEGIN = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {EXTRA!r}:
            tried.append(name)
            raise ModuleNotFoundError(name)
tried = []
sys.meta_path.insert(0, Absent())
import genie_nb as genie
from genie_nb.faces.cli import main
"""


def child(script: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script.replace("HOME", repr(str(home)))],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_no_verb_even_tries_to_import_it(tmp_path: Path) -> None:
    script = """
for ask in (genie.analyze, genie.ask):
    ask("Is ACME profitable?" if ask is genie.ask else "ACME", provider="demo", home=HOME)
genie.read("holler once ACME pokes its head over 25")
genie.compare("ACME", "WNCH", provider="demo", home=HOME)
genie.watch("ACME", "close > 30", provider="demo", home=HOME)
print("tried:", tried)
"""
    assert "tried: []" in child(script, tmp_path)


def test_a_configured_model_and_the_tools_say_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[model]\nname = "openai/x"\n', encoding="utf-8")
    script = """
print(genie.analyze("ACME", provider="demo", home=HOME).notes[-1])
print("exit", main(["mcp"]))
"""
    said = child(script, tmp_path)
    assert 'A language model needs the optional part \'ai\', which is not installed. Run: pip install "genie-nb[ai]"' in said  # fmt: skip
    assert "The MCP server needs the optional part 'ai'" in said
    assert "exit 5" in said
