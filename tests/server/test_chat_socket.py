"""A chat with Genie over the websocket of a real Jupyter server."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("jupyter_ai_persona_manager", reason="the extra `ai` is not installed")
from websocket import WebSocketTimeoutException, create_connection

pytestmark = pytest.mark.xdist_group("jupyter-server")

GENIE = "jupyter-ai-personas::genie_nb::GeniePersona"
PLOTLY = "application/vnd.plotly.v1+json"


class Talk:
    """One chat as a browser sees it: what was said by whom, newest text of each message."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.messages: dict[str, dict[str, Any]] = {}
        self.doing: list[str] = []
        self.done = 0
        opened = json.loads(socket.recv())
        self.id: str = opened["id"]
        self.messages |= {one["id"]: one for one in opened["messages"]}

    def send(self, words: str) -> None:
        frame = {"type": "client", "action": "send", "id": str(uuid4()), "body": words}
        self.socket.send(json.dumps(frame | {"metadata": {"to_persona": GENIE}}))

    def listen(self, until: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, [one["body"][:80] for one in self.messages.values()]
            try:
                frame = json.loads(self.socket.recv())
            except WebSocketTimeoutException:
                continue
            if frame["action"] == "message":
                self.messages[frame["message"]["id"]] = frame["message"]
            elif frame["action"] == "writing":
                self.done += not frame["state"]
                self.doing += [frame["typingIndicator"]] if frame["state"] else []

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [one for one in self.messages.values() if one["sender"] == GENIE]

    def ask(self, words: str) -> list[dict[str, Any]]:
        """What is said to these words, once it is whole."""
        before, done = len(self.answers), self.done
        self.send(words)
        self.listen(lambda: self.done > done)
        return self.answers[before:]


def connect(server: Any, path: str = "genie.chat") -> Any:
    address = f"{server.url.replace('http', 'ws', 1)}/api/chat/ws/{path}?token={server.token}"
    return closing(create_connection(address, timeout=2))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chat-home")


@pytest.fixture(scope="module")
def server(chatting: Callable[..., AbstractContextManager[Any]], home: Path) -> Iterator[Any]:
    with chatting(home) as started:
        yield started


@pytest.fixture
def talk(server: Any) -> Iterator[Talk]:
    with connect(server, f"{uuid4()}.chat") as socket:
        yield Talk(socket)


def test_a_question_its_chart_and_a_follow_up(talk: Talk) -> None:
    words, chart = talk.ask("Analyze ACME. Is it profitable?")
    assert words["body"].startswith("### ACME Corp (ACME)")
    assert "**Is it profitable?** " in words["body"]
    assert words["body"].endswith("`%genie analyze ACME Is it profitable?`")
    assert "not financial advice" in words["body"]
    assert PLOTLY in chart["mime_model"]["data"]
    assert any(
        trace["type"] == "candlestick" for trace in chart["mime_model"]["data"][PLOTLY]["data"]
    )
    assert "is reading ACME on the demo market" in talk.doing

    (after,) = talk.ask("What's the biggest risk here?")
    assert "**What's the biggest risk here?** Liquidity." in after["body"]
    assert len(after["body"]) < 1_000
    assert len(talk.answers) == 3


def test_what_is_wrong_is_said_in_words(talk: Talk) -> None:
    (unknown,) = talk.ask("analyze NOSUCH")
    assert "NOSUCH is not in the fictional demo market" in unknown["body"]
    assert "Traceback" not in unknown["body"]
    (elsewhere,) = talk.ask("/serve --every 5m")
    assert "In a terminal: genie serve" in elsewhere["body"]
    (markup,) = talk.ask("<img src=x onerror=alert(1)> $1 and $2 {x} `ls`")
    assert "<img" not in markup["body"]


def test_a_wish_to_be_alerted_is_armed_and_said_back(talk: Talk, server: Any) -> None:
    talk.ask("analyze WNCH")
    (armed,) = talk.ask("watch it for a close under the 50 day")
    assert "I read this as: WNCH 1d: close &lt; sma(50)" in armed["body"]
    assert "It is armed." in armed["body"]
    watchlist = Path(server.environment["GENIE_HOME"], "watchlist.txt").read_text("utf-8")
    assert "WNCH 1d: close < sma(50)" in watchlist


def test_messages_sent_at_once_are_answered_in_turn(talk: Talk) -> None:
    talk.send("analyze ACME")
    talk.send("What's the biggest risk here?")
    talk.listen(
        lambda: any("Liquidity" in one["body"] and len(one["body"]) < 1_000 for one in talk.answers)
    )
    assert [bool(one["body"]) for one in talk.answers] == [True, False, True]


def test_help_shows_what_can_be_asked(talk: Talk) -> None:
    (told,) = talk.ask("help")
    assert "- Compare ACME to WNCH" in told["body"]
    for greeting in ("hello", "Hi there!", "@Genie good morning"):
        (greeted,) = talk.ask(greeting)
        assert "- Compare ACME to WNCH" in greeted["body"]


def test_waiting_can_be_stopped(talk: Talk, server: Any) -> None:
    talk.send("scan breakout --universe ACME,WNCH,GFBK,LDGR")
    talk.listen(lambda: bool(talk.doing))
    assert talk.doing == ["is looking through the universe on the demo market"]
    told = server.ask(f"api/ai/personas/cancel?chat_id={talk.id}", {})
    assert told["cancelled"] == [GENIE]
    talk.listen(lambda: talk.done == 1)
    assert talk.answers[0]["body"] == "Stopped waiting; there is no answer to this."


def test_a_chat_goes_on_where_it_stopped_in_a_server_started_later(
    chatting: Callable[..., AbstractContextManager[Any]], server: Any, home: Path
) -> None:
    with connect(server, "kept.chat") as socket:
        Talk(socket).ask("analyze ACME")
    with chatting(home) as later, connect(later, "kept.chat") as socket:
        talk = Talk(socket)
        assert len(talk.answers) == 2
        (after, _chart) = talk.ask("How does this compare to WNCH?")
        assert after["body"].startswith("### ACME and WNCH compared")
