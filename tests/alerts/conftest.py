"""What the tests of alerts share: real values, a real webhook receiver, a clock to set."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from genie_nb.core.market import Interval
from genie_nb.core.rule import Alert
from genie_nb.core.watch import Fired

NOON = datetime(2026, 1, 12, 17, tzinfo=UTC)


@dataclass
class Clock:
    """Real time, as a test sets it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Got:
    """One request as the receiver saw it."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]

    @property
    def body(self) -> dict:
        return json.loads(self.raw)


@dataclass
class Receiver:
    """A webhook whose answers are set one by one; then it answers 200.

    An answer is a status, a status with headers, `reset` (reads the body, then breaks the
    connection) or `hang`.
    """

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: list = field(default_factory=list)
    always: object = 200
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def keys(self) -> list[str]:
        return [got.key for got in self.got]

    def take(self, got: Got) -> object:
        with self.lock:
            self.got.append(got)
            return self.answers.pop(0) if self.answers else self.always


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        got = Got(self.command, self.path, dict(self.headers), raw)
        answer = self.receiver.take(got)
        if answer == "reset":
            # lingering for no time makes the kernel answer with a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if answer == "hang":
            self.receiver.over.wait(30)
            return
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    handler = type("Handler", (_Handler,), {"receiver": found})
    server = _Server(("127.0.0.1", 0), handler)
    found.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield found
    found.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def fired() -> Callable[..., Fired]:
    """Makes the alert of a number."""

    def make(number: int = 1, ticker: str = "CRSR") -> Fired:
        bar = NOON + timedelta(days=number)
        alert = Alert(
            id=f"{number:032x}",
            rule_id="abc123abc123",
            ticker=ticker,
            interval=Interval.D1,
            rule="close crosses above 25",
            bar_time=bar,
            bar_close=bar + timedelta(hours=4),
            late=False,
            price=25.5,
            evidence=(("close", 25.5), ("rvol(20)", None)),
            text=f"{ticker} closed at $25.50: close crosses above 25.",
        )
        return Fired(alert=alert, evaluated_at=bar + timedelta(hours=5), story=alert.id)

    return make
