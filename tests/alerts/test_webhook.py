"""A webhook is sent each message as agreed, and no host that the user did not configure."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from genie_nb.alerts.ping import ping
from genie_nb.alerts.sinks import Refused, TryLater, open_sink
from genie_nb.alerts.sinks import hosts as hosts_module
from genie_nb.core.errors import SetupError
from genie_nb.core.watch import Sink

KEY = "0" * 31 + "1"


def send(address: str, fired, *, home: Path = Path(), **kwargs) -> None:
    sink = Sink(
        address=address, **{k: kwargs.pop(k) for k in ("secret", "template") if k in kwargs}
    )
    found = fired()
    open_sink(sink, home=home, **kwargs).send(found.id, found.to_dict(), found.alert.text)


def test_an_alert_is_posted_as_json_under_its_id(receiver, fired):
    send(receiver.url, fired)
    (got,) = receiver.got
    assert (got.method, got.path, got.key) == ("POST", "/hook", KEY)
    assert got.headers["Content-Type"] == "application/json"
    assert got.body == json.loads(json.dumps(fired().to_dict()))
    assert "X-Genie-Signature" not in got.headers


def test_with_a_secret_the_raw_body_is_signed(receiver, fired, monkeypatch):
    monkeypatch.setenv("GENIE_TEST_SIGN", "planted-signing-secret")
    send(receiver.url, fired, secret="env:GENIE_TEST_SIGN")
    (got,) = receiver.got
    expected = hmac.new(b"planted-signing-secret", got.raw, hashlib.sha256).hexdigest()
    assert got.headers["X-Genie-Signature"] == f"sha256={expected}"


def test_an_address_may_be_the_name_of_a_secret(receiver, fired, monkeypatch):
    monkeypatch.setenv("GENIE_TEST_HOOK", f"{receiver.url}?token=planted-token")
    send("env:GENIE_TEST_HOOK", fired)
    assert receiver.got[0].path == "/hook?token=planted-token"
    receiver.always = 401
    with pytest.raises(Refused) as caught:
        send("env:GENIE_TEST_HOOK", fired)
    assert "planted" not in str(caught.value)


def test_user_and_password_of_a_secret_address_go_into_the_header(receiver, fired, monkeypatch):
    named = receiver.url.replace("http://", "http://genie:p%40ss@")
    monkeypatch.setenv("GENIE_TEST_HOOK", named)
    send("env:GENIE_TEST_HOOK", fired)
    assert receiver.got[0].headers["authorization"] == "Basic Z2VuaWU6cEBzcw=="  # genie:p@ss
    assert receiver.got[0].headers["Host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_status_that_may_pass_is_tried_later(receiver, fired, status):
    receiver.always = status
    with pytest.raises(TryLater, match=f"answered {status}"):
        send(receiver.url, fired)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 304, 302, 303])
def test_any_other_status_is_a_refusal(receiver, fired, status):
    receiver.always = (status, {"Location": "/login"})
    with pytest.raises(Refused, match=f"answered {status}"):
        send(receiver.url, fired)
    assert len(receiver.got) == 1


def test_the_receiver_says_how_long_to_wait_in_seconds_or_as_a_date(receiver, fired):
    receiver.answers = [
        (429, {"Retry-After": "7"}),
        (
            503,
            {
                "Retry-After": "Mon, 12 Jan 2026 17:01:30 GMT",
                "Date": "Mon, 12 Jan 2026 17:00:00 GMT",
            },
        ),
        (429, {"Retry-After": "soon"}),
        (429, {"Retry-After": "99999999"}),
    ]
    waits = []
    for _ in range(4):
        with pytest.raises(TryLater) as caught:
            send(receiver.url, fired)
        waits.append(caught.value.wait)
    assert waits == [7, 90, None, 86_400]


def test_a_broken_connection_is_tried_later(receiver, fired):
    receiver.always = "reset"
    with pytest.raises(TryLater, match="broke the connection"):
        send(receiver.url, fired)
    with pytest.raises(TryLater, match="takes no connection"):
        send("http://127.0.0.1:9/", fired)
    with pytest.raises(TryLater, match="is not found"):
        send(f"https://{'too-long' * 8}.invalid/", fired)


def test_a_receiver_that_hangs_is_left_after_the_timeout(receiver, fired):
    receiver.always = "hang"
    with pytest.raises(TryLater, match="did not answer in time") as caught:
        send(receiver.url, fired, timeout=0.2)
    assert caught.value.hung


def test_a_redirect_on_the_same_host_is_followed_with_its_body(receiver, fired):
    receiver.answers = [(307, {"Location": "/moved?a=1"}), (308, {"Location": "/again"})]
    send(receiver.url, fired)
    assert [got.path for got in receiver.got] == ["/hook", "/moved?a=1", "/again"]
    assert {got.raw for got in receiver.got} == {receiver.got[0].raw}
    receiver.always = (307, {"Location": "/hook"})
    with pytest.raises(Refused, match="redirects more than"):
        send(receiver.url, fired)


@pytest.mark.parametrize(
    "elsewhere",
    ["http://localhost:{port}/", "https://example.org/", "file:///etc/passwd", "//[", ""],
)
def test_a_redirect_to_elsewhere_is_not_followed(receiver, fired, elsewhere):
    receiver.always = (307, {"Location": elsewhere.format(port=receiver.port)})
    with pytest.raises(Refused):
        send(receiver.url, fired)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.1.1",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "2852039166",  # 169.254.169.254 as one number
        "0xa9fea9fe",
    ],
)
def test_link_local_and_metadata_addresses_are_refused(fired, host):
    with pytest.raises(Refused, match="link-local or metadata"):
        send(f"http://{host}/latest/meta-data", fired, timeout=0.2)


def test_a_name_that_leads_to_a_metadata_address_is_refused(receiver, fired, monkeypatch):
    def resolve(host, port, *_, **__):
        address = "169.254.169.254" if host == "innocent.example" else "127.0.0.1"
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(hosts_module.socket, "getaddrinfo", resolve)
    with pytest.raises(Refused, match="link-local"):
        send("http://innocent.example/", fired)
    send(f"http://other.example:{receiver.port}/", fired)
    assert receiver.got[0].headers["Host"] == f"other.example:{receiver.port}"


def test_a_host_that_the_settings_allow_is_not_refused():
    allowed = frozenset({"169.254.1.1"})
    assert hosts_module.addresses("169.254.1.1", 80, allowed) == ("169.254.1.1",)
    with pytest.raises(Refused):
        hosts_module.addresses("169.254.1.2", 80, allowed)


def test_a_template_shapes_the_body(receiver, fired, tmp_path):
    (tmp_path / "chat.json").write_text('{"text": "$ticker at $$$price: $text"}')
    (tmp_path / "plain.txt").write_text("$text ($count)")
    send(receiver.url, fired, home=tmp_path, template="chat.json")
    send(receiver.url, fired, home=tmp_path, template="plain.txt")
    shaped, plain = receiver.got
    assert shaped.body == {"text": f"CRSR at $25.5: {fired().alert.text}"}
    assert shaped.headers["Content-Type"] == "application/json"
    assert plain.raw.decode() == f"{fired().alert.text} (1)"
    assert plain.headers["Content-Type"].startswith("text/plain")


def test_a_template_quotes_what_json_would_break_on(receiver, fired, tmp_path):
    (tmp_path / "chat.json").write_text('{"text": "$text"}')
    sink = Sink(address=receiver.url, template="chat.json")
    body = {"digest": [fired(1).to_dict(), fired(2, "LOGI").to_dict()]}
    open_sink(sink, home=tmp_path).send("f" * 64, body, 'two\nlines and "quotes"')
    assert receiver.got[0].body == {"text": 'two\nlines and "quotes"'}


def test_a_template_takes_a_digest_of_troubles(receiver, tmp_path):
    (tmp_path / "plain.txt").write_text("$count: $text")
    trouble = {"id": KEY, "outage": "rule_unknown", "subject": "a" * 12, "text": "It is away."}
    sink = Sink(address=receiver.url, template="plain.txt")
    open_sink(sink, home=tmp_path).send("f" * 64, {"digest": [trouble, trouble]}, "both")
    assert receiver.got[0].raw.decode() == "2: both"


@pytest.mark.parametrize(
    ("text", "says"), [("$tikcer", "names \\$tikcer"), ("costs 5$", r"has a \$ without a name")]
)
def test_a_template_with_an_unknown_field_is_refused(fired, tmp_path, text, says):
    (tmp_path / "wrong.txt").write_text(text)
    with pytest.raises(SetupError, match=says):
        send("http://127.0.0.1:9/", fired, home=tmp_path, template="wrong.txt")
    with pytest.raises(SetupError, match="cannot be read"):
        send("http://127.0.0.1:9/", fired, home=tmp_path, template="absent.txt")


def test_the_dead_mans_switch_is_asked_for(receiver, monkeypatch):
    monkeypatch.setenv("GENIE_TEST_PING", receiver.url)
    ping("env:GENIE_TEST_PING")
    assert [(got.method, got.path) for got in receiver.got] == [("GET", "/hook")]
