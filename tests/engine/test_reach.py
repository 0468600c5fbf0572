"""The probe of the network answers within its deadline, whatever the other side does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from engine.reach import proxy_for, reach, shown

PATIENCE_SECONDS = 20.0
"""What a busy machine may add to a deadline."""


@contextmanager
def server(answer: bytes | None) -> Iterator[tuple[int, list[bytes]]]:
    """Serve `answer` to everybody on a free port of this machine; None accepts and stays silent."""
    asked: list[bytes] = []
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                held.append(line)
                if answer is not None:
                    asked.append(line.recv(4096))
                    line.sendall(answer)
                    line.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1], asked
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE_SECONDS)
            for line in held:
                line.close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_server_that_answers_is_reached() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (port, asked):
        reached = reach([f"http://127.0.0.1:{port}/mnist/"], seconds=5)
    assert reached
    assert reached.url == f"http://127.0.0.1:{port}/mnist/"
    assert asked[0].startswith(b"HEAD /mnist/ HTTP/1.1\r\nHost: 127.0.0.1:")


def test_a_server_that_accepts_and_stays_silent_fails_within_the_deadline() -> None:
    with server(None) as (port, _):
        began = time.monotonic()
        reached = reach([f"http://127.0.0.1:{port}/"], seconds=1.0)
        took = time.monotonic() - began
    assert not reached
    assert "waiting for its answer" in reached.why["127.0.0.1"]
    assert 0.9 < took < 1.0 + PATIENCE_SECONDS


def test_a_resolver_that_hangs_fails_within_the_deadline() -> None:
    released = threading.Event()

    def hanging(*_: Any) -> list[Any]:
        released.wait(30)
        return []

    began = time.monotonic()
    reached = reach(["https://mirror.example/"], seconds=0.3, resolve=hanging)
    took = time.monotonic() - began
    released.set()
    assert not reached
    assert reached.why == {"mirror.example": "looking its name up took over 0.3 s"}
    assert took < 0.3 + PATIENCE_SECONDS


def test_a_line_that_runs_out_of_time_first_is_told_like_the_deadline() -> None:
    def late(*_: Any) -> list[Any]:
        raise TimeoutError("timed out")

    reached = reach(["https://mirror.example/"], seconds=0.1, resolve=late)
    assert reached.why == {"mirror.example": "looking its name up took over 0.1 s"}


def test_a_refused_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    began = time.monotonic()
    reached = reach([f"http://127.0.0.1:{port}/"], seconds=60)
    assert not reached
    assert "refused" in reached.why["127.0.0.1"]
    assert time.monotonic() - began < 30


def test_a_name_that_nobody_knows_is_said() -> None:
    def unknown(*_: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    reached = reach(["http://nowhere.invalid/"], seconds=5, resolve=unknown)
    assert "looking its name up failed" in reached.why["nowhere.invalid"]


def test_one_mirror_that_answers_is_enough() -> None:
    with server(None) as (silent, _), server(b"HTTP/1.1 404 Not Found\r\n\r\n") as (good, _):
        reached = reach([f"http://127.0.0.1:{silent}/", f"http://127.0.0.1:{good}/"], seconds=10)
    assert reached.url.endswith(f":{good}/")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 503 Busy\r\n\r\n", b"220 mail.example ESMTP\r\n\r\n", b""])
def test_an_answer_that_is_no_help_does_not_count(answer: bytes) -> None:
    with server(answer) as (port, _):
        assert not reach([f"http://127.0.0.1:{port}/"], seconds=5)


def test_an_https_server_that_never_shakes_hands_fails_within_the_deadline() -> None:
    with server(None) as (port, _):
        reached = reach([f"https://127.0.0.1:{port}/"], seconds=1.0)
    assert "securing the line" in reached.why["127.0.0.1"]


def test_the_proxy_of_the_environment_is_asked_and_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server(b"HTTP/1.1 200 OK\r\n\r\n") as (port, asked):
        monkeypatch.setenv("http_proxy", f"http://lea:secret@127.0.0.1:{port}")
        reached = reach(["http://mirror.invalid/mnist/"], seconds=5)
    assert reached
    assert reached.proxy == f"http://127.0.0.1:{port}"
    assert asked[0].startswith(b"HEAD http://mirror.invalid/mnist/ HTTP/1.1\r\nHost: mirror.invalid\r\n")
    assert b"Proxy-Authorization: Basic bGVhOnNlY3JldA==" in asked[0]


def test_an_https_address_goes_through_the_proxy_by_a_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(b"HTTP/1.1 403 Forbidden\r\n\r\n") as (port, asked):
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{port}")
        reached = reach(["https://mirror.invalid/mnist/"], seconds=5)
    assert not reached
    assert asked[0].startswith(b"CONNECT mirror.invalid:443 HTTP/1.1\r\n")
    assert reached.why["mirror.invalid"] == "asking the proxy failed: status 403"


def test_hosts_of_no_proxy_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "localhost,.example.org")
    assert proxy_for("http://mirror.example.org/a") == ""
    assert proxy_for("http://mirror.example.com/a") == "http://proxy.example:3128"


def test_a_password_is_never_shown() -> None:
    assert shown("http://lea:secret@proxy.example:3128") == "http://proxy.example:3128"
