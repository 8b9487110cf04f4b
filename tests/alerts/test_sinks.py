"""From an address to a sink; what would put a secret into the ledger is refused when it is named."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from genie_nb.alerts import secrets
from genie_nb.alerts.sinks import Refused, TryLater, absolute, open_sink, refuse_unusable
from genie_nb.core.errors import SetupError
from genie_nb.core.watch import Outage, Sink

NOON = datetime(2026, 1, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://genie:planted@example.org/hook", "holds a user or password"),
        ("https://example.org/hook?token=planted", "holds a secret"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/planted8Lk6wAfFCZ2GNVuG9", "holds a password or token"),
        ("mailto://genie:planted@example.org", "holds a password or token"),
        ("nosuch://example.org/planted", "No service can be reached"),
        ("https:///hook", "no host"),
        ("alerts.jsonl", "cannot be read"),
        ("file:", "cannot be read"),
        ("file://server/share/alerts.jsonl", "not on this machine"),
    ],
)
def test_an_address_that_cannot_be_kept_is_refused_with_the_cure(tmp_path, address, says):
    with pytest.raises(SetupError, match=says) as caught:
        refuse_unusable(Sink(address=address), home=tmp_path)
    assert "planted" not in f"{caught.value} {caught.value.to_dict()}"
    if "holds" in says:
        assert "--sink env:NAME" in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "file:alerts.jsonl",
        "file:///tmp/alerts.csv",
        "https://example.org/hook/5",
        "http://127.0.0.1:8000/",
        "ntfy://my-topic",
        "env:SLACK_HOOK",
        "keyring:slack",
    ],
)
def test_an_address_without_a_secret_is_fine(tmp_path, address):
    refuse_unusable(Sink(address=address, secret="env:SIGN"), home=tmp_path)


def test_a_secret_written_out_is_refused(tmp_path):
    with pytest.raises(SetupError, match="--secret env:NAME") as caught:
        refuse_unusable(Sink(address="https://example.org/", secret="planted"), home=tmp_path)
    assert "planted" not in str(caught.value.to_dict())


def test_a_relative_path_is_meant_where_it_was_typed(tmp_path):
    sink = Sink(address="file:logs/alerts.csv", template="chat.json")
    assert absolute(sink, tmp_path) == Sink(
        address=f"file:{tmp_path}/logs/alerts.csv", template=f"{tmp_path}/chat.json"
    )
    web = Sink(address="https://example.org/")
    assert absolute(web, tmp_path) == web
    with pytest.raises(SetupError, match="is a folder"):
        absolute(Sink(address=f"file:{tmp_path}"), Path("/"))


def test_a_chat_service_is_told_in_words(receiver, fired, tmp_path):
    sink = Sink(address=f"json://127.0.0.1:{receiver.port}/chat")
    open_sink(sink, home=tmp_path).send(fired().id, fired().to_dict(), fired().alert.text)
    (got,) = receiver.got
    assert got.path == "/chat"
    assert got.body["message"] == fired().alert.text
    assert got.body["title"] == "genie: CRSR"


def test_a_chat_service_that_fails_is_tried_later_and_keeps_its_secret(
    receiver, fired, tmp_path, monkeypatch
):
    receiver.always = 500
    monkeypatch.setenv(
        "GENIE_TEST_CHAT", f"json://planteduser:plantedpass@127.0.0.1:{receiver.port}"
    )
    sink = Sink(address="env:GENIE_TEST_CHAT")
    with pytest.raises(TryLater, match="did not take it") as caught:
        open_sink(sink, home=tmp_path).send(fired().id, fired().to_dict(), fired().alert.text)
    assert "planted" not in str(caught.value)


def test_a_topic_of_ntfy_is_told_and_its_refusals_are_tried_later(receiver, fired, tmp_path):
    service = open_sink(Sink(address=f"ntfy://127.0.0.1:{receiver.port}/watching"), home=tmp_path)
    one = fired()
    receiver.answers = [200, (429, {"Retry-After": "60"}), 503]
    service.send(one.id, one.to_dict(), one.alert.text)
    (got,) = receiver.got
    assert (got.body["topic"], got.body["message"]) == ("watching", one.alert.text)
    for _ in range(2):
        with pytest.raises(TryLater, match="The ntfy service did not take it"):
            service.send(one.id, one.to_dict(), one.alert.text)
    assert len(receiver.got) == 3, "each send is one request"


@pytest.mark.parametrize("scheme", ["json", "ntfy"])
def test_every_kind_of_message_has_a_title(receiver, fired, tmp_path, scheme):
    service = open_sink(
        Sink(address=f"{scheme}://127.0.0.1:{receiver.port}/watching"), home=tmp_path
    )
    one = fired().to_dict()
    outage = Outage(
        id="0" * 32, kind="stale_data", subject="CRSR", since=NOON, text="Stands still."
    )
    test = {"id": "1" * 32, "test": True, "text": "A test.", "evaluated_at": NOON.isoformat()}
    for body in (one, {"digest": [one, one]}, outage.to_dict(), test):
        service.send("2" * 32, body, "words")
    assert [got.body["title"] for got in receiver.got] == [
        "genie: CRSR",
        "genie: 2 alerts",
        "genie: trouble with CRSR",
        "genie: a test",
    ]


def test_a_chat_service_that_nobody_runs_is_tried_later(fired, tmp_path):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        sink = Sink(address=f"ntfy://127.0.0.1:{held.getsockname()[1]}/watching")
        with pytest.raises(TryLater, match="The ntfy service did not take it"):
            open_sink(sink, home=tmp_path).send(fired().id, fired().to_dict(), "words")


def test_a_chat_service_at_a_metadata_address_is_refused(fired, tmp_path):
    sink = Sink(address="json://169.254.169.254/")
    with pytest.raises(Refused, match="metadata"):
        open_sink(sink, home=tmp_path).send(fired().id, fired().to_dict(), fired().alert.text)


def test_a_secret_that_is_not_there_says_how_to_set_it(monkeypatch):
    monkeypatch.delenv("GENIE_TEST_ABSENT", raising=False)
    with pytest.raises(SetupError, match="Set the environment variable GENIE_TEST_ABSENT"):
        secrets.resolve("env:GENIE_TEST_ABSENT")


def test_what_was_looked_up_is_scrubbed_also_in_parts_and_quoted(monkeypatch):
    monkeypatch.setenv(
        "GENIE_TEST_URL", "https://hooks.example/services/T0planted0/B%2Bplanted?k=v"
    )
    secrets.resolve("env:GENIE_TEST_URL")
    told = secrets.scrub(
        "POST /services/T0planted0/B%2Bplanted?k=v to hooks.example: B+planted https://u:pw@x/"
    )
    assert "planted" not in told
    assert "pw" not in told
    assert "hooks.example" in told


@pytest.mark.parametrize("host", ["169.254.169.254", "169.254.1.1:8080", "[fd00:ec2::254]"])
def test_a_link_local_or_metadata_address_is_refused_where_it_is_named(tmp_path, host):
    sink = Sink(address=f"http://{host}/latest")
    with pytest.raises(SetupError, match="link-local or metadata"):
        refuse_unusable(sink, home=tmp_path)
    bare = host.removesuffix(":8080").strip("[]")
    refuse_unusable(sink, home=tmp_path, allowed=frozenset({bare}))
